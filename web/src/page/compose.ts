/** A picture to keep: what the stage drew, and below it in words what happens, when, and over which place. */
import type { Now } from '../flight/now';
import type { Scene } from '../flight/scene';
import { utcDate, utcStamp, utcTime } from './format';
import { number, pick } from './words';

const MARK = { en: 'fakel, simulated', ru: 'fakel, модель' } as const;
const SANS = '"IBM Plex Sans", "Segoe UI", "Noto Sans", sans-serif';

/** Words that stand in the picture. */
export interface Legend {
  readonly caption: string;
  readonly utc: string;
  readonly place: string;
}

/** The caption in force: the newest event's sentence. */
export function captionAt(scene: Scene, t_s: number): string {
  const event = scene.events.findLast((one) => one.t_s <= t_s + 1e-6 && one.rank <= 2);
  return event ? pick(event.sentence) : pick(scene.title);
}

export function legendOf(scene: Scene, now: Now, focus: string): Legend {
  return {
    caption: captionAt(scene, now.t_s),
    utc: `${utcDate(scene, now.t_s)}, ${utcTime(scene, now.t_s)} UTC`,
    place: placeBelow(now, focus),
  };
}

/** 45.9° N 63.3° E, 418 km above */
function placeBelow(now: Now, focus: string): string {
  const craft = now.craft.get(focus);
  if (!craft) return '';
  const half = (value: number, plus: string, minus: string): string =>
    `${number(Math.abs(value), 1)}° ${value < 0 ? minus : plus}`;
  const place = pick({
    en: `${half(craft.latitude_deg, 'N', 'S')} ${half(craft.longitude_deg, 'E', 'W')}`,
    ru: `${half(craft.latitude_deg, 'с. ш.', 'ю. ш.')} ${half(craft.longitude_deg, 'в. д.', 'з. д.')}`,
  });
  const km = craft.height_m / 1000;
  const height = number(km, km < 20 ? 1 : 0);
  return `${place}, ${pick({ en: `${height} km up`, ru: `высота ${height} км` })}`;
}

/** fakel-2013-11-09T151420Z-kotov.png */
export function fileName(scene: Scene, t_s: number, view: string): string {
  return `fakel-${utcStamp(scene, t_s).replaceAll(':', '')}-${view}.png`;
}

/** The stage's picture with its legend and the mark drawn in; as the docking camera's television where it is that. */
export async function composed(picture: Blob, legend: Legend, television = false): Promise<Blob> {
  const image = await createImageBitmap(picture);
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.width, image.height];
  const ink = canvas.getContext('2d');
  if (!ink) throw new Error('no canvas to write on');
  if (television) ink.filter = 'grayscale(1) contrast(1.22)';
  ink.drawImage(image, 0, 0);
  ink.filter = 'none';
  if (television) drawCross(ink);
  image.close();
  writeLegend(ink, legend);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'));
}

function drawCross(ink: CanvasRenderingContext2D): void {
  const [x, y] = [ink.canvas.width / 2, ink.canvas.height / 2];
  ink.strokeStyle = 'rgb(233 243 234 / .8)';
  ink.lineWidth = Math.max(1, y / 360);
  ink.beginPath();
  ink.moveTo(0, y);
  ink.lineTo(2 * x, y);
  ink.moveTo(x, 0);
  ink.lineTo(x, 2 * y);
  ink.stroke();
  ink.beginPath();
  ink.arc(x, y, y / 2, 0, 2 * Math.PI);
  ink.stroke();
}

function writeLegend(ink: CanvasRenderingContext2D, legend: Legend): void {
  const { width, height } = ink.canvas;
  const unit = Math.max(9, height / 54);
  const shade = ink.createLinearGradient(0, height - unit * 6.5, 0, height);
  shade.addColorStop(0, 'rgb(5 8 12 / 0)');
  shade.addColorStop(0.45, 'rgb(5 8 12 / .72)');
  shade.addColorStop(1, 'rgb(5 8 12 / .9)');
  ink.fillStyle = shade;
  ink.fillRect(0, height - unit * 6.5, width, unit * 6.5);
  const write = (text: string, size: number, colour: string, up: number, right = false): void => {
    ink.font = `${size > 1.2 ? 600 : 400} ${unit * size}px ${SANS}`;
    ink.fillStyle = colour;
    ink.textAlign = right ? 'right' : 'left';
    ink.fillText(text, right ? width - unit * 1.5 : unit * 1.5, height - unit * up, width * (right ? 0.25 : 0.7));
  };
  write(legend.caption, 1.35, '#e9eef3', 3);
  write([legend.utc, legend.place].filter(Boolean).join('  ·  '), 1, '#b7c3ce', 1.2);
  write(pick(MARK), 0.9, '#b7c3ce', 1.2, true);
}
