import { setTimeout as pause } from 'node:timers/promises';
import type { Centre } from '@app/shared';
import { Person } from '../support/app.js';
import type { Disk } from './full-disk.js';
import type { HouseFault, Planned } from './schedule.js';
import type { Stage } from './stage.js';
import { stopBeforeCommit, stopInCommit } from './stop-in-commit.js';
import type { Cast, Writers } from './writers.js';

/** What faults act on. */
export interface House {
  readonly stage: Stage;
  readonly writers: Writers;
  readonly cast: Cast;
  readonly disk: Disk;
}

const REDIS_MS = 3_000;
/** PostgreSQL ends the session of a leader that says nothing for 4 s; then another takes the lead. */
const LOCK_MS = 5_000;
const TAKEOVER_MS = 10_000;
const DRAIN_MS = 10_000;
const FULL_MS = 15_000;

/** Does it, and undoes it. Answers whom it befell, and what it had to show and did not. */
export async function breakHouse(
  house: House,
  { kind, holdMs, draw }: Planned<HouseFault>,
): Promise<{ target: string; broken?: string | undefined }> {
  const { stage } = house;
  const place = stage.servers[Math.floor(draw * stage.servers.length)];
  if (!place) throw new Error('a stage without servers');
  const target = `server ${place.name}`;
  switch (kind) {
    case 'server killed':
      await place.end('SIGKILL');
      await pause(holdMs);
      await place.start();
      return { target };
    case 'postgres killed':
      await stage.cluster.kill();
      await pause(holdMs);
      await stage.cluster.start();
      return { target: 'postgres' };
    case 'redis stopped':
      await stage.stopRedis();
      await pause(REDIS_MS + holdMs);
      await stage.startRedis();
      return { target: 'redis' };
    case 'server stopped beyond its lock':
      return { target, broken: await stopBeyondLock(stage, place) };
    case 'server stopped between append and commit':
      return { target, broken: await stopBeforeCommit(house, place) };
    case 'server stopped in its commit':
      return { target, broken: await stopInCommit({ ...house, holdMs: 1_000 + holdMs }, place) };
    case 'servers restarted in turn':
      return { target: 'all servers', broken: await restartInTurn(stage) };
    case 'tree changed':
      return moveCentre(house, draw);
    case 'disk full for tracks':
      return { target: 'tracks', broken: await fillDisk(house) };
  }
}

/** While a server is stopped somebody who still pings has the lead. */
async function stopBeyondLock(stage: Stage, place: Stage['servers'][number]): Promise<string | undefined> {
  place.freeze();
  try {
    await pause(LOCK_MS);
    for (
      const since = performance.now();
      performance.now() - since < TAKEOVER_MS - LOCK_MS;
      await pause(100)
    ) {
      const leaders = await stage.rows<{ quiet: number }>(
        `select extract(epoch from clock_timestamp() - state_change)::float8 as quiet
           from pg_locks join pg_stat_activity using (pid)
          where locktype = 'advisory' and objid = 7201123 and granted`,
      );
      if (leaders.length === 1 && (leaders[0]?.quiet ?? Infinity) < 2) return undefined;
    }
    return 'nobody took the lead';
  } finally {
    place.thaw();
  }
}

async function restartInTurn(stage: Stage): Promise<string | undefined> {
  let broken: string | undefined;
  for (const place of stage.servers) {
    const { code, ms } = await place.end('SIGTERM');
    if (code !== 0 || ms > DRAIN_MS)
      broken ??= `server ${place.name} ended with code ${code} after ${Math.round(ms)} ms`;
    await place.start();
  }
  return broken;
}

/** Moves a centre of the lowest level below another one of the level above: audiences change in both branches. */
async function moveCentre(
  { stage, cast }: House,
  draw: number,
): Promise<{ target: string; broken?: string }> {
  for (let tries = 0; tries < 20; tries++) {
    const by = new Person(stage.someServer().url, cast.admin.headers);
    try {
      const { items } = (await by.get<{ items: Centre[] }>('/api/centres')).body;
      const leaves = items.filter(({ level }) => level === 'community');
      const leaf = leaves[Math.floor(draw * leaves.length)];
      const parents = items.filter(({ id, level }) => level === 'town' && id !== leaf?.parent);
      const parent = parents[Math.floor(draw * 7_919) % parents.length];
      if (!leaf || !parent) return { target: 'tree', broken: 'nothing to move' };
      const change = { version: leaf.version, parent: parent.id };
      const { status } = await by.ask('PATCH', `/api/centres/${leaf.id}`, change);
      if (status === 200) return { target: `centre ${leaf.id}` };
    } catch {
      // Nobody there: asked again.
    }
    await pause(200);
  }
  return { target: 'tree', broken: 'the tree could not be changed' };
}

/** Fills the disk of the tracks until fixes wait; reports must go on meanwhile. */
async function fillDisk({ stage, writers, disk }: House): Promise<string | undefined> {
  const reported = () =>
    writers.writes.filter(({ door, fate }) => door === 'report' && fate === 'acknowledged').length;
  await disk.fill();
  try {
    if (!(await until(() => isWaiting(stage)))) return 'no fix ever waited for the disk';
    const before = reported();
    const isReported = await until(() => reported() > before);
    return isReported ? undefined : 'nobody could report while the disk was full';
  } finally {
    await disk.free();
  }
}

async function until(isMet: () => boolean | Promise<boolean>): Promise<boolean> {
  for (const since = performance.now(); performance.now() - since < FULL_MS; await pause(100))
    if (await isMet()) return true;
  return false;
}

async function isWaiting(stage: Stage): Promise<boolean> {
  const texts = await Promise.all(
    stage.servers.map(({ url }) =>
      fetch(`${url}/metrics`).then(
        (answer) => answer.text(),
        () => '',
      ),
    ),
  );
  return texts.some((text) => /^xiongguan_track_queue_fixes [1-9]/m.test(text));
}
