/** Named zooms, and closer and further. */
import { scene } from '../store';
import { pick } from '../words';
import { choose, named, zoomStep } from './state';
import { ZOOMS, hasWalk } from './windows';
import { WORDS, ZOOM_NAMES } from './words';

const STEP = 2;

export function ZoomBar() {
  const flown = scene.value;
  if (!flown) return null;
  const offered = ZOOMS.filter((zoom) => zoom !== 'walk' || hasWalk(flown));
  return (
    <div class="tl-zoom" role="group" aria-label={pick(WORDS.zoom)}>
      {offered.map((zoom) => (
        <button key={zoom} type="button" aria-pressed={named.value === zoom} onClick={() => choose(zoom)}>
          {pick(ZOOM_NAMES[zoom])}
        </button>
      ))}
      <button type="button" class="step" aria-label={pick(WORDS.further)} onClick={() => zoomStep(STEP)}>
        <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3 8h10" /></svg>
      </button>
      <button type="button" class="step" aria-label={pick(WORDS.closer)} onClick={() => zoomStep(1 / STEP)}>
        <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3 8h10M8 3v10" /></svg>
      </button>
    </div>
  );
}
