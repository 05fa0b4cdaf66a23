import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { inSlices } from '../../server/src/live/fleet-ticker.js';
import { ScopeFrames } from '../../server/src/live/scope-frames.js';
import { City, gridHere } from './city.js';
import { FanOut, SCREENS } from './fan-out.js';
import { type BenchRow, median, p99 } from './measure.js';

const FRAMES_HZ = 5;
const ALERT_EVERY_MS = 40;
const CARD = { fact: 'alert.raised', kind: 'alert', id: 'x'.repeat(36), card: { text: 'x'.repeat(300) } };

/** Row 4 of the goals: how long an entry takes to the last screen while positions run, and while one screen stalls. */
export async function benchAlerts(databaseUrl: string, isQuick: boolean): Promise<BenchRow[]> {
  const bench = await FanOut.open(databaseUrl);
  const count = isQuick ? 60 : 300;
  try {
    await bench.put(() => ['all']);
    await measure(bench, { count: 20, listeners: SCREENS });
    const idle = await measure(bench, { count, listeners: SCREENS });
    const stop = runFrames(bench);
    await measure(bench, { count: 40, listeners: SCREENS });
    const busy = await measure(bench, { count, listeners: SCREENS });
    await tellClients(bench, { stall: true });
    let held = 0;
    const looking = setInterval(() => (held = Math.max(held, mostHeld(bench))), 100);
    const stalled = await measure(bench, { count, listeners: SCREENS - 1 });
    clearInterval(looking);
    await tellClients(bench, { stall: false });
    const frameBytes = await stop();
    return rowsOf({ idle, busy, stalled }, held / frameBytes);
  } finally {
    await bench.close();
  }
}

function rowsOf(
  { idle, busy, stalled }: Record<'idle' | 'busy' | 'stalled', number[]>,
  framesHeld: number,
): BenchRow[] {
  const told = (values: number[]) => `${median(values).toFixed(1)} / ${p99(values).toFixed(1)}`;
  const load = p99(busy) / p99(idle);
  const stall = p99(stalled) / p99(busy);
  return [
    {
      name: `4a an entry to the last of ${SCREENS} screens, 20000 teams at ${FRAMES_HZ} Hz: p99 against idle`,
      goal: '≤ 1.5',
      measured: `${load.toFixed(2)} (p50 / p99 ${told(busy)} against ${told(idle)} ms)`,
      holds: load <= 1.5,
    },
    {
      name: '4b the same with one screen that reads nothing: p99 against 4a',
      goal: '≤ 1.10',
      measured: `${stall.toFixed(2)} (${told(stalled)} ms)`,
      holds: stall <= 1.1,
    },
    {
      name: '4c frames that wait here for the stalled screen',
      goal: '≤ 2',
      measured: framesHeld.toFixed(2),
      holds: framesHeld <= 2,
    },
  ];
}

/** Milliseconds from the emit until the last listener has it, `count` times. */
async function measure(
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
