// `npm run chaos [-- --seed N --kills N --minutes M | --short]`: breaks everything by a seeded schedule under load, then
// proves that nothing acknowledged was lost or doubled and that every client saw its scope, once and in order.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildServer, installPackages, ROOT } from './build.mjs';
import { giveUp, Told } from './steps.mjs';

const LOGS = join(ROOT, '.chaos');

function settings() {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: process.env.CHAOS_SEED || String(Date.now() % 1_000_000) },
      kills: { type: 'string', default: '20' },
      minutes: { type: 'string', default: '0' },
      short: { type: 'boolean', default: false },
    },
  });
  const [seed, kills, minutes] = [values.seed, values.kills, values.minutes].map(Number);
  if (!Number.isInteger(seed) || seed < 0)
    throw new Told(`--seed: a whole number is wanted; seen ${values.seed}`);
  if (!Number.isInteger(kills) || kills < 1)
    throw new Told(`--kills: 1 or more are wanted; seen ${values.kills}`);
  if (!(minutes >= 0)) throw new Told(`--minutes: a number is wanted; seen ${values.minutes}`);
  return { seed, kills, minutes, isShort: values.short };
}

const count = (items) => {
  const counts = {};
  for (const item of items) counts[item] = (counts[item] ?? 0) + 1;
  return Object.entries(counts)
    .map(([name, many]) => `${name} ${many}`)
    .join(', ');
};

function print(seed, result) {
  const { faults, acknowledged, unknown, applied, clients, clocks, disk, findings, histories } = result;
  const of = (kind) => findings.filter((finding) => finding.kind === kind).length;
  const others = findings.filter(({ kind }) => kind !== 'lost' && kind !== 'doubled');
  const lines = [
    `seed ${seed}`,
    `faults ${faults.length}: ${count(faults.map(({ kind }) => kind))}`,
    `disk of the tracks: ${disk}`,
    `writes acknowledged: ${Object.entries(acknowledged)
      .map(([door, many]) => `${door} ${many}`)
      .join(', ')}; never answered: ${unknown}`,
    `entries applied: ${applied} by ${clients} clients; clocks fired: ${clocks}`,
    `lost = ${of('lost')}, doubled = ${of('doubled')}${others.length > 0 ? `, other findings: ${count(others.map(({ kind }) => kind))}` : ''}`,
  ];
  process.stdout.write(`\n${lines.join('\n')}\n`);
  for (const history of histories) process.stdout.write(`\n${history.join('\n')}\n`);
}

async function main() {
  const order = settings();
  process.stdout.write(`seed ${order.seed}\n`);
  await installPackages();
  await buildServer();
  const { onOwnCity } = await import('../../tests/support/own-city.mjs');
  const result = await onOwnCity('chaos', async (city, load) => {
    const { runChaos } = await load('run-chaos.js');
    return runChaos({ ...order, ...city, logs: LOGS });
  });
  print(order.seed, result);
  await mkdir(LOGS, { recursive: true });
  await writeFile(join(LOGS, 'chaos.json'), `${JSON.stringify({ ...order, ...result }, null, 2)}\n`);
  process.exitCode = result.findings.length === 0 ? 0 : 1;
}

try {
  await main();
} catch (error) {
  giveUp(error);
}
// Requests to a server that is gone may still wait: nobody wants their answers.
process.exit();
