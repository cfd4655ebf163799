/** The docking camera's cross-hairs and figures, as a screen of green-grey television would show them. */
import { dockingReading } from '../cameras/docking';
import { pick } from '../page/words';
import { eyeNow } from './eye';
import { angle, fine, length, speed, word } from './words';

export function DockingHair() {
  const eye = eyeNow();
  if (!eye || eye.shown.sight.overlay !== 'docking') return null;
  const reading = dockingReading(eye.scene, eye.now);
  return (
    <div class="docking">
      <Cross width={eye.width} height={eye.height} />
      {reading && (
        <dl>
          <div><dt>{word('port')}</dt><dd class="name">{pick(reading.port.name)}</dd></div>
          <div><dt>{word('range')}</dt><dd>{length(reading.range_m)}</dd></div>
          <div><dt>{word('rate')}</dt><dd>{speed(reading.rate_m_s)}</dd></div>
          <div><dt>{word('off')}</dt><dd>{fine(Math.hypot(...reading.off_m))}</dd></div>
          <div><dt>{word('tilt')}</dt><dd>{angle(reading.tilt_deg)}</dd></div>
          <div><dt>{word('roll')}</dt><dd>{angle(reading.roll_deg)}</dd></div>
        </dl>
      )}
    </div>
  );
}

/** Ticks every degree of the camera's field would crowd: every tenth of the picture's height is enough. */
function Cross({ width, height }: { readonly width: number; readonly height: number }) {
  const [x, y, step] = [width / 2, height / 2, height / 20];
  const gap = step / 2;
  const ticks = [-4, -3, -2, -1, 1, 2, 3, 4].map((k) =>
    `M${x + k * step * 2} ${y - step * 0.3}v${step * 0.6}M${x - step * 0.3} ${y + k * step * 2}h${step * 0.6}`);
  return (
    <svg width={width} height={height} aria-hidden="true">
      <path d={`M0 ${y}H${x - gap}M${x + gap} ${y}H${width}M${x} 0V${y - gap}M${x} ${y + gap}V${height}`} />
      <path d={ticks.join('')} />
      <circle cx={x} cy={y} r={step * 5} />
    </svg>
  );
}
