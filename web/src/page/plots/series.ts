/** Channels of the flight as readings; one name may run through several legs. */
import type { Flight } from '../standin';
import type { Samples } from './sample';

export function channelSamples(_flight: Flight, _name: string): Samples | null {
  return null;
}
