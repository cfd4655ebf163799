/** The page's address holds the moment: t, view, lang, rate, layers, zoom. Read once, kept up to date after that. */
import { effect } from '@preact/signals';
import type { Scene } from '../flight/scene';
import { clamp, setRate } from './clock';
import { instantOf, utcStamp } from './format';
import {
  beat_s, captions, flight, lang, layers, rate, recall, scene, shortcuts, t_s, tell, theme, usualLayers, view, zoom,
} from './store';
import { both } from './words';

const wait_ms = 800;
const query = new URLSearchParams(location.search);

/** Low quality and a standing clock, for tests and slow machines; `layout=wall` for a screen that nobody touches. */
export const frozen = query.get('freeze') === '1';
export const quality = query.get('q');
export const wall = query.get('layout') === 'wall';

/** Who opens the page without an instant in mind sees it run; a shared moment stands still, as does a calm browser. */
export function startsPlaying(): boolean {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  return !frozen && !calm && (wall || !query.has('t'));
}

/** What can be read before the flight is here. */
export function readChoices(): void {
  const language = query.get('lang') ?? recall('lang') ?? navigator.language.slice(0, 2);
  lang.value = language === 'ru' ? 'ru' : 'en';
  theme.value = (query.get('theme') ?? recall('theme')) === 'light' ? 'light' : 'dark';
  captions.value = recall('captions') !== 'off';
  shortcuts.value = recall('shortcuts') !== 'off';
  view.value = query.get('view') ?? 'director';
  setRate(Number(query.get('rate') ?? 1));
  const asked = query.get('layers');
  if (asked !== null) layers.value = new Set(asked.split(',').filter(Boolean));
  zoom.value = Math.max(0, Number(query.get('zoom')) || 0);
}

/** Go to the link's instant, or to the nearest one that the flight has, and say so. */
export function readInstant(flown: Scene): void {
  const asked = query.get('t');
  const utc_ms = asked === null ? NaN : Date.parse(asked);
  if (asked !== null && Number.isNaN(utc_ms)) tell('link', both('link_unreadable'));
  const wanted_s = Number.isNaN(utc_ms) ? firstSight(flown) : instantOf(flown, utc_ms);
  t_s.value = clamp(wanted_s);
  if (Math.abs(t_s.value - wanted_s) > 1) tell('link', both('link_outside', { asked: asked ?? '' }));
}

/** Without a link the flight begins just before its first great event. */
function firstSight(flown: Scene): number {
  return (flown.events.find((one) => one.rank === 1)?.t_s ?? 0) - 20;
}

/** The address of this moment. */
export function linkNow(): string {
  const flown = scene.peek();
  const next = new URLSearchParams(query);
  if (flown) next.set('t', utcStamp(flown, t_s.value));
  next.set('view', view.value);
  next.set('lang', lang.value);
  put(next, 'rate', rate.value === 1 ? '' : String(rate.value));
  put(next, 'zoom', zoom.value === 0 ? '' : String(Math.round(zoom.value)));
  const shown = [...layers.value].sort().join(',');
  put(next, 'layers', shown === [...usualLayers].sort().join(',') ? null : shown);
  return `${location.origin}${location.pathname}?${next.toString().replaceAll('%3A', ':').replaceAll('%2C', ',')}`;
}

function put(into: URLSearchParams, name: string, value: string | null): void {
  if (value === null || (value === '' && name !== 'layers')) into.delete(name);
  else into.set(name, value);
}

/** Keep the address up to date, some time after the last change. */
export function keepLink(): void {
  let timer = 0;
  effect(() => {
    [beat_s.value, view.value, lang.value, rate.value, zoom.value, layers.value];
    if (!flight.value || timer) return;
    timer = window.setTimeout(() => {
      timer = 0;
      history.replaceState(null, '', linkNow());
    }, wait_ms);
  });
}
