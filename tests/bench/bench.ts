// One process per part, so that no part pays for another's heap. Told: which part, on which database, how long.
import 'reflect-metadata';
import { benchAlerts } from './alerts.js';
import { benchFanOut } from './fan-out.js';
import { benchGeo } from './geo.js';
import { benchIngest } from './ingest.js';
import { benchJournal } from './journal.js';
import type { BenchRow } from './measure.js';
import { benchStorm } from './storm.js';
import { benchWall } from './wall.js';

export interface BenchOrder {
  readonly part: string;
  readonly databaseUrl: string;
  readonly isQuick: boolean;
}

const PARTS: Record<string, (order: BenchOrder) => Promise<BenchRow[]>> = {
  'fan-out': ({ databaseUrl, isQuick }) => benchFanOut(databaseUrl, isQuick),
  ingest: ({ databaseUrl, isQuick }) => benchIngest(databaseUrl, isQuick),
  journal: ({ databaseUrl, isQuick }) => benchJournal(databaseUrl, isQuick),
  alerts: ({ databaseUrl, isQuick }) => benchAlerts(databaseUrl, isQuick),
  storm: ({ databaseUrl, isQuick }) => benchStorm(databaseUrl, isQuick),
  wall: ({ databaseUrl, isQuick }) => benchWall(databaseUrl, isQuick),
  geo: ({ isQuick }) => benchGeo(isQuick),
};

process.once('message', (order: BenchOrder) => {
  const part = PARTS[order.part];
  if (!part) throw new Error(`no part ${order.part}; there are ${Object.keys(PARTS).join(', ')}`);
  part(order).then(
    (rows) => process.send?.({ rows }, () => process.exit(0)),
    (error: unknown) => {
      process.send?.({ failed: error instanceof Error ? error.stack : String(error) }, () => process.exit(1));
    },
  );
});
