/** The table of layers, one line each, in the order of updates; what covers what is said by each renderOrder. */
import { ascentLayer } from '../craft/ascent';
import { burnsLayer } from '../craft/burns';
import { descentLayer } from '../craft/descent';
import { growing } from '../craft/growing';
import { padLayer } from '../craft/pad';
import { shipsLayer } from '../craft/ships';
import { stationLayer } from '../craft/station';
import { makeDistant } from '../sky/distant';
import { makeEarth } from '../sky/earth';
import { makeMilkyWay, makeStars } from '../sky/stars';
import { makeMoon, makeSun } from '../sky/sunmoon';
import { makeLinks } from '../overlays/layers/links';
import { makeCorridors, makeRails, makeZones } from '../overlays/layers/stationlines';
import { makeTrackLayer } from '../overlays/layers/track';
import { makeWalkers } from '../walkers';
import type { LayerMaker } from './layer';

export const layerMakers: readonly LayerMaker[] = [
  makeMilkyWay,
  makeStars,
  makeMoon,
  makeEarth,
  makeSun,
  makeDistant,
  growing(stationLayer),
  growing(shipsLayer),
  growing(padLayer),
  growing(ascentLayer),
  growing(burnsLayer),
  growing(descentLayer),
  makeTrackLayer,
  makeLinks,
  makeCorridors,
  makeZones,
  makeRails,
  makeWalkers,
];
