import { setTimeout as pause } from 'node:timers/promises';
import { randomFrom } from '../../server/src/demo/simulator/random.js';
import { gather, invite } from './cast.js';
import type { Finding } from './check-clients.js';
import { checkHistory, smallestHistory } from './check-history.js';
import { Crowd } from './crowd.js';
import { openDisk } from './full-disk.js';
import type { FaultDone, History } from './history.js';
import { breakHouse, type House } from './house-faults.js';
import { breakLink } from './link-faults.js';
import { MISSED } from './stop-in-commit.js';
import { readKept, readStart, readTruth } from './read-truth.js';
import { KILLS, longSchedule, type Schedule, shortSchedule } from './schedule.js';
import { askOverHttp, checkPositions, settle } from './settle.js';
import { type Cluster, Stage } from './stage.js';
import { Writers } from './writers.js';

export interface ChaosOrder {
  readonly cluster: Cluster;
  readonly databaseUrl: string;
  readonly logs: string;
  readonly seed: number;
  /** Each fault once, in a fixed time; else rounds until both of the following are met. */
  readonly isShort: boolean;
  readonly kills: number;
  readonly minutes: number;
  readonly say: (line: string) => void;
}

export interface ChaosResult {
  readonly faults: readonly FaultDone[];
  readonly acknowledged: Readonly<Record<string, number>>;
  readonly unknown: number;
  readonly applied: number;
  readonly clients: number;
  readonly disk: string;
  readonly clocks: number;
  readonly findings: readonly Finding[];
  /** For each of the first findings, the smallest history that shows it. */
  readonly histories: readonly string[][];
}

const RATE = 600;
const PACE = 60;
const JOINED_MS = 30_000;
/** Load goes on so long after the last fault, so that what healed is used. */
const AFTER_MS = 2_500;
/** After so long the short form begins no other fault: where the machine is busy some are left out. */
const SHORT_MS = 40_000;
const SHOWN = 5;

/** One run: load, faults by the seed's schedule, quiet, and then what everybody holds against what PostgreSQL holds. */
export async function runChaos(order: ChaosOrder): Promise<ChaosResult> {
  const { cluster, databaseUrl, logs, seed } = order;
  const stage = await Stage.open({ cluster, databaseUrl, logs, seed, rate: RATE, pace: PACE });
  const disk = await openDisk(stage);
  try {
    const start = await readStart(stage);
    const cast = await gather(stage);
    const guests = await invite(stage, cast);
    const crowd = await Crowd.open(stage, guests);
    try {
      const late = await crowd.until(({ provenMs }) => provenMs !== null, JOINED_MS);
      if (late.length > 0) throw new Error(`${late.map(({ name }) => name).join(', ')} never joined`);
      const writers = new Writers(stage, cast, randomFrom(seed).fork('writers'));
      const faults = await breakAll({ stage, writers, cast, disk }, crowd, order);
      await stage.endSimulator();
      const findings = await settle(stage, crowd, guests);
      const clients = await crowd.history();
      findings.push(...(await checkPositions(stage, clients)));
      const asked = await askOverHttp(stage, guests);
      const history: History = { clients: [...clients, ...asked], writes: writers.writes, faults };
      const devices = cast.devices.map(({ id }) => id);
      const kept = await readKept(stage, { devices, sleeping: writers.sleeping });
      const truth = await readTruth(stage, start);
      findings.push(...checkHistory(history, kept, truth), ...bugsOf(writers));
      return {
        ...countsOf(history),
        clients: clients.length,
        disk: disk.name,
        clocks: kept.clocks.filter(({ firedAt }) => firedAt !== null).length,
        findings,
        histories: findings.slice(0, SHOWN).map((finding) => smallestHistory(finding, history, truth)),
      };
    } finally {
      await crowd.close();
    }
  } finally {
    await stage.close();
    disk.close();
  }
}

/** Load and both lanes of faults; ends when the house's lane has and everything is up again. */
async function breakAll(house: House, crowd: Crowd, order: ChaosOrder): Promise<FaultDone[]> {
  const { seed, isShort, say } = order;
  const schedule = isShort ? shortSchedule(seed) : longSchedule(seed);
  const faults: FaultDone[] = [];
  const over = new AbortController();
  house.writers.start();
  const done = (
    kind: string,
    from: number,
    { target, broken }: { target: string; broken?: string | undefined },
  ) => {
    const hasStruck = broken === undefined || !MISSED.includes(broken);
    if (hasStruck)
      faults.push({ kind, target, from, to: Date.now(), ...(broken === undefined ? {} : { broken }) });
    say(`${kind}: ${target}, ${((Date.now() - from) / 1000).toFixed(1)} s${broken ? `: ${broken}` : ''}`);
  };
  const lanes = [breakLinks(schedule, crowd, done, over.signal), moveClocks(house, over.signal)];
  try {
    await breakHouses(schedule, house, done, { ...order, faults });
  } finally {
    over.abort();
    await Promise.all(lanes);
  }
  await pause(AFTER_MS);
  await house.writers.stop();
  return faults;
}

type Done = (kind: string, from: number, what: { target: string; broken?: string | undefined }) => void;

async function breakHouses(
  schedule: Schedule,
  house: House,
  done: Done,
  { isShort, kills, minutes, faults }: ChaosOrder & { readonly faults: readonly FaultDone[] },
): Promise<void> {
  const since = performance.now();
  const isEnough = () =>
    faults.filter(({ kind }) => KILLS.includes(kind)).length >= kills &&
    performance.now() - since >= minutes * 60_000;
  for (const fault of schedule.house) {
    if (isShort ? performance.now() - since > SHORT_MS : isEnough()) return;
    await pause(fault.gapMs);
    const from = Date.now();
    done(fault.kind, from, await breakHouse(house, fault));
  }
}

async function breakLinks(schedule: Schedule, crowd: Crowd, done: Done, over: AbortSignal): Promise<void> {
  for (const fault of schedule.links) {
    await pause(fault.gapMs, undefined, { signal: over }).catch(() => undefined);
    if (over.aborted) return;
    const from = Date.now();
    done(fault.kind, from, { target: await breakLink(crowd, fault) });
  }
}

/** Brings the clocks of incidents that nobody touches forward, as if their minutes had passed. */
async function moveClocks({ stage, writers }: House, over: AbortSignal): Promise<void> {
  for (let moved = 0; !over.aborted;) {
    const incident = writers.sleeping[moved];
    if (incident !== undefined) {
      await stage.rows(
        `update due_time set due_at = now() + case kind when 'incident.soon' then interval '1 s' else interval '3 s' end
          where subject = $1 and fired_at is null`,
        [incident],
      );
      moved += 1;
    }
    await pause(300);
  }
}

function countsOf({ clients, writes, faults }: History) {
  const acknowledged: Record<string, number> = {};
  for (const { door, fate } of writes)
    if (fate === 'acknowledged') acknowledged[door] = (acknowledged[door] ?? 0) + 1;
  const applied = clients
    .flatMap(({ steps }) => steps)
    .reduce((sum, step) => sum + (step.did === 'entries' ? step.entries.length : 0), 0);
  const unknown = writes.filter(({ fate }) => fate === 'unknown').length;
  return { faults, acknowledged, unknown, applied };
}

const bugsOf = ({ bugs }: Writers): Finding[] =>
  bugs.map((said) => ({ kind: 'fault', what: `a server answered ${said}`, at: Date.now() }));
