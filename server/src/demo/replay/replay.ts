import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Api } from '../client/api.js';
import { type OwnInstance, startInstance } from './own-instance.js';
import { type Plan, planOf } from './plan.js';
import { Progress } from './progress.js';
import { type Inputs, readInputs } from './read-files.js';
import { RejectedLog } from './rejected-log.js';
import { ReplayState } from './replay-state.js';
import { Sender } from './sender.js';
import { makeTeams, setUpCity } from './set-up.js';
import type { ReplaySettings } from './settings.js';
import { type Difference, verify } from './verify.js';

const SAVE_MS = 2_000;

const say = (line: string) => process.stdout.write(`${line}\n`);

/**
 * Replays a recording through the public doors. In: a file of what really happened. Out: reports and steps with their
 * own times, by an import token. Never: a time that the recording does not tell, but those marked as derived.
 * @returns the exit code
 */
export async function replay(
  settings: ReplaySettings,
  startScript: string,
  stop: AbortController,
): Promise<number> {
  const inputs = await readInputs(settings);
  const plan = planOf(inputs.recording);
  tellPlan(inputs, plan);
  await mkdir(settings.dataDir, { recursive: true });
  const state = await ReplayState.open(join(settings.dataDir, 'replay-state.json'), inputs.fingerprint);
  const instance = settings.url === undefined ? await ownInstance(settings, inputs, startScript) : null;
  let [isEnding, isLost] = [false, false];
  void instance?.ended.then((lastWords) => {
    isLost = !isEnding && !stop.signal.aborted;
    if (isLost) process.stderr.write(`\nthe instance ended: run the same again to go on\n${lastWords}\n`);
    stop.abort();
  });
  try {
    const code = await run({ settings, inputs, plan, state, instance }, stop);
    return isLost ? 1 : code;
  } finally {
    isEnding = true;
    await state.save();
    await instance?.end();
  }
}

interface Run {
  readonly settings: ReplaySettings;
  readonly inputs: Inputs;
  readonly plan: Plan;
  readonly state: ReplayState;
  readonly instance: OwnInstance | null;
}

async function run(replayed: Run, stop: AbortController): Promise<number> {
  const { settings, inputs, state, instance } = replayed;
  const { rows } = inputs.recording;
  const url = instance?.url ?? settings.url ?? '';
  if (instance)
    await setUpCity(url, instance.setupCode, { city: inputs.city, rows, state, stop: stop.signal });
  const api = new Api(url, stop.signal, settings.token ?? state.kept.token ?? '');
  const made = await makeTeams(api, rows, state);
  if (made > 0) say(`  ✓ ${made} teams made`);
  await sendAll(replayed, api, stop.signal);
  tellCounts(replayed, url);
  if (stop.signal.aborted) return 0;

  const isEqual = settings.verify ? await tellVerdict(replayed, api) : true;
  if (instance && !settings.exit) {
    say(`\n${url} is left running; Ctrl-C stops it`);
    await new Promise((resolve) => stop.signal.addEventListener('abort', resolve, { once: true }));
  }
  return isEqual ? 0 : 1;
}

async function ownInstance(
  { dataDir, port }: ReplaySettings,
  { city }: Inputs,
  startScript: string,
): Promise<OwnInstance> {
  say(`starting an instance of its own in ${dataDir}`);
  return startInstance({ startScript, dataDir, port, timeZone: city.timeZone }, say);
}

async function sendAll({ settings, plan, state }: Run, api: Api, stop: AbortSignal): Promise<void> {
  const { tasks } = plan;
  const { kept } = state;
  const log = new RejectedLog(join(settings.dataDir, 'replay-rejected.jsonl'));
  const progress = new Progress('replay', tasks.length, kept.next);
  if (kept.next > 0) say(`  goes on after ${kept.next} of ${tasks.length} requests of an earlier run`);
  const sender = new Sender(api, state, stop, (task, error) => log.add(task, error));
  const saving = setInterval(() => void state.save(), SAVE_MS);
  const showing = setInterval(() => progress.show(doneOf(state), timeOf(plan, state)), 100);
  try {
    await sender.run(tasks, settings);
  } finally {
    clearInterval(saving);
    clearInterval(showing);
    progress.show(doneOf(state), timeOf(plan, state));
    if (doneOf(state) < tasks.length) progress.leave();
    await state.save();
    await log.close();
  }
}

const doneOf = ({ kept }: ReplayState): number => kept.next + kept.ahead.length;

const timeOf = ({ tasks }: Plan, { kept }: ReplayState): string => {
  const at = tasks[Math.min(kept.next, tasks.length - 1)]?.at;
  return at === undefined ? '' : new Date(at).toISOString().slice(0, 16).replace('T', ' ');
};

function tellPlan({ recording: { rows, unread } }: Inputs, { tasks, leftOpen, outOfOrder }: Plan): void {
  const calls = new Set(rows.map(({ call }) => call)).size;
  const units = new Set(rows.map(({ unit }) => unit).filter((unit) => unit !== null)).size;
  const derived = tasks.filter((task) => task.derived).length;
  say(`${rows.length} rows: ${calls} calls, ${units} units; ${tasks.length} requests (${derived} derived)`);
  say(`  ${outOfOrder} unit responses with times out of order, ${leftOpen.length} calls that nobody ended`);
  const reasons = countBy(unread.map(({ reason }) => reason));
  for (const [reason, count] of reasons) say(`  ${count} lines not understood: ${reason}`);
}

function tellCounts({ settings, state, instance }: Run, url: string): void {
  const { account, counts } = state.kept;
  say(`\n  ${url}${instance && account ? `  account ${account.name}, password ${account.password}` : ''}`);
  const refused = Object.values(counts.rejected).reduce((sum, count) => sum + count, 0);
  say(`  sent ${counts.sent}, accepted ${counts.accepted}, rejected ${refused}`);
  for (const [code, count] of Object.entries(counts.rejected)) say(`    ${count} ${code}`);
  if (refused > 0) say(`    each of them is in ${join(settings.dataDir, 'replay-rejected.jsonl')}`);
  for (const [flag, count] of Object.entries(counts.flags)) say(`  ${count} assignments flagged ${flag}`);
}

async function tellVerdict({ inputs, state }: Run, api: Api): Promise<boolean> {
  const { rows } = inputs.recording;
  const calls = new Set(rows.map(({ call }) => call)).size;
  const progress = new Progress('verify', calls);
  const verdict = await verify(api, rows, state.kept.incidents, (done) => progress.show(done));
  const { differences } = verdict;
  say(`  ${verdict.calls} calls, ${verdict.unitSteps} unit steps equal, ${differences.length} differences`);
  for (const [flag, count] of Object.entries(verdict.flags)) say(`  ${count} assignments flagged ${flag}`);
  for (const difference of differences.slice(0, 20)) say(`    ${lineOf(difference)}`);
  return differences.length === 0;
}

const lineOf = ({ call, step, unit, recorded, found }: Difference): string =>
  `${call}${unit === null ? '' : ` ${unit}`} ${step}: recorded ${JSON.stringify(recorded)}, found ${JSON.stringify(found)}`;

function countBy(texts: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).slice(0, 10);
}
