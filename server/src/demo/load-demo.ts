import { randomBytes } from 'node:crypto';
import { uuidv7 } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { CentreTree } from '../access/centre-tree.js';
import { LEVELS_KEY } from '../access/levels.js';
import type { Draft } from '../journal/journal.js';
import type { Clock } from '../platform/clock.js';
import type { Database } from '../platform/database.js';
import { buildDemoCity } from './city/build-demo-city.js';
import { demoIds } from './demo-ids.js';
import { writeDepartments } from './demo-departments.js';
import { writeBasemap, writeDrive, writePlaces, writeTeams } from './load-city.js';
import { writeGround } from './load-ground.js';
import { loadPast } from './load-past.js';
import { groundOf } from './past-tracks.js';

const DEMO_SEED = 20_260_901;
/** Ids of the city itself are minted from this instant, so that they are the same on every machine. */
const FOUNDED_AT = Date.parse('2026-01-01T00:00:00+08:00');
const DAY_MS = 86_400_000;
/** What the city calls its four levels; it has no counties. */
const LEVELS = [
  { level: 'city', names: { hans: '市', hant: '市', en: 'City' } },
  { level: 'county', names: { hans: '街道·郊区', hant: '街道·郊區', en: 'Subdistrict or suburb' } },
  { level: 'town', names: { hans: '社区·镇', hant: '社區·鎮', en: 'Community or town' } },
  { level: 'community', names: { hans: '小区·村', hant: '小區·村', en: 'Compound or village' } },
];
/** Kept while the city's last hours are still to be played; its `at` is their end, ms since 1970. */
export const PRESENT_KEY = 'demo.present';
const LOAD_LOCK = 7_201_122;

export interface DemoOf {
  /** Whether the city gets its year of incidents and its last day. */
  readonly past: boolean;
  readonly timeZone: string;
  readonly numberPrefix: string;
}

/**
 * Fills an empty database with the demo city, and with its year of incidents and last day when `past` says so.
 * False when the database already holds a city.
 */
export async function loadDemo(database: Database, clock: Clock, config: DemoOf): Promise<boolean> {
  return database.source.transaction(async (tx) => {
    await tx.query('set local idle_in_transaction_session_timeout = 0');
    // Another process may be loading it just now, which takes longer than any lock should.
    await tx.query('set local lock_timeout = 0');
    await tx.query('select pg_advisory_xact_lock($1)', [LOAD_LOCK]);
    const found: unknown[] = await tx.query('select 1 from centre limit 1');
    if (found.length > 0) return false;
    const city = buildDemoCity(DEMO_SEED);
    const mint = demoIds(DEMO_SEED, FOUNDED_AT);
    const ids = await writePlaces(tx, city, mint);
    await writeBasemap(tx, city, ids);
    await writeSetting(tx, LEVELS_KEY, LEVELS);
    const root = city.centres[0] ? (ids.get(city.centres[0].key) ?? '') : '';
    const simulator = await writeSimulator(tx, root, mint());
    const tree = new CentreTree(database);
    await tree.loadFrom(tx);
    const now = clock.now();
    if (config.past) await writeSetting(tx, PRESENT_KEY, { at: now });
    const at = now - 2 * DAY_MS;
    const { teams, drafts } = await writeTeams(tx, city, ids, { tree, mint, at });
    const drive = await writeDrive(tx, root, DEMO_SEED, { tree, at });
    const roads = groundOf(city);
    const patrols = await writeGround(tx, city, roads, { ids, teams, mint });
    const mintAt = minter();
    const past = { city, roads, patrols, ids, root, teams, tree, simulator, mint: mintAt, now, ...config };
    const facts = config.past ? await loadPast(tx, past) : [];
    await appendInOrder(tx, [drive, ...drafts, ...facts], { tree, mint });
    await writeDepartments(tx, city.centres, ids, { mint, at });
    return true;
  });
}

async function writeSetting(tx: EntityManager, key: string, value: unknown): Promise<void> {
  await tx.query('insert into setting (key, value) values ($1, $2)', [key, JSON.stringify(value)]);
}

/** Mints hundreds of thousands of ids: random bytes are drawn by the page. */
function minter(): (ms: number) => string {
  let page = randomBytes(0);
  let at = 0;
  return (ms) => {
    if (at + 10 > page.length) [page, at] = [randomBytes(40_960), 0];
    at += 10;
    return uuidv7(ms, page.subarray(at - 10, at));
  };
}

/** The account under which the simulator works; it can sign in once the server has given it a password. */
async function writeSimulator(tx: EntityManager, root: string, id: string): Promise<string> {
  await tx.query(
    `insert into account (id, name, role, centre, is_simulator, demo, created_at)
     values ($1, 'simulator', 'duty', $2, true, true, now())`,
    [id, root],
  );
  return id;
}

/** Facts of the past through the same numbering as every other: in order, each with its own instant. */
async function appendInOrder(
  tx: EntityManager,
  drafts: readonly Draft[],
  { tree, mint }: { tree: CentreTree; mint: () => string },
): Promise<void> {
  const entries = drafts.map((draft) => ({ ...draft, draft: mint(), at: new Date(draft.at).toISOString() }));
  for (let from = 0; from < entries.length; from += 200)
    await tx.query("select journal_append($1::jsonb, $2, 'demo')", [
      JSON.stringify(entries.slice(from, from + 200)),
      tree.version,
    ]);
}
