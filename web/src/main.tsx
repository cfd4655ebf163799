/** The page starts: read the link, read the flight, hang up the panels, let time flow. */
import { effect } from '@preact/signals';
import { render } from 'preact';
import './styles';
import { runClock } from './page/clock';
import { draw, openStage } from './page/drawing';
import { makeHook } from './page/hook';
import { Layout } from './page/layout';
import { frozen, keepLink, readChoices, readInstant } from './page/link';
import { loadFlight } from './page/standin';
import { flight, lang, quiet, scene, tell, theme } from './page/store';
import { both, pick } from './page/words';

const hook = makeHook();

function keepDocument(): void {
  effect(() => {
    document.documentElement.lang = lang.value;
    document.documentElement.dataset['theme'] = theme.value;
    document.title = scene.value ? `${pick(scene.value.title)} · fakel` : 'fakel';
  });
}

async function readFlight(): Promise<void> {
  tell('flight', both('loading'));
  try {
    const read = await loadFlight('data/');
    readInstant(read.scene);
    flight.value = read;
    quiet('flight');
  } catch (fault) {
    const why = fault instanceof Error ? fault.message : String(fault);
    hook.error = why;
    tell('flight', both('no_flight', { file: 'data/scene.json', why }));
  }
}

async function start(): Promise<void> {
  readChoices();
  keepDocument();
  const root = document.getElementById('app');
  const canvas = new Promise<HTMLCanvasElement>((resolve) => {
    if (root) render(<Layout onCanvas={resolve} />, root);
  });
  await readFlight();
  if (!flight.value) return;
  keepLink();
  runClock(() => {
    hook.ready = draw();
  }, frozen);
  await openStage(await canvas, flight.value);
}

void start();
