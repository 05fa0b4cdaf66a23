import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { inSlices } from '../../server/src/live/fleet-ticker.js';
import { ScopeFrames } from '../../server/src/live/scope-frames.js';
import { City, CITY_TEAMS, gridHere } from './city.js';
import { type FanOut, SCREENS } from './fan-out.js';
import { type BenchRow, median, p99, type Plot } from './measure.js';

const FRAMES_HZ = 5;
/** On average; at random, so that entries meet frames at every phase. */
const ALERT_EVERY_MS = 25;
const FEWER_SCREENS = [100, 300];
const CARD = { fact: 'alert.raised', kind: 'alert', id: 'x'.repeat(36), card: { text: 'x'.repeat(300) } };

/** Milliseconds from an emit to the last screen: without frames, beside them, and beside them with one screen stalled. */
interface Ways {
  readonly idle: number[];
  readonly busy: number[];
  readonly stalled: number[];
  /** The most bytes that waited here for the stalled screen, in frames. */
  held: number;
}

/** Row 4 of the goals: how long an entry takes to the last screen while positions run, and while one screen stalls. */
export async function benchAlerts(bench: FanOut, isQuick: boolean): Promise<BenchRow[]> {
  if (isQuick) return middleRows(await measure(bench, { screens: SCREENS, rounds: 4, count: 15 }));
  const bySize: [number, Ways][] = [];
  for (const screens of FEWER_SCREENS)
    bySize.push([screens, await measure(bench, { screens, rounds: 2, count: 100 })]);
  const all = await measure(bench, { screens: SCREENS, rounds: 12, count: 100 });
  return rowsOf(all, [...bySize, [SCREENS, all]]);
}

/** All three in turns, so that what else the machine does falls on all alike. */
async function measure(
  bench: FanOut,
  { screens, rounds, count }: { screens: number; rounds: number; count: number },
): Promise<Ways> {
  await bench.put((n) => (n < screens ? ['all'] : []));
  const ways: Ways = { idle: [], busy: [], stalled: [], held: 0 };
  await entries(bench, { count: 10, listeners: screens });
  for (let round = 0; round < rounds; round++) {
    ways.idle.push(...(await entries(bench, { count, listeners: screens })));
    const stop = runFrames(bench);
    await entries(bench, { count: 10, listeners: screens });
    // Whichever of the two comes first in a round may find the other's garbage.
    for (const isStalled of round % 2 === 0 ? [false, true] : [true, false]) {
      if (isStalled)
        ways.held = Math.max(ways.held, await besideStalled(bench, { count, screens }, ways.stalled));
      else ways.busy.push(...(await entries(bench, { count, listeners: screens })));
    }
    const frameBytes = await stop();
    if (round === rounds - 1) ways.held /= frameBytes;
  }
  return ways;
}

/** The same while one of the screens reads nothing. Answers the most bytes that waited for it. */
async function besideStalled(
  bench: FanOut,
  { count, screens }: { count: number; screens: number },
  took: number[],
): Promise<number> {
  let held = 0;
  await tellClients(bench, { stall: true });
  const looking = setInterval(() => (held = Math.max(held, mostHeld(bench))), 100);
  took.push(...(await entries(bench, { count, listeners: screens - 1 })));
  clearInterval(looking);
  await tellClients(bench, { stall: false });
  return held;
}

const BUSY = `4a an entry to the last of ${SCREENS} screens, ${CITY_TEAMS} teams at ${FRAMES_HZ} Hz: p99 against idle`;
const STALLED = '4b the same with one screen that reads nothing: p99 against 4a';

/** Of so few entries a p99 would be the slowest one: the short form tells the middle of them, and does not decide. */
function middleRows({ idle, busy, stalled, held }: Ways): BenchRow[] {
  const against = (some: number[], others: number[]) =>
    `p50 ${(median(some) / median(others)).toFixed(2)} (${median(some).toFixed(1)} against ${median(others).toFixed(1)} ms, ${some.length} entries); p99 by the long form`;
  return [
    { name: BUSY, goal: '≤ 1.5', measured: against(busy, idle), holds: null },
    { name: STALLED, goal: '≤ 1.10', measured: against(stalled, busy), holds: null },
    heldRow(held),
  ];
}

const heldRow = (held: number): BenchRow => ({
  name: '4c frames that wait here for the stalled screen',
  goal: '≤ 2',
  measured: held.toFixed(2),
  holds: held <= 2,
});

function rowsOf(all: Ways, bySize: readonly (readonly [number, Ways])[]): BenchRow[] {
  const { idle, busy, stalled, held } = all;
  const told = (values: number[]) => `${median(values).toFixed(1)} / ${p99(values).toFixed(1)}`;
  const load = p99(busy) / p99(idle);
  const stall = p99(stalled) / p99(busy);
  const middle = median(stalled) / median(busy);
  return [
    {
      name: BUSY,
      goal: '≤ 1.5',
      measured: `${load.toFixed(2)} (p50 / p99 ${told(busy)} against ${told(idle)} ms, ${busy.length} entries)`,
      holds: load <= 1.5,
      plots: [plotOf(bySize)],
    },
    {
      name: STALLED,
      goal: '≤ 1.10',
      measured: `${stall.toFixed(2)} (${told(stalled)} ms; p50 ${middle.toFixed(2)})`,
      holds: stall <= 1.1,
    },
    heldRow(held),
  ];
}

function plotOf(bySize: readonly (readonly [number, Ways])[]): Plot {
  const line = (name: string, of: (ways: Ways) => number[]) => ({
    name,
    points: bySize.map(([screens, ways]) => [screens, p99(of(ways))] as const),
  });
  return {
    name: '4-screens',
    title: `An entry to the last screen, ${CITY_TEAMS} teams at ${FRAMES_HZ} Hz`,
    x: 'screens',
    y: 'ms at p99',
    series: [
      line('no frames', ({ idle }) => idle),
      line('beside frames', ({ busy }) => busy),
      line('and one screen stalled', ({ stalled }) => stalled),
    ],
  };
}

/** Milliseconds from the emit until the last listener has it, `count` times. */
async function entries(
  { io, clients }: FanOut,
  { count, listeners }: { count: number; listeners: number },
): Promise<number[]> {
  const took: number[] = [];
  for (let i = 0; i < count; i++) {
    const armed = once(clients, 'message');
    clients.send({ kind: 'text', count: listeners });
    await armed;
    await pause(Math.random() * 2 * ALERT_EVERY_MS);
    const counted = once(clients, 'message');
    const since = performance.now();
    io.to('positions:all').emit('bench', CARD);
    await counted;
    took.push(performance.now() - since);
  }
  return took;
}

/** All teams move and are told to all screens, five times a second. Answers how to end it, with the bytes of a frame. */
function runFrames({ voice }: FanOut): () => Promise<number> {
  const city = new City();
  const frames = new ScopeFrames('all', gridHere, city.teams);
  const over = new AbortController();
  let bytes = 0;
  const run = async () => {
    for (let due = performance.now(); !over.signal.aborted;) {
      city.move();
      const frame = frames.frame(city.fleet, city.moment());
      if (!frame.isKeyframe) bytes = frame.bytes.byteLength;
      await inSlices(voice.frame('all', frame));
      due = Math.max(due + 1_000 / FRAMES_HZ, performance.now());
      await pause(due - performance.now());
    }
  };
  const running = run();
  return async () => {
    over.abort();
    await running;
    return bytes;
  };
}

/** The most bytes that wait in this process for any one screen. */
function mostHeld({ io }: FanOut): number {
  let most = 0;
  for (const { conn } of io.sockets.values()) {
    const { socket } = conn.transport as unknown as { socket?: { bufferedAmount: number } };
    most = Math.max(most, socket?.bufferedAmount ?? 0);
  }
  return most;
}

async function tellClients({ clients }: FanOut, order: object): Promise<void> {
  const told = once(clients, 'message');
  clients.send(order);
  await told;
}
