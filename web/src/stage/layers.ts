/** The table of layers: one line each. Order is the order of updates; what covers what is said by each object's renderOrder. */
import type { LayerMaker } from './layer';

export const layerMakers: readonly LayerMaker[] = [];
