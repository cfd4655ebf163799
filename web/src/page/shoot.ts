/** Pictures of any instant through any camera, drawn by the stage in any size, one after the other. */
import type { LiveSight } from '../cameras';
import { AT_HOME, type Wish } from '../cameras/camera';
import type { Now } from '../flight/now';
import { redraw } from './drawing';
import { cameras, flight, layers, stage } from './store';

export interface Photo {
  readonly blob: Blob;
  readonly now: Now;
  readonly shown: LiveSight;
}

let turn: Promise<unknown> = Promise.resolve();

/** Wait for the pictures before this one, then take it. Rejects when there is no stage or no path at that instant. */
export function shoot(t_s: number, view: string, width: number, height: number, wanted = AT_HOME): Promise<Photo> {
  const photo = turn.then(() => shootNow(t_s, view, width, height, wanted));
  turn = photo.catch(() => undefined);
  return photo;
}

async function shootNow(t_s: number, view: string, width: number, height: number, wanted: Wish): Promise<Photo> {
  await arrived(t_s);
  const [drawer, flown] = [stage.peek(), flight.peek()];
  const { lookThrough } = await import('../cameras');
  const now = flown?.now(t_s);
  const shown = now && lookThrough(cameras.peek(), view, now, wanted, width / height);
  if (!drawer || !now || !shown) throw new Error('nothing can be drawn at this instant');
  drawer.resize(width, height, 1);
  drawer.draw(now, shown.sight, shown.live.id, layers.peek());
  const taken = drawer.capture();
  giveBack();
  return { blob: await taken, now, shown };
}

/** The instant's leg is fetched when it is asked for: give it some seconds to come. */
async function arrived(t_s: number): Promise<void> {
  for (let tries = 0; tries < 40; tries++) {
    if ((flight.peek()?.now(t_s).craft.size ?? 0) > 0) return;
    await new Promise((later) => setTimeout(later, 150));
  }
}

/** The stage goes on at the size of its canvas. */
function giveBack(): void {
  const canvas = document.querySelector<HTMLCanvasElement>('#picture > canvas');
  if (canvas) stage.peek()?.resize(canvas.clientWidth, canvas.clientHeight, devicePixelRatio);
  redraw();
}

export function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 20000);
}
