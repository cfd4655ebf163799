/** The overlays, from the picture outwards. */
import './overlays.css';
import { useEffect } from 'preact/hooks';
import { AT_HOME, type Wish } from '../cameras/camera';
import { followHand } from '../cameras/hand';
import { shortcuts, view, wish } from '../page/store';
import { DockingHair } from './docking';
import { HelmetFrame } from './helmet';
import { GroundSky } from './groundsky';
import { Labels } from './labels';
import { LiveCamera } from './live';
import { LayerMenu } from './menu';

/** What the hand holds: the page's one wish. */
const held = {
  read: () => wish.peek(),
  write: (next: Wish) => { wish.value = next; },
  keys: () => shortcuts.peek(),
};

export function AllOverlays() {
  useEffect(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('#picture > canvas');
    return canvas ? followHand(canvas, held) : undefined;
  }, []);
  // Each camera starts as it was made.
  useEffect(() => view.subscribe(() => {
    if (wish.peek() !== AT_HOME) wish.value = AT_HOME;
  }), []);
  return (
    <>
      <HelmetFrame />
      <DockingHair />
      <GroundSky />
      <Labels />
      <LiveCamera />
      <LayerMenu />
    </>
  );
}
