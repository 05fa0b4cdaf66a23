// A process in which parts are measured, one after the other. Told: which part, on which database, how long.
import 'reflect-metadata';
import type { FanOut } from './fan-out.js';
import type { BenchRow } from './measure.js';

export interface BenchOrder {
  readonly part: string;
  readonly databaseUrl: string;
  readonly isQuick: boolean;
  /** What is measured runs slower for it. */
  readonly isProfiled: boolean;
}

/** Each loads what it measures alone: a part without a server does not wait for one to be read. */
const PARTS: Record<string, (order: BenchOrder) => Promise<BenchRow[]>> = {
  bytes: async () => (await import('./bytes.js')).benchBytes(),
  'fan-out': ({ databaseUrl, isQuick }) => benchFanOut(databaseUrl, isQuick),
  ingest: async ({ databaseUrl, isQuick }) => (await import('./ingest.js')).benchIngest(databaseUrl, isQuick),
  journal: async ({ databaseUrl, isQuick }) =>
    (await import('./journal.js')).benchJournal(databaseUrl, isQuick),
  alerts: ({ databaseUrl, isQuick }) => benchEntries(databaseUrl, isQuick),
  storm: async ({ databaseUrl, isQuick }) => (await import('./storm.js')).benchStorm(databaseUrl, isQuick),
  wall: async (order) => (await import('./wall.js')).benchWall(order),
  tracks: async ({ databaseUrl, isQuick }) => (await import('./tracks.js')).benchTracks(databaseUrl, isQuick),
  desk: async ({ databaseUrl, isQuick }) => (await import('./desk.js')).benchDesk(databaseUrl, isQuick),
  patrols: async ({ databaseUrl, isQuick }) =>
    (await import('./patrols.js')).benchPatrols(databaseUrl, isQuick),
  geo: async ({ isQuick }) => (await import('./geo.js')).benchGeo(isQuick),
};

/** The screens of rows 1, 2 and 4: where these are measured in one process, they are opened once. */
let screens: FanOut | undefined;

/** Rows 1 and 2. */
async function benchFanOut(databaseUrl: string, isQuick: boolean): Promise<BenchRow[]> {
  const { FanOut } = await import('./fan-out.js');
  const { benchFrames } = await import('./fan-out-frames.js');
  const { benchUpdates } = await import('./fan-out-updates.js');
  screens = await FanOut.open(databaseUrl);
  return [...(await benchFrames(screens, isQuick)), ...(await benchUpdates(screens, isQuick))];
}

/** Row 4. */
async function benchEntries(databaseUrl: string, isQuick: boolean): Promise<BenchRow[]> {
  const { FanOut } = await import('./fan-out.js');
  const { benchAlerts } = await import('./alerts.js');
  screens ??= await FanOut.open(databaseUrl);
  return benchAlerts(screens, isQuick);
}

async function measure(order: BenchOrder): Promise<BenchRow[]> {
  const part = PARTS[order.part];
  if (!part) throw new Error(`no part ${order.part}; there are ${Object.keys(PARTS).join(', ')}`);
  return part(order);
}

process.on('message', (order: BenchOrder) => {
  measure(order).then(
    (rows) => process.send?.({ rows }),
    (error: unknown) => process.send?.({ failed: error instanceof Error ? error.stack : String(error) }),
  );
});
process.on('disconnect', () => {
  const closed = screens?.close() ?? Promise.resolve();
  void closed.finally(() => process.exit(0));
});
