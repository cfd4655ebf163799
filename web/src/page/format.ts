/** How instants and spans are written. UTC follows from the scene's start and the leap seconds inside the flight. */
import type { ClockIndex, Scene } from '../flight/scene';
import { lang } from './store';

const two = (value: number): string => String(value).padStart(2, '0');

/** Seconds are rounded down as clocks do, but not for the last bit of a double. */
const hair_s = 5e-4;

interface Utc {
  readonly ms: number;
  /** Inside 23:59:60. */
  readonly leap: boolean;
}

/** UTC of an instant as POSIX milliseconds; the leap second, which ends at its `t_s`, repeats the second before it. */
export function utcOf(scene: Scene, t_s: number): Utc {
  let behind_s = 0;
  let leap = false;
  for (const one of scene.leaps) {
    if (t_s < one.t_s - one.by_s) continue;
    behind_s += one.by_s;
    leap ||= t_s < one.t_s;
  }
  return { ms: Date.parse(scene.start_utc) + (t_s - behind_s) * 1000, leap };
}

/** The instant of a UTC time. */
export function instantOf(scene: Scene, utc_ms: number): number {
  let t_s = (utc_ms - Date.parse(scene.start_utc)) / 1000;
  for (const one of scene.leaps) if (t_s >= one.t_s - one.by_s) t_s += one.by_s;
  return t_s;
}

function hms(ms: number, leap = false): string {
  const date = new Date(ms);
  const second = leap ? 60 : date.getUTCSeconds();
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(second)}`;
}

/** 15:14:20 */
export function utcTime(scene: Scene, t_s: number): string {
  const { ms, leap } = utcOf(scene, t_s + hair_s);
  return hms(ms, leap);
}

/** 15:14, rounded down as clocks do. */
export function utcMinute(scene: Scene, t_s: number): string {
  return utcTime(scene, t_s).slice(0, 5);
}

/** 2013-11-09T15:14:20Z, what deep links hold; tenths only where there are some. */
export function utcStamp(scene: Scene, t_s: number): string {
  const { ms } = utcOf(scene, Math.round(t_s * 10) / 10);
  return new Date(ms).toISOString().replace(/\.000Z$/, 'Z').replace(/(\.\d)00Z$/, '$1Z');
}

/** 9 Nov 2013 */
export function utcDate(scene: Scene, t_s: number): string {
  return new Intl.DateTimeFormat(lang.value === 'en' ? 'en-GB' : 'ru-RU', {
    timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric',
  }).format(utcOf(scene, t_s).ms);
}

/** The viewer's own time zone. */
export function localTime(scene: Scene, t_s: number): string {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
    .format(utcOf(scene, t_s + hair_s).ms);
}

/** A span: 0:40:20, 2/11:00:03 beyond a day. */
export function span(seconds: number): string {
  const whole = Math.floor(Math.abs(seconds) + 1e-6);
  const days = Math.floor(whole / 86400);
  const hours = Math.floor((whole % 86400) / 3600);
  const rest = `${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`;
  const sign = seconds < 0 && whole > 0 ? '\u2212' : '';
  return days > 0 ? `${sign}${days}/${two(hours)}:${rest}` : `${sign}${hours}:${rest}`;
}

/** A span in the fewest signs: 10:40, 2:05:00. */
export function shortSpan(seconds: number): string {
  return span(seconds).replace(/^(\u2212?)0:/, '$1');
}

/** What a clock beside UTC shows; nothing outside its hours. */
export function clockTime(scene: Scene, clock: ClockIndex, t_s: number): string | null {
  const { ms, leap } = utcOf(scene, t_s + hair_s);
  if (clock.id === 'zone') return hms(ms + clock.ahead_h * 3.6e6, leap);
  if (t_s < clock.from_s - 1e-6 || t_s > clock.to_s + 1e-6) return null;
  return span(t_s - clock.from_s);
}
