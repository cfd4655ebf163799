/** The rim of the visor around a helmet camera's picture, and whose it is. */
import { pick } from '../page/words';
import { eyeNow } from './eye';
import { word } from './words';

export function HelmetFrame() {
  const eye = eyeNow();
  const sight = eye?.shown.sight;
  if (!eye || sight?.overlay !== 'helmet') return null;
  const wearer = eye.scene.people.find((one) => one.id === sight.wearer);
  if (!wearer) return null;
  return (
    <div class="visor">
      <span class={`ev${wearer.walker}`}><b>{pick(wearer.short)}</b> {word('helmet')}</span>
    </div>
  );
}
