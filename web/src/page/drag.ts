/** Drag turns the camera, two fingers or the wheel bring it nearer; each camera uses what it needs. Keys do the same. */
import { wish } from './store';

const turn_rad_per_px = 0.006;
const zoomPerPixel = 0.0015;

export function listenToDrags(canvas: HTMLCanvasElement): void {
  const fingers = new Map<number, PointerEvent>();
  const apart = (): number => {
    const [a, b] = [...fingers.values()];
    return a && b ? Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY) : 0;
  };
  canvas.addEventListener('pointerdown', (event) => {
    fingers.set(event.pointerId, event);
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointermove', (event) => {
    const old = fingers.get(event.pointerId);
    if (!old) return;
    const before = apart();
    fingers.set(event.pointerId, event);
    if (fingers.size > 1) nearer(before > 0 ? apart() / before : 1);
    else turn(event.clientX - old.clientX, event.clientY - old.clientY);
  });
  for (const end of ['pointerup', 'pointercancel'] as const) {
    canvas.addEventListener(end, (event) => fingers.delete(event.pointerId));
  }
  canvas.addEventListener('wheel', (event) => {
    event.preventDefault();
    nearer(Math.exp(-event.deltaY * zoomPerPixel));
  }, { passive: false });
}

function turn(right_px: number, down_px: number): void {
  const { azimuth_rad, elevation_rad, zoom } = wish.peek();
  const slower = turn_rad_per_px / Math.max(1, zoom);
  wish.value = {
    azimuth_rad: azimuth_rad - right_px * slower,
    elevation_rad: Math.min(Math.max(elevation_rad + down_px * slower, -1.5), 1.5),
    zoom,
  };
}

function nearer(factor: number): void {
  const old = wish.peek();
  wish.value = { ...old, zoom: Math.min(Math.max(old.zoom * factor, 0.2), 20) };
}
