export { GroundTrack } from './map';
