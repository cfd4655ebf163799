/** The pad, from which the rocket rises: it stands where the flight begins and turns with the Earth; its smoke. */
import { Color, Group, Quaternion, Vector3 } from 'three';
import type { CraftNow, Now, Turn } from '../flight/now';
import { Puffs } from '../models/effects/puffs';
import type { Puff } from '../models/effects/puffs';
import { disposeGeometry } from '../models/kit/builder';
import { materialsFor } from '../models/kit/materials';
import type { Materials } from '../models/kit/materials';
import { Seeded } from '../models/kit/seed';
import { TURN, V } from '../models/kit/shapes';
import { makePad } from '../models/rocket/pad';
import type { Pad } from '../models/rocket/pad';
import { ROCKET_TO_BODY } from '../models/rocket/rocket';
import type { Flown, Frame, LayerMaker } from '../stage/layer';
import { ascentOf } from './rise';
import { fromFocus, glide, quaternionOf, vectorOf } from './world';

const FAR_M = 25e3;
/** The rocket's foot hangs a little above the floor of the pit. */
const SUNK_M = 1.8;
/** Smoke begins with ignition. */
const SMOKE_FROM_S = -8;
const TO_BODY = new Quaternion().setFromRotationMatrix(ROCKET_TO_BODY);

export const padLayer: LayerMaker = (scene, quality, _renderer, _changed, flight) => {
  const near = new Group();
  const starts = scene.craft.filter((craft) => craft.launcher && Number.isFinite(ascentOf(scene, craft.id).liftoff_s));
  const pads = starts.map((craft) => {
    return new PadView(craft.id, ascentOf(scene, craft.id).liftoff_s, near, materialsFor(quality), flight);
  });
  return {
    id: 'pad',
    near,
    update: (frame) => pads.forEach((pad) => pad.update(frame)),
    dispose: () => pads.forEach((pad) => pad.dispose()),
  };
};

/** Place and turn fixed to the Earth. */
interface Site {
  readonly place: Vector3;
  readonly turn: Quaternion;
}

class PadView {
  private pad: Pad | undefined;
  private smoke: Puffs | undefined;
  private site: Site | undefined;
  private readonly group = new Group();

  constructor(
    private readonly ship: string, private readonly liftoff_s: number, near: Group,
    private readonly materials: Materials, private readonly flight: Flown,
  ) {
    this.group.visible = false;
    near.add(this.group);
  }

  update(frame: Frame): void {
    const site = this.siteOnce(), t = frame.now.t_s - this.liftoff_s;
    const earth = quaternionOf(frame.now.earth);
    const place = site && fromFocus(site.place.clone().applyQuaternion(earth).toArray(), frame);
    this.group.visible = place !== undefined && place.distanceTo(frame.camera.position) < FAR_M;
    if (!this.group.visible || !site || !place) return;
    if (!this.pad) this.build();
    this.group.quaternion.copy(earth.multiply(site.turn).multiply(TO_BODY));
    this.group.position.copy(place).add(V(0, -SUNK_M, 0).applyQuaternion(this.group.quaternion));
    this.pad?.openArms(glide(t, -0.5, 4));
    const { sunColour, sunlit } = frame.light;
    const grey = new Color(0.16, 0.17, 0.19).add(sunColour.clone().multiplyScalar(0.75 * sunlit));
    this.smoke?.set(t - SMOKE_FROM_S, grey);
  }

  dispose(): void {
    this.smoke?.dispose();
    disposeGeometry(this.group);
  }

  private build(): void {
    this.pad = makePad(this.materials);
    this.smoke = new Puffs(smoke(), V(0, 1, 0), 0.55);
    this.group.add(this.pad.group, this.smoke.mesh);
  }

  /** Where the ship's path begins, taken back into the Earth's axes. */
  private siteOnce(): Site | undefined {
    if (this.site) return this.site;
    const then: Now = this.flight.now(this.liftoff_s), ship: CraftNow | undefined = then.craft.get(this.ship);
    if (!ship) return undefined;
    const back = quaternionOf(then.earth as Turn).invert();
    const turn = back.clone().multiply(quaternionOf(ship.turn));
    return (this.site = { place: vectorOf(ship.position_m).applyQuaternion(back), turn });
  }
}

/** Out of the pit along +x first, then all around the table. */
function smoke(): Puff[] {
  const random = new Seeded(1961), puffs: Puff[] = [];
  for (let i = 0; i < 130; i++) {
    const born_s = i < 30 ? random.range(0, 8) : random.range(7, 17);
    const angle = random.next() < 0.6 ? random.range(-0.5, 0.5) : random.next() * TURN;
    const speed = i < 30 ? random.range(6, 14) : random.range(14, 38);
    puffs.push({
      from: V(random.range(2, 9) * Math.cos(angle), random.range(1, 4), random.range(-5, 5)),
      velocity: V(speed * Math.cos(angle), random.range(0.5, 5), speed * Math.sin(angle)),
      born_s,
      life_s: random.range(22, 60),
      size: random.range(5, 9),
      grown: random.range(26, 52),
      seed: random.next(),
    });
  }
  return puffs;
}
