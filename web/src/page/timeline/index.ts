export { Timeline } from './timeline';
export { ZoomBar } from './zoombar';
