// moment.mjs SCENE_FOLDER T_S...: what the page's own reader says is true at these instants, as JSON. Run inside web/.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const { createServer } = await import(pathToFileURL(createRequire(`${process.cwd()}/package.json`).resolve('vite')).href);
const server = await createServer({
  configFile: false, server: { middlewareMode: true, ws: false }, appType: 'custom', logLevel: 'silent' });
const { momentOf } = await server.ssrLoadModule('/src/flight/moment.ts');
const { readLeg } = await server.ssrLoadModule('/src/flight/leg.ts');
const [folder, ...instants] = process.argv.slice(2);
const scene = JSON.parse(readFileSync(`${folder}/scene.json`, 'utf8'));
const legs = scene.legs.map((leg) => {
  const bytes = readFileSync(`${folder}/${leg.file}`);
  return readLeg(leg, bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
});
console.log(JSON.stringify(instants.map((t_s) => {
  const now = momentOf(scene, legs, Number(t_s));
  return { ...now, craft: Object.fromEntries(now.craft), people: Object.fromEntries(now.people),
    holders: Object.fromEntries(now.holders) };
})));
await server.close();
