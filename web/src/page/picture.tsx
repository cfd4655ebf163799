/** The shutter: a picture to keep, with what it shows written below. Also key P. */
import { useEffect } from 'preact/hooks';
import './picture.css';
import { composed, fileName, legendOf } from './compose';
import { save, shoot } from './shoot';
import { quiet, scene, shortcuts, stage, t_s, tell, view, wish } from './store';
import { pick } from './words';

const words = {
  take: { en: 'Take a picture', ru: 'Сделать снимок' },
  failed: { en: 'The picture could not be taken.', ru: 'Снимок не получился.' },
} as const;

const LARGE = [1920, 1080] as const;
const SAID_MS = 6000;

/** Software drawing would take long over a large picture: it keeps the size on the screen. */
function size(): readonly [number, number] {
  const canvas = document.querySelector<HTMLCanvasElement>('#picture > canvas');
  return stage.peek()?.quality === 'low' && canvas ? [canvas.clientWidth, canvas.clientHeight] : LARGE;
}

export async function takePicture(): Promise<void> {
  const flown = scene.peek();
  if (!flown || !stage.peek()) return;
  try {
    const { blob, now, shown } = await shoot(t_s.peek(), view.peek(), ...size(), wish.peek());
    const name = fileName(flown, now.t_s, shown.live.id);
    save(await composed(blob, legendOf(flown, now, shown.sight.focus), shown.sight.overlay === 'docking'), name);
    tell('picture', { en: `Saved: ${name}`, ru: `Сохранено: ${name}` });
  } catch {
    tell('picture', words.failed);
  }
  setTimeout(() => quiet('picture'), SAID_MS);
}

function onKey(event: KeyboardEvent): void {
  const typing = event.target instanceof Element && event.target.closest('input, textarea, select, dialog');
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey && !event.repeat;
  if (event.code === 'KeyP' && plain && !typing && shortcuts.peek()) void takePicture();
}

export function PictureButton() {
  useEffect(() => {
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  if (!stage.value) return null;
  return (
    <button class="shutter" aria-keyshortcuts="P" onClick={() => void takePicture()}>
      <i aria-hidden="true" /><span>{pick(words.take)}</span>
    </button>
  );
}
