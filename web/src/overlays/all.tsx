/** The overlays, from the picture outwards. */
import './overlays.css';
import { useEffect } from 'preact/hooks';
import { AT_HOME } from '../cameras/camera';
import { view, wish } from '../page/store';
import { DockingHair } from './docking';
import { HelmetFrame } from './helmet';
import { GroundSky } from './groundsky';
import { Labels } from './labels';
import { LiveCamera } from './live';
import { LayerMenu } from './menu';

export function AllOverlays() {
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
