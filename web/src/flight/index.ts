/** The reader of a flight: `loadFlight` reads the index, legs come as they are needed. */
export { FlightFault } from './fault';
export { Flight, loadFlight } from './flight';
export type { Samples } from './channels';
