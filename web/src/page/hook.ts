/** `window.fakel`: how tests and picture makers hold the page. */
import { jump } from './clock';
import { drawNow } from './drawing';
import { instantOf } from './format';
import { playing, scene, stage, view } from './store';

export interface PageHook {
  ready: boolean;
  error: string | null;
  /** Stand still at an instant, in seconds after the start or as a UTC text. */
  at(instant_s: number): void;
  utc(text: string): void;
  view(id: string): void;
  stat(): unknown;
  project(id: string): unknown;
}

declare global {
  interface Window { fakel?: PageHook }
}

export function makeHook(): PageHook {
  const at = (instant_s: number): void => {
    playing.value = false;
    jump(instant_s);
    drawNow();
  };
  const hook: PageHook = {
    ready: false,
    error: null,
    at,
    utc: (text) => {
      if (scene.value) at(instantOf(scene.value, Date.parse(text)));
    },
    view: (id) => {
      view.value = id;
      drawNow();
    },
    stat: () => stage.value?.stat() ?? null,
    project: (id) => stage.value?.project(id) ?? null,
  };
  window.fakel = hook;
  return hook;
}
