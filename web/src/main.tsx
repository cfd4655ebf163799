/** The page starts: read the link, read the flight, hang up the panels, let time flow. */
import { batch, effect } from '@preact/signals';
import { render } from 'preact';
import './styles';
import { runClock } from './page/clock';
import { draw, fetchStage, openStage } from './page/drawing';
import { makeHook } from './page/hook';
import { listenToKeys } from './page/keys';
import { Layout } from './page/layout';
import { frozen, keepLink, readChoices, readInstant, startsPlaying, wall } from './page/link';
import { followGrowth, goLive } from './page/live';
import { readFlight } from './page/reading';
import { loadRegions } from './page/regions';
import { flight, lang, onWall, playing, scene, theme } from './page/store';
import { pick } from './page/words';

const hook = makeHook();

/** A screen of a control room is large and has no pointer. */
function isWall(): boolean {
  return wall || (innerWidth >= 1800 && !matchMedia('(any-pointer: fine), (any-pointer: coarse)').matches);
}

function keepDocument(): void {
  const root = document.documentElement;
  onWall.value = isWall();
  if (onWall.value) root.dataset['layout'] = 'wall';
  effect(() => {
    root.lang = lang.value;
    root.dataset['theme'] = theme.value;
    document.title = scene.value ? `${pick(scene.value.title)} · fakel` : 'fakel';
  });
}

async function start(): Promise<void> {
  readChoices();
  keepDocument();
  listenToKeys();
  const root = document.getElementById('app');
  const canvas = new Promise<HTMLCanvasElement>((resolve) => {
    // What stood there while the scripts came is not Preact's, and would stay.
    root?.replaceChildren();
    if (root) render(<Layout onCanvas={resolve} />, root);
  });
  fetchStage();
  const read = await readFlight((why) => {
    hook.error = why;
  });
  hook.error = null;
  batch(() => {
    flight.value = read;
    readInstant(read.scene);
    playing.value = startsPlaying();
  });
  keepLink();
  runClock(() => {
    hook.ready = draw();
  }, frozen);
  followGrowth(read);
  if (onWall.value && !read.scene.complete) goLive();
  await openStage(await canvas, read);
  void loadRegions();
}

void start();
