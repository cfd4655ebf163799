/** `window.fakel`: how tests and picture makers hold the page. */
import { jump } from './clock';
import { drawNow } from './drawing';
import { instantOf } from './format';
import { beat_s, playing, scene, stage, t_s, view } from './store';

export interface PageHook {
  ready: boolean;
  error: string | null;
  /** Stand still at an instant, in seconds after the start or as a UTC text. */
  at(instant_s: number): void;
  utc(text: string): void;
  view(id: string): void;
  stat(): unknown;
  project(id: string): unknown;
  /** Words and numbers have followed the clock. */
  settled(): boolean;
}

declare global {
  interface Window { fakel?: PageHook }
}

/** It is ready again after the next picture. */
function stand(hook: PageHook, instant_s: number): void {
  playing.value = false;
  hook.ready = false;
  jump(instant_s);
  drawNow();
}

export function makeHook(): PageHook {
  const hook: PageHook = {
    ready: false,
    error: null,
    at: (instant_s) => stand(hook, instant_s),
    utc: (text) => {
      if (scene.value) stand(hook, instantOf(scene.value, Date.parse(text)));
    },
    view: (id) => {
      hook.ready = false;
      view.value = id;
      drawNow();
    },
    stat: () => stage.value?.stat() ?? null,
    project: (id) => stage.value?.project(id) ?? null,
    settled: () => beat_s.peek() === t_s.peek(),
  };
  window.fakel = hook;
  return hook;
}
