/** People outside: the layer that draws them, and what cameras ask of them. */
export { makeWalkers } from './layer';
export { helmetEye, spacewalkOf, torchPlace } from './helmet';
export type { HelmetView } from './helmet';
export type { Place } from './carry';
