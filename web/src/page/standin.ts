export type { Flight } from '../flight';
