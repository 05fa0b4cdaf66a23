// `npm run soak [-- --minutes N] [--leak]`: a wall in a real browser on a city ten times as fast; growth of heaps,
// handles and connections after warm-up fails it. `--leak` makes the page leak, to see that it does.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildServer, buildWeb, installPackages, ROOT } from './build.mjs';
import { giveUp, Told } from './steps.mjs';

const LOGS = join(ROOT, '.chaos/soak');

function settings() {
  const { values } = parseArgs({
    options: { minutes: { type: 'string', default: '30' }, leak: { type: 'boolean', default: false } },
  });
  const minutes = Number(values.minutes);
  if (!(minutes >= 1)) throw new Told(`--minutes: 1 or more are wanted; seen ${values.minutes}`);
  return { minutes, isLeaking: values.leak };
}

const shown = (value) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(1));

function print({ rows, warmUpMinutes, entries, fixes, complaints }) {
  const lines = [
    ['measure', 'first', 'last', 'growth per hour', 'at least', 'bound', 'holds'],
    ...rows.map(({ measure, unit, samples, slope, least, bound, holds }) => [
      unit ? `${measure}, ${unit}` : measure,
      shown(samples[0][1]),
      shown(samples.at(-1)[1]),
      shown(slope),
      shown(least),
      String(bound),
      holds ? 'yes' : 'NO',
    ]),
  ];
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  process.stdout.write('\n');
  for (const line of lines)
    process.stdout.write(
      `${line
        .map((text, column) => text.padEnd(widths[column]))
        .join(' · ')
        .trimEnd()}\n`,
    );
  process.stdout.write(
    `\n${rows[0].samples.length} samples after ${warmUpMinutes.toFixed(1)} min of warm-up; ${entries} entries, ${fixes} fixes\n`,
  );
  for (const complaint of complaints) process.stdout.write(`the browser said: ${complaint}\n`);
}

async function main() {
  const order = settings();
  await installPackages();
  await buildServer();
  await buildWeb();
  const { onOwnCity } = await import('../../tests/support/own-city.mjs');
  const result = await onOwnCity('soak', async (city, load) => {
    const { runSoak } = await load('run-soak.js');
    return runSoak({ ...order, ...city, logs: LOGS });
  });
  print(result);
  await mkdir(LOGS, { recursive: true });
  await writeFile(join(LOGS, 'soak.json'), `${JSON.stringify({ ...order, ...result }, null, 2)}\n`);
  process.exitCode = result.rows.every(({ holds }) => holds) ? 0 : 1;
}

try {
  await main();
} catch (error) {
  giveUp(error);
}
process.exit();
