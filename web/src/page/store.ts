/** What the page shares: one instant, one rate, one view. Panels read these signals; what has a time sets `t_s`. */
import { computed, effect, signal } from '@preact/signals';
import type { LiveSight } from '../cameras';
import type { Camera, Wish } from '../cameras/camera';
import type { Flight } from '../flight';
import type { Text } from '../flight/scene';
import type { Stage } from '../stage/stage';

export type Lang = 'en' | 'ru';
export type Theme = 'dark' | 'light';
export type Side = 'telemetry' | 'rules' | 'map' | 'events';
export type Tab = 'now' | 'data' | 'time';

export const slowest = 0.1;
export const fastest = 1000;
/** Lines over the picture that are drawn unless the viewer switches them off. */
export const usualLayers: readonly string[] = ['labels'];

/** The instant shown: TAI seconds after the scene's start. It changes with each picture. */
export const t_s = signal(0);
/** The same instant at most five times a second: for words and numbers, which nobody reads faster. */
export const beat_s = signal(0);
export const playing = signal(false);
export const rate = signal(1);
/** Follow the end of a flight that is still being flown. */
export const live = signal(false);
/** Id of a camera, or "director". */
export const view = signal('director');
export const lang = signal<Lang>('en');
export const theme = signal<Theme>('dark');
export const layers = signal<ReadonlySet<string>>(new Set(usualLayers));
/** How many seconds the timeline shows; 0 is the whole mission. */
export const zoom = signal(0);
export const flight = signal<Flight | null>(null);
export const wish = signal<Wish>({ azimuth_rad: 0, elevation_rad: 0, zoom: 1 });
/** What people should know about the page itself, by subject: the newest word on each. */
export const message = signal<ReadonlyMap<string, Text>>(new Map());
/** What draws the picture; null before it has come and where there is no WebGL. */
export const stage = signal<Stage | null>(null);
/** Set once it is known that this browser draws nothing: then the flat picture comes. */
export const flatOnly = signal(false);
export const cameras = signal<readonly Camera[]>([]);
/** Which camera shows in the picture drawn last, and what it sees. */
export const sight = signal<LiveSight | null>(null);

/** Flat drawings stand in place of the picture: the map was chosen, or nothing else can be drawn. */
export const standsFlat = computed(() => flatOnly.value || view.value === 'map');
/** A screen that many read and nobody touches. */
export const onWall = signal(false);

export const tab = signal<Tab>('now');
export const side = signal<Side>('telemetry');
export const captions = signal(true);
/** Which dialog stands over the page. */
export const dialog = signal<'none' | 'help' | 'gallery'>('none');
/** Single-character keys may be switched off (WCAG 2.1.4). */
export const shortcuts = signal(true);

export const scene = computed(() => flight.value?.scene ?? null);
/** Everything true at the instant shown, worked out once for each picture. */
export const now = computed(() => flight.value?.now(t_s.value) ?? null);
/** The same for words and numbers. */
export const nowRead = computed(() => flight.value?.now(beat_s.value) ?? null);

/** Say one thing about a subject, until `quiet` takes it back. */
export function tell(subject: string, text: Text): void {
  message.value = new Map(message.peek()).set(subject, text);
}

export function quiet(subject: string): void {
  if (!message.peek().has(subject)) return;
  const rest = new Map(message.peek());
  rest.delete(subject);
  message.value = rest;
}

const beat_ms = 200;

/** Let `beat_s` follow `t_s`: at once when it has rested, else when the beat is over. */
function followBeat(): void {
  let last_ms = -beat_ms;
  let timer = 0;
  const strike = (): void => {
    timer = 0;
    last_ms = performance.now();
    beat_s.value = t_s.peek();
  };
  effect(() => {
    t_s.value;
    const wait_ms = last_ms + beat_ms - performance.now();
    if (wait_ms <= 0) strike();
    else if (!timer) timer = window.setTimeout(strike, wait_ms);
  });
}
followBeat();

/** Remember a choice on this machine; a browser that forbids it just forgets. */
export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(`fakel.${name}`, value);
  } catch {
    // Private windows and pages opened from a file may have no storage.
  }
}

export function recall(name: string): string | null {
  try {
    return localStorage.getItem(`fakel.${name}`);
  } catch {
    return null;
  }
}
