/** The page: bar, picture, panels on both sides, timeline below; on a phone the picture and one panel at a time. */
import { useEffect, useRef } from 'preact/hooks';
import { CameraBar } from './cameras';
import { Caption } from './captions';
import { Custody } from './custody';
import { Messages } from './errors';
import { Header } from './header';
import { Help } from './help';
import { NowPanel } from './now';
import { PlacePlate, SceneInWords } from './place';
import { RightSide } from './side';
import { slots } from './slots';
import { Steps } from './steps';
import { flatOnly, scene, stage, standsFlat, tab } from './store';
import { Tabs } from './tabs';
import { Transport } from './transport';
import { pick, say } from './words';

interface LayoutProps {
  /** Called once with the canvas that the stage draws on. */
  readonly onCanvas: (canvas: HTMLCanvasElement) => void;
}

export function Layout({ onCanvas }: LayoutProps) {
  const { timeline: Timeline, gallery: Gallery } = slots;
  return (
    <div class="page" data-tab={tab.value}>
      <a class="skip" href="#picture">{say('skip')}</a>
      <Header />
      <aside class="side left" aria-label={say('step_and_custody')}>
        <NowPanel />
        <Custody />
        <Steps />
      </aside>
      <Picture onCanvas={onCanvas} />
      <Caption />
      <RightSide />
      <section class="time" aria-label={say('timeline')}>
        <Transport />
        <Timeline />
      </section>
      <Tabs />
      <Messages />
      <Help />
      <Gallery />
    </div>
  );
}

function Picture({ onCanvas }: LayoutProps) {
  const canvas = useRef<HTMLCanvasElement | null>(null);
  useEffect(() => {
    if (canvas.current) onCanvas(canvas.current);
  }, []);
  const flat = standsFlat.value;
  const { overlays: Overlays, pictureButton: PictureButton, flat: Flat } = slots;
  return (
    <main id="picture" class="picture" data-theme="dark" tabIndex={-1}>
      <h1 class="unseen">{scene.value ? pick(scene.value.title) : 'fakel'}</h1>
      <SceneInWords />
      <canvas ref={canvas} hidden={flat} role="img" aria-label={say('picture')}
        aria-describedby="scene-in-words" />
      {flat && <Flat />}
      <div class="over" hidden={flat}>{stage.value && <Overlays />}</div>
      {!flatOnly.value && <CameraBar />}
      {!flat && <PlacePlate />}
      {!flat && <PictureButton />}
    </main>
  );
}
