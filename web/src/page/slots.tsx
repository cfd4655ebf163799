/** The table of panels: components without properties that read the store. An empty one takes no room. */
import type { ComponentType } from 'preact';
import { Overlays } from '../overlays';
import { Events } from './events';
import { Flat } from './flat';
import { Gallery } from './gallery';
import { Lvlh } from './lvlh';
import { GroundTrack } from './map';
import { PictureButton } from './picture';
import { Telemetry } from './plots';
import { Timeline, ZoomBar } from './timeline';

export const slots = {
  /** Below everything: tracks and ticks; the transport stands above them, with the zoom buttons at its right end. */
  timeline: Timeline,
  timelineTools: ZoomBar,
  /** The right side: readings at the clock, motion beside the station, the track over a map, all events. */
  telemetry: Telemetry,
  lvlh: Lvlh,
  groundTrack: GroundTrack,
  events: Events,
  /** Over the picture, filling its box and letting clicks through: cross-hairs, visor, names. */
  overlays: Overlays,
  pictureButton: PictureButton,
  /** In place of the picture: the map, or all that can be drawn without WebGL. */
  flat: Flat,
  /** A dialog that opens itself when the store says so. */
  gallery: Gallery,
} as const satisfies Readonly<Record<string, ComponentType>>;
