import type { Force } from '@app/shared';
import { type Asks, dayOf, type DueDay, partOf } from './track.query.js';

const DAY_MS = 86_400_000;

/** For how many days tracks of a force's teams are kept whole, and for how many at all. */
export interface Retention {
  readonly force: Force;
  readonly fullDays: number;
  readonly keptDays: number;
}

/**
 * What is kept no longer: of teams that a force is in what came before one instant, of any team, also one without a
 * force, what came before the other. Ms since 1970.
 */
export interface Outlived {
  readonly force: Force;
  readonly before: number;
  readonly anyBefore: number;
}

/** SQL: whether a force, the first parameter, is in a team by this name. */
export const hasForce = (team: string): string =>
  `((${team}.forces->>$1)::int > 0 or $1 = any(${team}.withheld))`;

/**
 * Thins and erases what a force keeps for a shorter time than others: of every team that it is in, so that the strictest
 * of a joint team's forces decides. Answers how many fixes were removed. Safe to repeat and to be cut short.
 */
export async function tidyForce(
  to: Asks,
  { force, fullDays, keptDays }: Retention,
  now: number,
): Promise<number> {
  let removed = 0;
  for (const { day, imports } of await daysDue(to, 'thinned_for', force, dayOf(now - fullDays * DAY_MS)))
    removed += await takeFrom(to, THIN, { day, imports, force, mark: 'thinned_for' });
  for (const { day, imports } of await daysDue(to, 'erased_for', force, dayOf(now - keptDays * DAY_MS)))
    removed += await takeFrom(to, ERASE, { day, imports, force, mark: 'erased_for' });
  return removed;
}

type Mark = 'thinned_for' | 'erased_for';

async function daysDue(to: Asks, mark: Mark, force: Force, before: string): Promise<DueDay[]> {
  const whole = mark === 'thinned_for' ? 'and thinned_at is null' : '';
  const rows = await to.query(
    `select day::text, imports::text from track_day where day < $1 ${whole} and not ($2 = any(${mark})) order by day`,
    [before, force],
  );
  return rows as DueDay[];
}

async function takeFrom(
  to: Asks,
  sql: (part: string) => string,
  { day, imports, force, mark }: DueDay & { force: Force; mark: Mark },
): Promise<number> {
  const [row] = (await to.query(sql(partOf(day)), [force])) as { removed: number }[];
  await to.query(`update track_day set ${mark} = ${mark} || $2::text where day = $1 and imports = $3`, [
    day,
    force,
    imports,
  ]);
  return row?.removed ?? 0;
}

const TEAMS = `select id from team where ${hasForce('team')}`;

const THIN = (part: string) => `
  with gone as (
    delete from ${part} t using (
      select device, observed_at,
             row_number() over (partition by device, date_trunc('minute', observed_at) order by observed_at) as place
        from ${part} where team in (${TEAMS})) d
     where d.place > 1 and d.device = t.device and d.observed_at = t.observed_at returning 1)
  select count(*)::int as removed from gone`;

const ERASE = (part: string) => `
  with gone as (delete from ${part} where team in (${TEAMS}) returning 1)
  select count(*)::int as removed from gone`;
