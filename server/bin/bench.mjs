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
/** In the short form those of a line share a process, which has the server's code to read once. */
const GROUPS = [
  ['geo', 'bytes'],
  ['journal', 'ingest'],
  ['fan-out', 'alerts', 'storm'],
  ['tracks', 'patrols'],
  ['wall', 'desk'],
];
const PARTS = GROUPS.flat();
const WITHOUT_DATABASE = ['geo', 'bytes'];
/** Measured on what another part has opened, where one process does both. */
const ON_ANOTHERS = { alerts: 'fan-out' };
/** No part takes half of this, even on a slow machine; one that does hangs. */
const MOST_MS = 600_000;
const isQuick = process.argv.includes('--quick');
const isProfiled = process.argv.includes('--profile');
const asked = process.argv.slice(2).filter((word) => PARTS.includes(word));

/** The parts of each process: in the long form one, so that none pays for another's heap. */
function together() {
  const wanted = GROUPS.map((parts) => parts.filter((part) => asked.length === 0 || asked.includes(part)));
  const shared = isQuick && !isProfiled ? wanted : wanted.flat().map((part) => [part]);
  return shared.filter((parts) => parts.length > 0);
}

// The row of MQTT wants a broker; without one it is left out.
const broker = ['/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto', '/usr/bin/mosquitto'].find((path) =>
  existsSync(path),
);
if (broker) process.env.MOSQUITTO ??= broker;

/** Told to stop: the part ends, then the database and its directory go. */
const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => ending.abort(signal));

/** A process that measures parts; what it prints goes nowhere, their rows come back. */
class Measurer {
  constructor(name) {
    const profile = ['--cpu-prof', `--cpu-prof-dir=${KEPT}`, `--cpu-prof-name=${name}.cpuprofile`];
    this.child = fork(join(BUILT, 'bench.js'), {
      execArgv: ['--no-warnings', ...(isProfiled ? profile : [])],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.stop = () => this.child.kill('SIGKILL');
    ending.signal.addEventListener('abort', this.stop);
  }

  async run(part, databaseUrl) {
    const limit = setTimeout(this.stop, MOST_MS);
    const told = new Promise((resolve) => this.child.once('message', resolve));
    this.child.send({ part, databaseUrl, isQuick, isProfiled });
    const word = await Promise.race([told, this.gone.then((code) => ({ code }))]);
    clearTimeout(limit);
    if (word.rows) return word.rows;
    throw new Error(word.failed ?? `the part ${part} ended with code ${word.code}`);
  }

  async end() {
    if (this.child.connected) this.child.disconnect();
    await this.gone;
    ending.signal.removeEventListener('abort', this.stop);
  }
}

async function measure() {
  const support = (name) => import(pathToFileURL(join(ROOT, 'tests/support', name)).href);
  const { openCluster } = await support('cluster.mjs');
  const { prepareTemplates, cloneTemplate } = await support('templates.mjs');
  const cluster = await step('start database', () => openCluster({ fast: false }));
  const rows = [];
  try {
    await step('load demo city', () => prepareTemplates(cluster.url, ['city']));
    for (const parts of together()) {
      const measurer = new Measurer(parts[0]);
      try {
        for (const part of parts) {
          ending.signal.throwIfAborted();
          const measured = await step(part, async () => {
            const url =
              WITHOUT_DATABASE.includes(part) || parts.includes(ON_ANOTHERS[part])
                ? ''
                : await cloneTemplate(cluster.url, 'city', part.replace('-', '_'));
            return measurer.run(part, url);
          });
          rows.push(...measured);
        }
      } finally {
        await measurer.end();
      }
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
