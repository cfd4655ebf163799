/** Full screen, where the browser has it. */
import { signal } from '@preact/signals';

export const isFull = signal(false);
document.addEventListener('fullscreenchange', () => {
  isFull.value = document.fullscreenElement !== null;
});

/** A browser that refuses (a frame without the right to it) leaves the page as it is. */
export function toggleFullScreen(): void {
  if (document.fullscreenElement) void document.exitFullscreen();
  else document.documentElement.requestFullscreen?.().catch(() => undefined);
}
