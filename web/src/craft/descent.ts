/** From the parting of the modules to the ground: capsule, plasma, parachutes, shield, landing engines and dust. */
import { Color, Group, Quaternion, Vector3 } from 'three';
import type { CraftIndex, Scene } from '../flight/scene';
import { makeCapsule, CAPSULE_TO_BODY } from '../models/capsule/capsule';
import type { Capsule } from '../models/capsule/capsule';
import { DROGUE, MAIN, Parachute } from '../models/capsule/parachute';
import { LANDING_JETS, LANDING_MOUTHS, SHOCK, WAKE } from '../models/capsule/glow';
import { makeRescue } from '../models/capsule/rescue';
import { Plume } from '../models/effects/plume';
import { Puffs } from '../models/effects/puffs';
import type { Puff } from '../models/effects/puffs';
import { disposeGeometry } from '../models/kit/builder';
import { materialsFor } from '../models/kit/materials';
import type { Materials } from '../models/kit/materials';
import { Seeded } from '../models/kit/seed';
import { TURN, V } from '../models/kit/shapes';
import { makeSoyuzParts } from '../models/soyuz/soyuz';
import type { Flown, Frame, LayerMaker } from '../stage/layer';
import { Memory, drift, loose } from './drift';
import type { Shed } from './drift';
import { glide, instantOf, standAt } from './world';

/** Base of the capsule in body axes: inside the whole ship, about its own middle in flight, on the ground. */
const BASE_IN_SHIP_M = -1.6;
const BASE_IN_FLIGHT_M = -0.85;
/** Heat at which the glow is full, W/m2: near the peak of a flown entry. */
const FULL_HEAT_W_M2 = 7e5;
const DUST_BEFORE_S = 0.6;
/** When the rescuers are beside the capsule: a picture, as the flight knows only when the hatch is opened. */
const RESCUE_AFTER_S = 420;
const IDENTITY = new Quaternion();
const TO_BODY = new Quaternion().setFromRotationMatrix(CAPSULE_TO_BODY);

export const descentLayer: LayerMaker = (scene, quality, _renderer, _changed, flight) => {
  const near = new Group(), ships = scene.craft.filter((craft) => craft.kind === 'ship');
  const returns = ships.filter((craft) => Number.isFinite(timesOf(scene, craft.id).apart));
  const descents = returns.map((craft) => new Descent(scene, craft, near, materialsFor(quality), flight));
  return {
    id: 'descent',
    near,
    update: (frame) => descents.forEach((descent) => descent.update(frame)),
    dispose: () => descents.forEach((descent) => descent.dispose()),
  };
};

function timesOf(scene: Scene, ship: string) {
  const at = (name: string) => instantOf(scene, name, ship);
  return {
    apart: at('module_separation'),
    interface: at('entry_interface'),
    plasma: at('plasma_start'),
    plasmaEnd: at('plasma_end'),
    drogue: at('drogue_open'),
    main: at('main_parachute_open'),
    shield: at('heat_shield_jettison'),
    engines: at('soft_landing_engines'),
    landing: at('landing'),
  };
}

type Times = ReturnType<typeof timesOf>;

class Descent {
  private readonly times: Times;
  private readonly memory: Memory;
  private view: DescentView | undefined;

  constructor(
    scene: Scene, private readonly craft: CraftIndex, private readonly near: Group,
    private readonly materials: Materials, private readonly flight: Flown,
  ) {
    this.times = timesOf(scene, craft.id);
    this.memory = new Memory(flight, craft.id);
  }

  update(frame: Frame): void {
    const { times } = this, t = frame.now.t_s, body = new Group();
    if (t < times.apart || !standAt(body, frame.now.craft.get(this.craft.id), frame)) {
      if (this.view) this.view.group.visible = false;
      return;
    }
    this.view ??= new DescentView(this.materials, times, this.near);
    this.view.group.visible = true;
    this.view.stand(body, frame, frame.sight.hidden.includes(this.craft.id));
    this.view.shed(this.memory, frame);
    this.view.glow(this.heat(t), frame);
    this.view.parachutes(t, frame);
    this.view.touch(t, frame);
  }

  dispose(): void {
    this.view?.dispose();
  }

  /** 0 to 1 by the flight's own heating; while channels are not here, full between the flight's two plasma events. */
  private heat(t: number): number {
    const { plasma, plasmaEnd } = this.times;
    const span = glide(t, plasma - 60, plasma + 20) * (1 - glide(t, plasmaEnd - 10, plasmaEnd + 12));
    const heat = this.flight.channelAt?.('entry.heat_w_m2', t) ?? NaN;
    return span * (Number.isFinite(heat) ? Math.min(1.2, (heat / FULL_HEAT_W_M2) ** 0.7) : 1);
  }
}

class DescentView {
  readonly group = new Group();
  /** Capsule axes: y up through the hatch, y = 0 the base. */
  private readonly capsule = new Group();
  private readonly bell: Capsule;
  private readonly shield: Group;
  private readonly shieldShed: Shed;
  private readonly modules: readonly Shed[];
  private readonly wake = new Plume(WAKE, [V(0, -0.2, 0)]);
  private readonly shock = new Plume(SHOCK, [V()]);
  private readonly jets = new Plume(LANDING_JETS, LANDING_MOUTHS);
  private readonly drogue = new Parachute(DROGUE);
  private readonly main = new Parachute(MAIN);
  private readonly dust: Puffs;
  private readonly rescue: Group;

  constructor(materials: Materials, private readonly times: Times, near: Group) {
    this.bell = makeCapsule(materials);
    this.shield = loose(this.bell.shield);
    this.shieldShed = {
      part: this.shield, at_s: times.shield, for_s: 40, middle: V(0, -0.1, 0), push: V(0.8, -6, 0.4), axis: V(0, 0, 1),
      rate: 0.9,
    };
    this.modules = driftingModules(materials, times);
    this.rescue = makeRescue(materials);
    this.dust = new Puffs(landingDust(), V(0, 1, 0), 0.34);
    // The wake streams away from the shield, past the hatch.
    this.wake.group.rotation.x = Math.PI;
    this.shock.group.position.y = 0.05;
    this.capsule.add(this.bell.group, this.wake.group, this.shock.group, this.jets.group);
    this.capsule.add(this.drogue.group, this.main.group, this.dust.mesh, this.rescue);
    this.group.add(this.capsule, this.shield, ...this.modules.map((shed) => shed.part));
    near.add(this.group);
  }

  stand(body: Group, frame: Frame, hidden: boolean): void {
    const base = this.base(frame.now.t_s);
    this.bell.group.visible = !hidden;
    this.capsule.quaternion.copy(body.quaternion).multiply(TO_BODY);
    this.capsule.position.copy(new Vector3(base, 0, 0).applyQuaternion(body.quaternion).add(body.position));
  }

  shed(memory: Memory, frame: Frame): void {
    for (const module of this.modules) drift(module, memory, frame, IDENTITY, V());
    if (frame.now.t_s < this.times.shield) {
      this.shield.visible = this.bell.group.visible;
      this.shield.position.copy(this.capsule.position);
      this.shield.quaternion.copy(this.capsule.quaternion);
    } else {
      drift(this.shieldShed, memory, frame, TO_BODY, V(this.base(this.times.shield), 0, 0));
    }
  }

  glow(heat: number, frame: Frame): void {
    const flicker = 1 + 0.08 * Math.sin(frame.flow_s * 23) * Math.sin(frame.flow_s * 7.3);
    this.wake.set(heat * flicker, frame.flow_s * 0.6);
    this.shock.set(heat * flicker, frame.flow_s * 0.6);
  }

  parachutes(t: number, frame: Frame): void {
    const { drogue, main, landing } = this.times;
    this.bell.whips.visible = t > main + 20;
    this.drogue.open(t < main ? glide(t, drogue - 0.5, drogue + 1.5) : 0, frame.flow_s);
    this.main.open(glide(t, main, main + 14), Math.min(frame.flow_s, landing));
    this.main.fall(glide(t, landing + 1, landing + 9));
  }

  touch(t: number, frame: Frame): void {
    const { engines, landing } = this.times;
    this.jets.set(glide(t, engines - 0.05, engines) * (1 - glide(t, landing + 0.1, landing + 0.5)), frame.flow_s);
    this.rescue.visible = t > landing + RESCUE_AFTER_S;
    const { sunColour, sunlit } = frame.light;
    const tan = new Color(0.2, 0.17, 0.13).add(new Color(0.62, 0.5, 0.36).multiply(sunColour).multiplyScalar(sunlit));
    this.dust.set(t - engines + DUST_BEFORE_S, tan);
  }

  dispose(): void {
    for (const part of [this.wake, this.shock, this.jets, this.drogue, this.main, this.dust]) part.dispose();
    disposeGeometry(this.group);
  }

  private base(t: number): number {
    const { apart, shield, landing } = this.times;
    const free = BASE_IN_SHIP_M + (BASE_IN_FLIGHT_M - BASE_IN_SHIP_M) * glide(t, apart, apart + 90);
    return free * (1 - glide(t, Math.min(shield, landing), landing - 5));
  }
}

/** The two modules that burn up: only the instant of parting is the flight's, their drift apart is a picture. */
function driftingModules(materials: Materials, times: Times): Shed[] {
  const { orbital, instrument } = makeSoyuzParts(materials);
  const until = Number.isFinite(times.interface) ? times.interface - times.apart + 40 : 220;
  const common = { at_s: times.apart, for_s: until };
  return [
    {
      ...common, part: loose(orbital), middle: V(1.8, 0, 0), push: V(0.7, 0.05, 0.02), axis: V(0, 0.3, 1).normalize(),
      rate: 0.05,
    },
    {
      ...common, part: loose(instrument), middle: V(-3, 0, 0), push: V(-0.8, 0, -0.06), axis: V(0, 1, 0.2).normalize(),
      rate: 0.04,
    },
  ];
}

/** Blown outwards along the ground by the six engines. */
function landingDust(): Puff[] {
  const random = new Seeded(47);
  return Array.from({ length: 70 }, () => {
    const angle = random.next() * TURN, speed = random.range(3, 15);
    return {
      from: V(Math.cos(angle), 0.1, Math.sin(angle)),
      velocity: V(speed * Math.cos(angle), random.range(0.2, 1.6), speed * Math.sin(angle)),
      born_s: random.range(0.2, 1.4),
      life_s: random.range(6, 26),
      size: random.range(1, 2),
      grown: random.range(4, 11),
      seed: random.next(),
    };
  });
}
