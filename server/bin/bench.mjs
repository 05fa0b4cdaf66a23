// `npm run bench [-- --quick] [--profile] [part …]`: measures the full server against its baselines on a throw-away
// PostgreSQL with fsync, prints one line per goal and writes .bench/: bench.json, an SVG per row, with --profile a CPU
// profile per part. It informs and never fails for a goal missed.
import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildServer, buildWeb, installPackages, ROOT, transpile } from './build.mjs';
import { giveUp, step } from './steps.mjs';

// Of this run alone: another may run beside it.
const BUILT = join(ROOT, `.build/tests/bench-${process.pid}`);
const KEPT = join(ROOT, '.bench');
const PARTS = [
  'geo',
  'bytes',
  'journal',
  'ingest',
  'fan-out',
  'alerts',
  'storm',
  'tracks',
  'wall',
  'desk',
  'patrols',
];
/** No part takes half of this, even on a slow machine; one that does hangs. */
const MOST_MS = 600_000;
const isQuick = process.argv.includes('--quick');
const isProfiled = process.argv.includes('--profile');
const asked = process.argv.slice(2).filter((word) => PARTS.includes(word));

// The row of MQTT wants a broker; without one it is left out.
const broker = ['/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto', '/usr/bin/mosquitto'].find((path) =>
  existsSync(path),
);
if (broker) process.env.MOSQUITTO ??= broker;

/** Told to stop: the part ends, then the database and its directory go. */
const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => ending.abort(signal));

/** One part in a process of its own; what it prints goes nowhere, its rows come back. */
function run(part, databaseUrl) {
  const profile = ['--cpu-prof', `--cpu-prof-dir=${KEPT}`, `--cpu-prof-name=${part}.cpuprofile`];
  return new Promise((done, fail) => {
    const child = fork(join(BUILT, 'bench.js'), {
      execArgv: ['--no-warnings', ...(isProfiled ? profile : [])],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    let told;
    const limit = setTimeout(() => child.kill('SIGKILL'), MOST_MS);
    const stop = () => child.kill('SIGKILL');
    ending.signal.addEventListener('abort', stop);
    child.on('message', (word) => (told = word));
    child.once('exit', (code) => {
      clearTimeout(limit);
      ending.signal.removeEventListener('abort', stop);
      if (told?.rows) done(told.rows);
      else fail(new Error(told?.failed ?? `the part ${part} ended with code ${code}`));
    });
    child.send({ part, databaseUrl, isQuick });
  });
}

async function measure() {
  const support = (name) => import(pathToFileURL(join(ROOT, 'tests/support', name)).href);
  const { openCluster } = await support('cluster.mjs');
  const { prepareTemplates, cloneTemplate } = await support('templates.mjs');
  const cluster = await step('start database', () => openCluster({ fast: false }));
  const rows = [];
  try {
    await step('load demo city', () => prepareTemplates(cluster.url));
    for (const part of asked.length > 0 ? asked : PARTS) {
      ending.signal.throwIfAborted();
      const measured = await step(part, async () =>
        run(part, await cloneTemplate(cluster.url, 'city', part.replace('-', '_'))),
      );
      rows.push(...measured);
    }
  } finally {
    await cluster.close();
  }
  return rows;
}

const [loadBefore = 0] = loadavg();

try {
  await installPackages();
  await buildServer();
  await buildWeb();
  await transpile(join(ROOT, 'tests/support'), join(ROOT, '.build/tests/support'));
  await transpile(join(ROOT, 'tests/bench'), BUILT);
  const { keepRun, tableOf } = await import(pathToFileURL(join(BUILT, 'report.js')).href);
  const rows = await measure();
  process.stdout.write(`\n${tableOf(rows)}\n`);
  if (loadBefore > cpus().length / 4)
    process.stdout.write(
      `\nOther work ran when this began (load ${loadBefore.toFixed(1)} on ${cpus().length} cores): trust what is counted in CPU or bytes.\n`,
    );
  await keepRun(KEPT, rows, { isQuick, loadBefore });
} catch (error) {
  giveUp(error);
} finally {
  await rm(BUILT, { recursive: true, force: true });
}
