/** The page: bar, picture, panels on both sides, timeline below; on a phone the picture on top and one panel at a time. */
import { useEffect, useRef } from 'preact/hooks';
import { CameraBar } from './cameras';
import { Header } from './header';
import { slots } from './slots';
import { flatOnly, scene, stage, tab } from './store';
import { Transport } from './transport';
import { pick, say } from './words';

interface LayoutProps {
  /** Called once with the canvas that the stage draws on. */
  readonly onCanvas: (canvas: HTMLCanvasElement) => void;
}

export function Layout({ onCanvas }: LayoutProps) {
  const { timeline: Timeline, telemetry: Telemetry, events: Events, groundTrack: GroundTrack, lvlh: Lvlh } = slots;
  return (
    <div class="page" data-tab={tab.value}>
      <a class="skip" href="#picture">{say('skip')}</a>
      <Header />
      <aside class="side left" aria-label={say('step_and_custody')} />
      <Picture onCanvas={onCanvas} />
      <aside class="side right" aria-label={say('telemetry')}>
        {Telemetry && <Telemetry />}
        {GroundTrack && <GroundTrack />}
        {Lvlh && <Lvlh />}
        {Events && <Events />}
      </aside>
      <section class="time" aria-label={say('timeline')}>
        <Transport />
        {Timeline && <Timeline />}
      </section>
      {slots.gallery && <slots.gallery />}
    </div>
  );
}

function Picture({ onCanvas }: LayoutProps) {
  const canvas = useRef<HTMLCanvasElement | null>(null);
  useEffect(() => {
    if (canvas.current) onCanvas(canvas.current);
  }, []);
  const { overlays: Overlays, pictureButton: PictureButton, flat: Flat } = slots;
  return (
    <main id="picture" class="picture" data-theme="dark" tabIndex={-1}>
      <h1 class="unseen">{scene.value ? pick(scene.value.title) : 'fakel'}</h1>
      <canvas ref={canvas} hidden={flatOnly.value} aria-hidden="true" />
      {flatOnly.value && Flat && <Flat />}
      <div class="over">{stage.value && Overlays && <Overlays />}</div>
      <CameraBar />
      {PictureButton && <PictureButton />}
    </main>
  );
}
