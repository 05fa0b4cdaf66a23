// `npm run bench [-- --quick] [part …]`: measures the full server against its baselines on a throw-away PostgreSQL with
// fsync, prints one line per goal and writes .bench/bench.json. It informs and never fails for a goal missed.
import { fork } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildServer, buildWeb, installPackages, ROOT, transpile } from './build.mjs';
import { giveUp, step } from './steps.mjs';

// Of this run alone: another may run beside it.
const BUILT = join(ROOT, `.build/tests/bench-${process.pid}`);
const PARTS = ['geo', 'journal', 'ingest', 'fan-out', 'alerts', 'storm', 'wall'];
/** No part takes half of this, even on a slow machine; one that does hangs. */
const MOST_MS = 600_000;
const isQuick = process.argv.includes('--quick');
const asked = process.argv.slice(2).filter((word) => PARTS.includes(word));

/** Told to stop: the part ends, then the database and its directory go. */
const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => ending.abort(signal));

/** One part in a process of its own; what it prints goes nowhere, its rows come back. */
function run(part, databaseUrl) {
  return new Promise((done, fail) => {
    const child = fork(join(BUILT, 'bench.js'), {
      execArgv: ['--no-warnings'],
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

/** Columns of a terminal: what is written in Chinese or with a full-width sign takes two. */
const widthOf = (text) => [...text].reduce((sum, sign) => sum + (/[\u2e80-\uffef]/.test(sign) ? 2 : 1), 0);
const padded = (text, width) => text + ' '.repeat(Math.max(0, width - widthOf(text)));

function print(rows) {
  const lines = [
    ['name', 'goal', 'measured', 'holds'],
    ...rows.map(({ name, goal, measured, holds }) => [name, goal, measured, holds ? 'yes' : 'NO']),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...lines.map((line) => widthOf(line[column]))));
  for (const line of lines)
    process.stdout.write(
      `${line
        .map((text, column) => padded(text, widths[column]))
        .join(' · ')
        .trimEnd()}\n`,
    );
}

/** Processes that wanted a core in the minute before: other people's work, which falls on wall times and on p99. */
const [loadBefore = 0] = loadavg();

try {
  await installPackages();
  await buildServer();
  await buildWeb();
  await transpile(join(ROOT, 'tests/support'), join(ROOT, '.build/tests/support'));
  await transpile(join(ROOT, 'tests/bench'), BUILT);
  const support = (name) => import(pathToFileURL(join(ROOT, 'tests/support', name)).href);
  const { openCluster } = await support('cluster.mjs');
  const { prepareTemplates, cloneTemplate } = await support('templates.mjs');
  const cluster = await step('start database', () => openCluster({ fast: false }));
  const rows = [];
  try {
    await step('load demo city', () => prepareTemplates(cluster.url));
    for (const part of asked.length > 0 ? asked : PARTS) {
      ending.signal.throwIfAborted();
      rows.push(
        ...(await step(part, async () =>
          run(part, await cloneTemplate(cluster.url, 'city', part.replace('-', '_'))),
        )),
      );
    }
  } finally {
    await cluster.close();
    await rm(BUILT, { recursive: true, force: true });
  }
  process.stdout.write('\n');
  print(rows);
  if (loadBefore > cpus().length / 4)
    process.stdout.write(
      `\nOther work ran when this began (load ${loadBefore.toFixed(1)} on ${cpus().length} cores): trust what is counted in CPU or bytes.\n`,
    );
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? '', cores: cpus().length, loadBefore };
  await mkdir(join(ROOT, '.bench'), { recursive: true });
  await writeFile(
    join(ROOT, '.bench/bench.json'),
    `${JSON.stringify({ at: new Date().toISOString(), isQuick, machine, rows }, null, 2)}\n`,
  );
} catch (error) {
  giveUp(error);
}
