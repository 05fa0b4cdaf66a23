import { loadDemo } from './demo/load-demo.js';
import { Clock } from './platform/clock.js';
import type { Config } from './platform/config.js';
import { Database } from './platform/database.js';
import { Log } from './platform/log.js';

export interface Prepared {
  readonly name: string;
  readonly ms: number;
}

/**
 * Brings the schema up to date and, in the demo, fills an empty database with the demo city; `past` adds its year of
 * incidents and its last day. Safe to run from several processes at once.
 */
export async function prepareDatabase(config: Config, { past }: { past: boolean }): Promise<Prepared[]> {
  const database = new Database(config, [], new Log(config));
  const steps: Prepared[] = [];
  const timed = async (name: string, work: () => Promise<boolean | void>) => {
    const since = performance.now();
    if ((await work()) !== false) steps.push({ name, ms: performance.now() - since });
  };
  try {
    await timed('migrate', () => database.open());
    const { timeZone, numberPrefix } = config;
    if (config.demo)
      await timed('load demo city', () => loadDemo(database, new Clock(), { past, timeZone, numberPrefix }));
  } finally {
    await database.onApplicationShutdown();
  }
  return steps;
}
