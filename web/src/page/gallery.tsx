/** The gallery: small pictures drawn by the stage itself, one whenever the page is idle; each jumps to its moment. */
import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Text } from '../flight/scene';
import { jump } from './clock';
import { composed, fileName, legendOf } from './compose';
import { utcDate, utcTime } from './format';
import { greatInstants, plannedShots, type Exhibit } from './gallerylist';
import { save, shoot, type Photo } from './shoot';
import { dialog, playing, scene, view } from './store';
import { number, pick } from './words';

const words = {
  title: { en: 'Gallery', ru: 'Галерея' },
  shots: { en: 'Moments of the spacewalk', ru: 'Моменты выхода' },
  instants: { en: 'Moments of the flight', ru: 'Моменты полёта' },
  all: { en: 'Save all', ru: 'Сохранить все' },
  close: { en: 'Close', ru: 'Закрыть' },
  waiting: { en: 'is being drawn', ru: 'рисуется' },
  failed: { en: 'cannot be drawn', ru: 'не рисуется' },
  sun: { en: 'Sun {n}° from the camera', ru: 'Солнце в {n}° от камеры' },
  away: { en: '{n} away', ru: 'до цели {n}' },
  empty: { en: 'This flight has no moments to show yet.', ru: 'В этом полёте пока нечего показать.' },
} as const;

const [SMALL, LARGE] = [[480, 270], [1920, 1080]] as const;
const BETWEEN_DOWNLOADS_MS = 700;

interface Shown {
  /** Address of the small picture; none: it could not be drawn. */
  readonly url: string | null;
  readonly camera: Text;
  readonly sun_deg: number;
  /** Nothing in particular is looked at: null. */
  readonly distance_m: number | null;
}

const shown = signal<ReadonlyMap<string, Shown>>(new Map());

export function Gallery() {
  const box = useRef<HTMLDialogElement>(null);
  const up = useRef(false);             // a closing that is told late must not close the next opening
  const open = dialog.value === 'gallery';
  useEffect(() => {
    up.current = open;
    if (!open) {
      box.current?.close();
      return undefined;
    }
    if (!box.current?.open) box.current?.showModal();
    playing.value = false;
    return drawInTurn();
  }, [open]);
  const leave = (): void => {
    if (dialog.peek() === 'gallery') dialog.value = 'none';
  };
  return (
    <dialog class="gallery" ref={box} aria-labelledby="gallery-title"
      onClose={() => { if (up.current && !box.current?.open) leave(); }}>
      {open && <Rooms leave={leave} />}
    </dialog>
  );
}

function Rooms({ leave }: { readonly leave: () => void }) {
  const flown = scene.value;
  if (!flown) return null;
  const [shots, instants] = [plannedShots(flown), greatInstants(flown)];
  return (
    <>
      <header>
        <h2 id="gallery-title">{pick(words.title)}</h2>
        <button onClick={() => void saveAll([...shots, ...instants])}>{pick(words.all)}</button>
        <button onClick={leave}>{pick(words.close)}</button>
      </header>
      {shots.length + instants.length === 0 && <p>{pick(words.empty)}</p>}
      {shots.length > 0 && <Room title={pick(words.shots)} exhibits={shots} leave={leave} />}
      {instants.length > 0 && <Room title={pick(words.instants)} exhibits={instants} leave={leave} />}
    </>
  );
}

interface RoomProps {
  readonly title: string;
  readonly exhibits: readonly Exhibit[];
  readonly leave: () => void;
}

function Room({ title, exhibits, leave }: RoomProps) {
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <ul>{exhibits.map((exhibit) => <li key={exhibit.id}><Frame exhibit={exhibit} leave={leave} /></li>)}</ul>
    </section>
  );
}

function Frame({ exhibit, leave }: { readonly exhibit: Exhibit; readonly leave: () => void }) {
  const flown = scene.value!;
  const photo = shown.value.get(exhibit.id);
  const go = (): void => {
    view.value = exhibit.view;
    jump(exhibit.t_s);
    leave();
  };
  return (
    <button onClick={go}>
      <figure>
        <div class={`photo by-${exhibit.view}`}>
          {photo?.url ? <img src={photo.url} alt="" /> : pick(photo ? words.failed : words.waiting)}
        </div>
        <figcaption>
          <b>{pick(exhibit.title)}</b>
          <span>{utcDate(flown, exhibit.t_s)}, {utcTime(flown, exhibit.t_s)} UTC</span>
          {exhibit.place && !pick(exhibit.title).includes(pick(exhibit.place)) && <span>{pick(exhibit.place)}</span>}
          {photo?.url && <span>{figures(photo, exhibit)}</span>}
        </figcaption>
      </figure>
    </button>
  );
}

function figures(photo: Shown, exhibit: Exhibit): string {
  const away = exhibit.distance_m ?? photo.distance_m;
  const sun = pick(words.sun).replace('{n}', number(exhibit.sun_deg ?? photo.sun_deg));
  const far = away === null ? '' : pick(words.away).replace('{n}', metres(away));
  return [pick(photo.camera), sun, far].filter(Boolean).join(' · ');
}

function metres(away: number): string {
  if (away >= 1000) return `${number(away / 1000)} ${pick({ en: 'km', ru: 'км' })}`;
  return `${number(away, away < 20 ? 1 : 0)} ${pick({ en: 'm', ru: 'м' })}`;
}

/** Draw what is not drawn yet, one picture whenever the page is idle, until the gallery is closed. */
function drawInTurn(): () => void {
  let closed = false;
  const flown = scene.peek();
  const all = flown ? [...plannedShots(flown), ...greatInstants(flown)] : [];
  const rest = all.filter(({ id }) => !shown.peek().get(id)?.url);
  const idle = (act: () => void): void => {
    if ('requestIdleCallback' in window) requestIdleCallback(act, { timeout: 400 });
    else setTimeout(act, 60);
  };
  const next = async (): Promise<void> => {
    const exhibit = rest.shift();
    if (closed || !exhibit) return;
    const photo = await shoot(exhibit.t_s, exhibit.view, ...SMALL).catch(() => null);
    shown.value = new Map(shown.peek()).set(exhibit.id, photo ? hung(photo) : NOTHING);
    idle(() => void next());
  };
  idle(() => void next());
  return () => {
    closed = true;
  };
}

const NOTHING: Shown = { url: null, camera: { en: '', ru: '' }, sun_deg: 0, distance_m: null };

function hung({ blob, now, shown: live }: Photo): Shown {
  const { sight } = live;
  const focus = now.craft.get(sight.focus);
  const back = backOf(sight.turn);
  const sun = now.sun_km.map((km, k) => km * 1000 - (focus?.position_m[k] ?? 0));
  const cosine = back.reduce((sum, part, k) => sum + part * (sun[k] ?? 0), 0) / Math.hypot(...sun);
  return {
    url: URL.createObjectURL(blob),
    camera: live.label,
    sun_deg: Math.acos(Math.min(1, Math.max(-1, cosine))) * 180 / Math.PI,
    distance_m: sight.away_m ?? null,
  };
}

/** From what is looked at back to the camera: the camera's own z in GCRF. */
function backOf({ x, y, z, w }: { x: number; y: number; z: number; w: number }): readonly number[] {
  return [2 * (x * z + w * y), 2 * (y * z - w * x), 1 - 2 * (x * x + y * y)];
}

/** One file after the other, each as large as a screen; browsers may ask whether several may be saved. */
async function saveAll(exhibits: readonly Exhibit[]): Promise<void> {
  const flown = scene.peek();
  if (!flown) return;
  for (const exhibit of exhibits) {
    if (dialog.peek() !== 'gallery') return;
    const photo = await shoot(exhibit.t_s, exhibit.view, ...LARGE).catch(() => null);
    if (!photo) continue;
    const legend = { ...legendOf(flown, photo.now, photo.shown.sight.focus), caption: pick(exhibit.title) };
    const television = photo.shown.sight.overlay === 'docking';
    save(await composed(photo.blob, legend, television), fileName(flown, exhibit.t_s, exhibit.view));
    await new Promise((later) => setTimeout(later, BETWEEN_DOWNLOADS_MS));
  }
}
