// `npm run simulate -- [--url U] [--secret S] [--seed N] [--rate F] [--pace F] [--teams N] [--jt808 PORT]`: the simulator by itself, against an
// instance that runs already; also the source of load for tests and benches.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildServer, installPackages, ROOT } from './build.mjs';
import { giveUp } from './steps.mjs';

try {
  await installPackages();
  await buildServer();
  await import(pathToFileURL(join(ROOT, '.build/server/src/demo/simulator/main.js')).href);
} catch (error) {
  giveUp(error);
}
