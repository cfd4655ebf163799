/** Which camera the director shows, and why another camera shows than the one asked for. */
import { sight } from '../page/store';
import { pick } from '../page/words';

export function LiveCamera() {
  const shown = sight.value;
  if (!shown) return null;
  const chosen = shown.live.id === 'director' ? pick(shown.label) : null;
  if (!chosen && !shown.note) return null;
  return (
    <div class="live-camera" role={shown.note ? 'status' : undefined}>
      {shown.note ? pick(shown.note) : <><i aria-hidden="true" />{chosen}</>}
    </div>
  );
}
