/** The layer that draws the space station: its arrays follow the Sun, its hatches open when the flight says so. */
import { Group, Vector3 } from 'three';
import type { Scene, Text } from '../flight/scene';
import { disposeGeometry } from '../models/kit/builder';
import { materialsFor } from '../models/kit/materials';
import { labelledBox } from '../models/station/plain';
import { makeStation } from '../models/station/station';
import type { Station } from '../models/station/station';
import type { Frame, Layer, LayerMaker, Quality } from '../stage/layer';
import { glide, spansOf, standAt } from './world';

/** Models drawn in detail; any other station is drawn from its solids. */
const KNOWN = new Set(['iss-2013-11']);
/** How long a hatch takes to swing: a choice, no flight says it. */
const SWING_S = 25;
const BOX_M = 20;
/** Amid the modules, station axes. */
const MIDDLE = new Vector3(-14, 0, 4.5);

export const stationLayer: LayerMaker = (scene, quality) => new StationLayer(scene, quality);

class StationLayer implements Layer {
  readonly id = 'station';
  readonly near = new Group();
  private station: Station | undefined;
  private readonly hatches: Map<string, [number, number, string][]>;

  constructor(private readonly scene: Scene, private readonly quality: Quality) {
    const opened = (id: string) => spansOf(scene, 'hatch_open', 'hatch_closed', id);
    this.hatches = new Map(scene.station.hatches.map(({ id }) => [id, opened(id)]));
  }

  update(frame: Frame): void {
    const index = this.scene.craft.find((craft) => craft.kind === 'station');
    const hidden = index !== undefined && frame.sight.hidden.includes(index.id);
    if (!index || hidden || !standAt(this.near, frame.now.craft.get(index.id), frame)) {
      this.near.visible = false;
      return;
    }
    if (this.near.children.length === 0) this.build(index.model, index.name);
    this.near.updateMatrixWorld();
    this.station?.near(this.near.localToWorld(MIDDLE.clone()).distanceTo(frame.camera.position));
    this.station?.follow(frame.light.sun.clone().applyQuaternion(this.near.quaternion.clone().invert()));
    for (const [id, spans] of this.hatches) {
      this.station?.airlocks.get(id)?.open(openShare(spans, frame.now.t_s), frame.light.sunlit);
    }
  }

  dispose(): void {
    disposeGeometry(this.near);
  }

  /** Only when it is first seen: a launch does not wait for it. */
  private build(model: string, name: Text): void {
    if (this.scene.station.solids.length === 0) {
      this.near.add(labelledBox(name, BOX_M, BOX_M, BOX_M / 2));
      return;
    }
    this.station = makeStation(materialsFor(this.quality), this.scene.station, KNOWN.has(model));
    this.near.add(this.station.group);
    if (!KNOWN.has(model)) this.near.add(nameplate(this.scene, name));
  }
}

/** A station without a model of its own says its name, above the first of its solids. */
function nameplate(scene: Scene, name: Text): Group {
  const plate = labelledBox(name, 8, 0.2, 4), first = scene.station.solids[0];
  if (first) plate.position.set(first.centre_m[0], first.centre_m[1], first.centre_m[2] - 7);
  plate.rotation.x = Math.PI / 2;
  return plate;
}

function openShare(spans: readonly [number, number, string][], t_s: number): number {
  let share = 0;
  for (const [from, to] of spans) {
    share = Math.max(share, Math.min(glide(t_s, from, from + SWING_S), 1 - glide(t_s, to - SWING_S, to)));
  }
  return share;
}
