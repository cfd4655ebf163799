/**
 * Where panels hang. Each is a component without properties that reads the store; whoever makes one puts it here, one
 * line each. A slot that is null takes no room.
 */
import type { ComponentType } from 'preact';
import { Overlays } from '../overlays';
import { Gallery } from './gallery';
import { PictureButton } from './picture';
import { Events } from './events';
import { Flat } from './flat';
import { Lvlh } from './lvlh';
import { GroundTrack } from './map';
import { Telemetry } from './plots';
import { Timeline, ZoomBar } from './timeline';

export interface Slots {
  readonly timeline: ComponentType | null;
  readonly timelineTools: ComponentType | null;
  readonly telemetry: ComponentType | null;
  readonly events: ComponentType | null;
  readonly groundTrack: ComponentType | null;
  readonly lvlh: ComponentType | null;
  readonly flat: ComponentType | null;
  readonly overlays: ComponentType | null;
  readonly pictureButton: ComponentType | null;
  readonly gallery: ComponentType | null;
}

export const slots: Slots = {
  // Below everything: the tracks, their ticks; transport stands above it.
  timeline: Timeline,

  // At the right end of the transport's row: the zoom buttons.
  timelineTools: ZoomBar,

  // Right side, first: readings and sparklines at the cursor.
  telemetry: Telemetry,

  // Data tab: the searchable list of all events.
  events: Events,

  // Data tab: the track over a flat map; also the "map" view, large.
  groundTrack: GroundTrack,

  // Data tab: motion relative to the station.
  lvlh: Lvlh,

  // In place of the 3D picture where there is no WebGL, filling its box.
  flat: Flat,

  // Over the 3D picture, filling its box, letting clicks through: cross-hairs, vignette, labels.
  overlays: Overlays,

  // Bottom right of the picture.
  pictureButton: PictureButton,

  // A dialog that opens and closes itself when `dialog` in the store is 'gallery'.
  gallery: Gallery,
};
