import { setTimeout as pause } from 'node:timers/promises';
import type { Incident } from '@app/shared';
import type pg from 'pg';
import { Person } from '../support/app.js';
import type { Stage } from './stage.js';
import type { Cast, Writers } from './writers.js';

/** Why a server could not be stopped where it was to be: such a fault did not strike, and counts as none. */
export const MISSED: readonly string[] = [
  'no incident was open',
  'its append never came to the lock',
  'nothing of it came to its commit',
];

type Place = Stage['servers'][number];

/** After so long PostgreSQL ends a transaction whose client says nothing, and some more to look. */
const ENDED_MS = 5_000;
const LOOK_MS = 3_000;
const WAIT_MS = 20_000;

/**
 * Stops a server between `journal.append` and its commit: a row lock of ours holds the append up, the server is
 * stopped, the lock goes, the append ends, and nobody commits. Others must go on, and PostgreSQL must end it.
 */
export async function stopBeforeCommit(
  { stage, writers, cast }: { stage: Stage; writers: Writers; cast: Cast },
  place: Place,
): Promise<string | undefined> {
  const incident = await until(() => writers.takeOpen('accept'));
  if (!incident) return 'no incident was open';
  const lock = await stage.connect();
  try {
    await lock.query('begin');
    await lock.query("select 1 from picture where kind = 'incident' and id = $1 for update", [incident.id]);
    const answer = acceptAt(place, { writers, cast, incident });
    const pid = await until(() => blocked(lock, place.name));
    if (pid === undefined) return 'its append never came to the lock';
    place.freeze();
    await lock.query('rollback');
    const isHanging = await until(async () =>
      (await stateOf(lock, pid)) === 'idle in transaction' ? true : undefined,
    );
    if (!isHanging) return 'its append did not end';
    const [since, before] = [performance.now(), await headOf(lock)];
    let head = before;
    const isEnded = await until(async () => {
      if ((await stateOf(lock, pid)) === undefined) return true;
      head = await headOf(lock);
      return undefined;
    });
    const ms = performance.now() - since;
    place.thaw();
    await answer;
    if (!isEnded || ms > ENDED_MS + LOOK_MS) return `its transaction stood for ${Math.round(ms)} ms`;
    return head > before ? undefined : 'nobody else could commit until it was ended';
  } finally {
    place.thaw();
    await lock.end();
  }
}

/** Stops a server that has sent its commit, which a lock on the counter holds up; then lets it through. */
export async function stopInCommit(
  { stage, writers, cast, holdMs }: { stage: Stage; writers: Writers; cast: Cast; holdMs: number },
  place: Place,
): Promise<string | undefined> {
  // One of our own: the others may all be waiting at another server just then.
  const incident = await until(() => writers.takeOpen('accept'));
  if (!incident) return 'no incident was open';
  const lock = await stage.connect();
  try {
    await lock.query('begin');
    await lock.query('select 1 from counter for update');
    const answer = acceptAt(place, { writers, cast, incident });
    const pid = await until(() => committing(lock, place.name));
    if (pid === undefined) return 'nothing of it came to its commit';
    place.freeze();
    await lock.query('rollback');
    await pause(holdMs);
    place.thaw();
    await answer;
    return undefined;
  } finally {
    place.thaw();
    await lock.end();
  }
}

/** One step at this server; sent again wherever somebody is up while nobody answers. */
function acceptAt(
  place: Place,
  { writers, cast, incident }: { writers: Writers; cast: Cast; incident: Incident },
): Promise<unknown> {
  const { id, version } = incident;
  const key = `held-${id}`;
  let isFirst = true;
  return writers.write<Incident>({ door: 'step', key, kind: 'incident', id, version: version + 1 }, (by) => {
    const person = isFirst ? new Person(place.url, cast.duty.headers) : by;
    isFirst = false;
    const body = { version, externalId: key };
    return person.post(`/api/incidents/${id}/accept`, body, { 'idempotency-key': key });
  });
}

/** The number of the last entry. */
async function headOf(lock: pg.Client): Promise<number> {
  const { rows } = await lock.query<{ seq: number }>('select seq::float8 as seq from counter');
  return rows[0]?.seq ?? 0;
}

/** The backend of a server that waits for what this connection holds, first of all that do. */
const blocked = (lock: pg.Client, name: string) =>
  backend(lock, name, 'pg_backend_pid() = any(pg_blocking_pids(pid))');

/** A backend of a server that waits within its commit. */
const committing = (lock: pg.Client, name: string) =>
  backend(lock, name, "wait_event_type = 'Lock' and query ilike 'COMMIT%'");

async function backend(lock: pg.Client, name: string, which: string): Promise<number | undefined> {
  const { rows } = await lock.query<{ pid: number }>(
    `select pid from pg_stat_activity where application_name = $1 and ${which}`,
    [`xiongguan ${name}`],
  );
  return rows[0]?.pid;
}

async function stateOf(lock: pg.Client, pid: number): Promise<string | undefined> {
  const { rows } = await lock.query<{ state: string }>('select state from pg_stat_activity where pid = $1', [
    pid,
  ]);
  return rows[0]?.state;
}

async function until<T>(look: () => T | undefined | Promise<T | undefined>): Promise<T | undefined> {
  for (const since = performance.now(); performance.now() - since < WAIT_MS;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await pause(20);
  }
  return undefined;
}
