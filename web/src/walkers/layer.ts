/** Draws the people outside: suits on the rails, what they hold, their tethers, their lamps in the shadow. */
import { Group, Quaternion } from 'three';
import type { Vector3 } from 'three';
import type { PersonIndex, Scene } from '../flight/scene';
import { materialsFor } from '../models/kit/materials';
import { disposeGeometry } from '../models/kit/builder';
import { SIDES } from '../models/orlan_bones';
import type { Side } from '../models/orlan_bones';
import { Orlan } from '../models/orlan';
import { Tethers } from '../models/tether';
import { makeBag, makeCamera, makeDriver } from '../models/tools';
import { makeTorch } from '../models/torch';
import type { Materials } from '../models/kit/materials';
import type { Frame, LayerMaker } from '../stage/layer';
import { filmingShare, freeSide } from './carry';
import type { Place } from './carry';
import { spacewalkOf } from './helmet';
import { vectorOf } from './holds';
import { linesOf } from './lines';
import type { Figure, Picture } from './spacewalk';
import { axesOf, axesOfTurn, turnOf } from './stance';

/** Lamps are on where less of the Sun than this arrives. */
const DARK = 0.4;
/** What the flight calls the drawing of the torch. */
const TORCH = 'sochi-torch';
/** Two for each suit, two for a thing that is passed on. */
const MOST_LINES = 6;

export const makeWalkers: LayerMaker = (scene, quality, _renderer, _changed, flight) => {
  const materials = materialsFor(quality), spacewalk = spacewalkOf(scene), near = new Group();
  const suits = scene.people.filter((person) => person.walker > 0).map((person) => new Dressed(person, materials));
  const things = thingsOf(scene, spacewalk.outings.map((outing) => outing.item), materials);
  const tethers = new Tethers(materials, MOST_LINES);
  const station = scene.craft.find((craft) => craft.kind === 'station')?.id ?? '';
  spacewalk.follow((t_s) => flight.now(t_s));
  near.add(...things.values(), tethers.group, ...suits.map((suit) => suit.group));
  return {
    id: 'walkers',
    near,
    update(frame) {
      near.visible = atStation(near, frame, station);
      if (!near.visible) return;
      const picture = spacewalk.at(frame.now);
      for (const suit of suits) suit.show(picture, frame);
      for (const [item, model] of things) put(model, picture.carried.find((one) => one.item === item));
      tethers.draw(linesOf(picture, spacewalk.rails, frame.flow_s));
    },
    dispose() {
      for (const suit of suits) disposeGeometry(suit.group);
      for (const model of things.values()) disposeGeometry(model);
      tethers.dispose();
    },
  };
};

/** Things that go outside: the torch as itself, any other as a bag with its name. */
function thingsOf(scene: Scene, outside: readonly string[], materials: Materials): ReadonlyMap<string, Group> {
  const items = scene.items.filter((item) => outside.includes(item.id));
  return new Map(items.map((item) =>
    [item.id, item.model === TORCH ? makeTorch(materials) : makeBag(materials, item.name.en)]));
}

function put(model: Group, place: Place | undefined): void {
  model.visible = place !== undefined;
  if (!place) return;
  model.position.copy(place.at);
  model.quaternion.copy(place.turn);
}

/** Hangs the group into the near world with the station's axes; false while nobody is outside or the station's path is
 * not known. */
function atStation(group: Group, { now, focus }: Frame, station: string): boolean {
  const craft = now.craft.get(station), middle = now.craft.get(focus);
  if (!craft || !middle || ![...now.people.values()].some((person) => person.outside)) return false;
  group.position.copy(vectorOf(craft.position_m).sub(vectorOf(middle.position_m)));
  group.quaternion.copy(new Quaternion(...craft.turn));
  return true;
}

/** A suit, and the tools of whoever is in it. */
class Dressed {
  readonly group = new Group();
  private readonly suit: Orlan;
  private readonly camera: Group;
  private readonly driver: Group;
  private readonly bag: Group | undefined;

  constructor(private readonly person: PersonIndex, materials: Materials) {
    this.suit = new Orlan(materials, person.walker === 1 ? 'red' : 'blue');
    this.camera = makeCamera(materials);
    this.driver = makeDriver(materials);
    this.bag = person.walker === 2 ? makeBag(materials, 'TOOLS') : undefined;
    this.group.add(this.suit.group, this.camera, this.driver, ...(this.bag ? [this.bag] : []));
  }

  show(picture: Picture, frame: Frame): void {
    const figure = picture.figures.get(this.person.id);
    this.group.visible = figure !== undefined;
    this.suit.light(figure !== undefined && frame.light.sunlit < DARK);
    if (!figure) return;
    this.stand(figure);
    this.suit.wear(frame.sight.hidden.includes(figure.id));
    this.handTools(figure, picture);
  }

  private stand({ stance }: Figure): void {
    const { group, rig } = this.suit, back = stance.turn.clone().invert();
    const inSuit = (point: Vector3): Vector3 => point.clone().sub(stance.torso).applyQuaternion(back);
    group.position.copy(stance.torso);
    group.quaternion.copy(stance.turn);
    rig.stand(stance.legs);
    for (const side of SIDES) {
      const { at, rod, eitherWay, grip } = stance.hands[side];
      rig.reach(side, { at: inSuit(at), rod: rod.clone().applyQuaternion(back), eitherWay, grip });
    }
  }

  private handTools(figure: Figure, picture: Picture): void {
    const axes = axesOfTurn(figure.stance.turn), films = shareOf(figure, 'film');
    const filming = figure.meeting > 0.5 ? filmingShare(figure, picture.carried) : films * (1 - figure.moving);
    const works = shareOf(figure, 'work') * (1 - figure.moving) * (1 - figure.meeting) * figure.through;
    const free: Side = figure.meeting > 0.5 ? freeSide(figure) : figure.walker === 1 ? 'R' : 'L';
    inHand(this.camera, figure, free, axes.face, filming > 0.3);
    inHand(this.driver, figure, free, figure.hold.out.clone().negate(), works > 0.5 && picture.carried.length === 0);
    if (!this.bag) return;
    this.bag.visible = picture.carried.length === 0 && figure.through === 1;
    this.bag.quaternion.copy(figure.stance.turn);
    this.bag.position.copy(figure.stance.torso).addScaledVector(axes.left, 0.36).addScaledVector(axes.up, -0.3);
  }
}

const shareOf = (figure: Figure, what: string): number =>
  figure.doing.reduce((sum, one) => sum + (one.doing === what ? one.share : 0), 0);

function inHand(tool: Group, figure: Figure, side: Side, ahead: Vector3, shown: boolean): void {
  tool.visible = shown;
  if (!shown) return;
  const hand = figure.stance.hands[side], rod = hand.rod.clone().normalize();
  tool.position.copy(hand.at);
  tool.quaternion.copy(turnOf(axesOf(ahead.clone().addScaledVector(rod, -ahead.dot(rod)), rod)));
}
