// One process per part, so that no part pays for another's heap. Told: which part, on which database, how long.
import 'reflect-metadata';
import { benchAlerts } from './alerts.js';
import { benchBytes } from './bytes.js';
import { benchDesk } from './desk.js';
import { FanOut } from './fan-out.js';
import { benchFrames } from './fan-out-frames.js';
import { benchUpdates } from './fan-out-updates.js';
import { benchGeo } from './geo.js';
import { benchIngest } from './ingest.js';
import { benchJournal } from './journal.js';
import type { BenchRow } from './measure.js';
import { benchPatrols } from './patrols.js';
import { benchStorm } from './storm.js';
import { benchTracks } from './tracks.js';
import { benchWall } from './wall.js';

export interface BenchOrder {
  readonly part: string;
  readonly databaseUrl: string;
  readonly isQuick: boolean;
}

const PARTS: Record<string, (order: BenchOrder) => Promise<BenchRow[]> | BenchRow[]> = {
  bytes: () => benchBytes(),
  'fan-out': ({ databaseUrl, isQuick }) => benchFanOut(databaseUrl, isQuick),
  ingest: ({ databaseUrl, isQuick }) => benchIngest(databaseUrl, isQuick),
  journal: ({ databaseUrl, isQuick }) => benchJournal(databaseUrl, isQuick),
  alerts: ({ databaseUrl, isQuick }) => benchAlerts(databaseUrl, isQuick),
  storm: ({ databaseUrl, isQuick }) => benchStorm(databaseUrl, isQuick),
  wall: ({ databaseUrl, isQuick }) => benchWall(databaseUrl, isQuick),
  tracks: ({ databaseUrl, isQuick }) => benchTracks(databaseUrl, isQuick),
  desk: ({ databaseUrl, isQuick }) => benchDesk(databaseUrl, isQuick),
  patrols: ({ databaseUrl, isQuick }) => benchPatrols(databaseUrl, isQuick),
  geo: ({ isQuick }) => benchGeo(isQuick),
};

/** Rows 1 and 2, with the same screens. */
async function benchFanOut(databaseUrl: string, isQuick: boolean): Promise<BenchRow[]> {
  const bench = await FanOut.open(databaseUrl);
  try {
    return [...(await benchFrames(bench, isQuick)), ...(await benchUpdates(bench, isQuick))];
  } finally {
    await bench.close();
  }
}

async function measure(order: BenchOrder): Promise<BenchRow[]> {
  const part = PARTS[order.part];
  if (!part) throw new Error(`no part ${order.part}; there are ${Object.keys(PARTS).join(', ')}`);
  return part(order);
}

process.once('message', (order: BenchOrder) => {
  measure(order).then(
    (rows) => process.send?.({ rows }, () => process.exit(0)),
    (error: unknown) => {
      process.send?.({ failed: error instanceof Error ? error.stack : String(error) }, () => process.exit(1));
    },
  );
});
