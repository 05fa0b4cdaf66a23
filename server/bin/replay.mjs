// `npm run replay -- FILE …`: replays a recording through the public API. Installs and builds what is missing first.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildServer, installPackages, ROOT } from './build.mjs';
import { giveUp } from './steps.mjs';

try {
  await installPackages();
  await buildServer();
  const { main } = await import(pathToFileURL(join(ROOT, '.build/server/src/demo/replay/main.js')).href);
  await main(process.argv.slice(2), join(ROOT, 'server/bin/start.mjs'));
} catch (error) {
  giveUp(error);
}
