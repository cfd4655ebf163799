/** One leg's file as tables; nothing is copied but what does not lie on a whole number of doubles. */
import type { Table } from './curves';
import { fault } from './fault';
import type { ArcIndex, Block, LegIndex } from './scene';

export interface Arc {
  readonly who: string;
  readonly frame: ArcIndex['frame'];
  readonly from_s: number;
  readonly to_s: number;
  readonly path: Table;
  readonly attitude: Table;
  readonly mass_kg: Table;
}

export interface ChannelData {
  readonly times: Table;
  readonly values: Table;
  readonly step: boolean;
}

export interface LegData {
  readonly index: LegIndex;
  readonly arcs: readonly Arc[];
  readonly sky: Table;
  readonly channels: ReadonlyMap<string, ChannelData>;
}

export function readLeg(index: LegIndex, bytes: ArrayBuffer): LegData {
  if (bytes.byteLength !== index.bytes) throw fault('torn', index.file);
  const table = (block: Block): Table => tableOf(block, bytes);
  return {
    index,
    arcs: index.arcs.map((arc) => readArc(arc, table)),
    sky: table(index.sky),
    channels: new Map(index.channels.map((one) => [one.name, {
      times: table(one.times), values: table(one.values), step: one.step }])),
  };
}

function tableOf(block: Block, bytes: ArrayBuffer): Table {
  const count = block.rows * block.columns;
  const values = new (block.kind === 'f64' ? Float64Array : Float32Array)(bytes, block.at, count);
  return { rows: block.rows, columns: block.columns, values };
}

function readArc(arc: ArcIndex, table: (block: Block) => Table): Arc {
  const path = table(arc.path);
  return {
    who: arc.who,
    frame: arc.frame,
    from_s: path.values[0] ?? NaN,
    to_s: path.values[(path.rows - 1) * path.columns] ?? NaN,
    path,
    attitude: table(arc.attitude),
    mass_kg: table(arc.mass_kg),
  };
}
