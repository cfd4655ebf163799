/** A flight may grow while it is watched: layers that were made from its index are made anew when it does. */
import { Group } from 'three';
import type { Layer, LayerMaker } from '../stage/layer';

export const growing = (make: LayerMaker): LayerMaker => (scene, quality, renderer, changed, flight) => {
  const near = new Group();
  let known = scene;
  let layer = made();
  function made(): Layer {
    const fresh = make(known, quality, renderer, changed, flight);
    if (fresh.near) near.add(fresh.near);
    return fresh;
  }
  return {
    id: layer.id,
    near,
    update(frame) {
      if (flight.scene !== known) {
        known = flight.scene;
        layer.dispose?.();
        near.clear();
        layer = made();
      }
      layer.update(frame);
    },
    dispose: () => layer.dispose?.(),
  };
};
