import { type LngLat, type PatrolShift, toInstant, type Visit, type VisitAction } from '@app/shared';
import type { Caller } from '../access/caller.js';
import { Database } from '../platform/database.js';
import { insertFixes } from '../positions/track.query.js';
import type { VisitDeeds } from './patrol-deeds.js';
import type { Patrol } from './patrol-cast.js';
import type { PatrolStory } from './patrol-story.js';
import { unlessDone } from './present-story.js';

interface Round {
  readonly shift: PatrolShift;
  /** Ms since 1970. */
  readonly from: number;
  readonly to: number;
}

/** What a shift owes is written, driven, stored as fixes, and then judged from these as every other shift is. */
export async function tellRounds(
  { scene, visits }: Pick<PatrolStory, 'scene'> & { visits: VisitDeeds },
  patrol: Patrol,
  { shift, from, to }: Round,
): Promise<void> {
  const stood = await lastOf(visits.database, patrol, { from, to });
  if (stood) {
    // Told already, before the story was cut short: the next shift drives on from there.
    scene.rounds.stand(patrol, stood);
    return visits.judge.run(shift.id, to);
  }
  await visits.judge.run(shift.id, to - 1);
  const rows = await visits.database.transaction((tx) => visits.rows.ofShift(tx, shift.id));
  const owed = rows.map(({ id, terms, windowFrom, windowTo }) => ({
    id,
    place: [terms.lng, terms.lat] as const,
    dwellS: terms.dwellS,
    from: windowFrom,
    to: windowTo,
  }));
  await insertFixes(visits.database, scene.rounds.drive(patrol, owed, { from, to }));
  await visits.judge.run(shift.id, to);
  await forgetWindows(visits.database, shift.id, to);
}

async function lastOf(
  database: Database,
  { device }: Patrol,
  { from, to }: Pick<Round, 'from' | 'to'>,
): Promise<LngLat | undefined> {
  const [last] = await database.query<{ lng: number; lat: number }>(
    `select lng, lat from track where device = $1 and observed_at >= $2 and observed_at < $3
      order by observed_at desc limit 1`,
    [device, new Date(from), new Date(to)],
  );
  return last && [last.lng, last.lat];
}

/** What these windows would ask for at their end has been told. */
async function forgetWindows(database: Database, shift: string, to: number): Promise<void> {
  await database.query(
    `delete from due_time d using visit v
      where d.subject = v.id and v.shift = $1 and d.fired_at is null and d.due_at <= $2`,
    [shift, new Date(to)],
  );
}

/** Of what was missed, one visit is contested and waits; of two more a commander has decided. */
export function tellContests({ story, cast }: Pick<PatrolStory, 'story' | 'cast'>, visits: VisitDeeds): void {
  const { county } = cast;
  const commander = cast.before.get(cast.city.centre.id);
  if (!commander) throw new Error('the demo city has no commander');
  const step = async (visit: Visit, action: VisitAction, { note, by }: { note: string; by: Caller }) => {
    let contested = visit;
    await unlessDone(async () => {
      contested = await visits.contest.run(visit.id, action, { version: visit.version, note }, by);
    });
    return contested;
  };
  story.add(6, async () => {
    const span = { from: toInstant(story.now - 30 * 3_600_000), to: toInstant(story.now) };
    const { items } = await visits.reader.board(county.by, span);
    // What was cut short goes on with those that it has contested.
    const open = items.filter(({ contest }) => contest !== null);
    const [first, second, third] = [...open, ...items.filter(({ actions }) => actions.includes('contest'))];
    if (first) await step(first, 'contest', { note: '地下通道内无卫星信号，当班人员在场。', by: county.by });
    if (second) {
      const held = await step(second, 'contest', { note: '处警途中，请求免计。', by: county.by });
      await step(held, 'uphold', { note: '核对处警记录属实，认可。', by: commander });
    }
    if (third) {
      const held = await step(third, 'contest', { note: '已到位，设备可能故障。', by: county.by });
      await step(held, 'dismiss', { note: '轨迹完整，未进入必巡点范围。', by: commander });
    }
  });
}
