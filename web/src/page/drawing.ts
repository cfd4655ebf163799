/** Brings flight, camera and stage together: draws a picture whenever something in it has changed. */
import { effect } from '@preact/signals';
import type { Flight } from '../flight';
import { quality } from './link';
import {
  cameras, flatOnly, flight, layers, now, quiet, sight, stage, standsFlat, t_s, tell, view, wish,
} from './store';
import { both } from './words';

type Look = (typeof import('../cameras'))['lookThrough'];

const said_ms = 12_000;

let look: Look | null = null;
let stale = true;
/** Textures and stars have come: a picture drawn from now on is whole. */
let whole = false;

/** Ask for another picture. */
export function redraw(): void {
  stale = true;
}

/** Let what draws come while the flight is being read. */
export function fetchStage(): void {
  for (const part of [import('../cameras'), import('../stage/stage')]) part.catch(() => undefined);
}

/** Fetch what draws, open the canvas and keep its size; without WebGL the page goes on with the flat picture. */
export async function openStage(canvas: HTMLCanvasElement, read: Flight): Promise<void> {
  effect(() => {
    [now.value, view.value, wish.value, layers.value];
    stale = true;
  });
  try {
    const { lookThrough, makeCameras } = await import('../cameras');
    look = lookThrough;
    cameras.value = makeCameras(read.scene);
    await openCanvas(canvas, read);
  } catch (fault) {
    console.warn('no stage:', fault);
    flatOnly.value = true;
    tell('webgl', both('no_webgl'));
    // The flat picture goes on saying so.
    window.setTimeout(() => quiet('webgl'), said_ms);
  }
}

async function openCanvas(canvas: HTMLCanvasElement, read: Flight): Promise<void> {
  if (!offersWebgl()) throw new Error('no WebGL 2');
  const { createStage } = await import('../stage/stage');
  const made = createStage(canvas, read, {
    ...(quality === 'low' && { quality }),
    changed: redraw,
    lost: (gone) => (gone ? tell('webgl', both('webgl_lost')) : quiet('webgl')),
  });
  keepSize(canvas);
  stage.value = made;
  await made.ready();
  drawNow();
  whole = true;
}

/** Asked before three.js asks, which would write an error into the console. */
function offersWebgl(): boolean {
  const gl = document.createElement('canvas').getContext('webgl2');
  gl?.getExtension('WEBGL_lose_context')?.loseContext();
  return gl !== null;
}

function keepSize(canvas: HTMLCanvasElement): void {
  const fit = (): void => {
    const { clientWidth, clientHeight } = canvas;
    if (clientWidth > 0 && clientHeight > 0) stage.peek()?.resize(clientWidth, clientHeight, devicePixelRatio);
    redraw();
  };
  new ResizeObserver(fit).observe(canvas);
  effect(() => {
    if (stage.value) fit();
  });
}

/**
 * Draw if something has changed. Returns whether a whole picture of this instant stands now, or the flat one.
 */
export function draw(): boolean {
  const drawer = stage.peek();
  const instant = now.peek();
  const here = flight.peek()?.has(t_s.peek()) ?? false;
  if (!drawer || !instant || !look) return here && flatOnly.peek();
  if (!stale) return whole && here;
  stale = false;
  const { width, height } = size();
  const seen = look(cameras.peek(), view.peek(), instant, wish.peek(), width / height) ?? null;
  sight.value = seen;
  if (seen && !standsFlat.peek()) drawer.draw(instant, seen.sight, seen.live.id, layers.peek());
  return whole && here;
}

function size(): { readonly width: number; readonly height: number } {
  const box = document.getElementById('picture');
  return { width: box?.clientWidth || 16, height: box?.clientHeight || 9 };
}

/** A frozen page draws at once when told to, so that a test reads the picture it asked for. */
export function drawNow(): void {
  redraw();
  draw();
}
