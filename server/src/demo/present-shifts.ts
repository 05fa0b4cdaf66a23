import { type PatrolShift, toMs } from '@app/shared';
import type { PatrolDeeds, VisitDeeds } from './patrol-deeds.js';
import type { Patrol } from './patrol-cast.js';
import { agoOf, type PatrolStory, yesterdayOf } from './patrol-story.js';
import { tellRounds } from './present-rounds.js';
import { crewsFrom, type Pattern, PATTERNS, turnsOf } from './turns.js';

const MINUTE = 60_000;
/** Yesterday, today and tomorrow. */
const DAYS = 3;
/** How long before its end a crew hands over. */
const HANDED = 12;
/** Teams of one turn whose steps are under way at once. */
const AT_ONCE = 4;
const NOTES = [
  '车况正常，油量过半；本班必巡点情况见台账，夜间重点看护市场周边。',
  '3号路口信号灯闪黄，已报修；对讲机电池已更换，急救包缺冰袋一个。',
  '广场大屏施工围挡未撤，人流绕行，注意疏导。',
];

type Planned = Map<string, PatrolShift>;

/**
 * Shifts of three days by their patterns: those of the past begun, driven by what they owe, handed over and ended;
 * those of now under way.
 */
export function tellPatrolShifts(told: PatrolStory, deeds: PatrolDeeds, visits: VisitDeeds): Planned {
  const planned: Planned = new Map();
  for (const pattern of PATTERNS) {
    const patrols = told.scene.patrols.filter((patrol) => patrol.pattern === pattern);
    tellPlan(told, deeds, { pattern, patrols, planned });
    tellTurns(told, deeds, visits, { pattern, patrols, planned });
  }
  return planned;
}

interface Group {
  readonly pattern: Pattern;
  readonly patrols: readonly Patrol[];
  /** What each shift was told to be last, by its team and its start. */
  readonly planned: Planned;
}

const keyOf = (team: string, startsAt: number): string => `${team} ${startsAt}`;

function tellPlan(
  { story, cast, scene }: PatrolStory,
  deeds: PatrolDeeds,
  { pattern, patrols, planned }: Group,
) {
  const from = yesterdayOf({ story, scene });
  const [early] = turnsOf(pattern, from, DAYS, scene.timeZone);
  if (!early) return;
  story.add(agoOf(story, early.startsAt - 90 * MINUTE), async (key) => {
    const teams = patrols.map(({ id }) => id);
    const terms = { pattern, from, days: DAYS, crews: crewsFrom(pattern, from), turnDays: 1, preview: false };
    const { items } = await deeds.plan.run({ teams, ...terms }, cast.city.by, key);
    for (const shift of items) planned.set(keyOf(shift.team, toMs(shift.startsAt)), shift);
  });
}

function tellTurns(
  { story, cast, scene }: PatrolStory,
  deeds: PatrolDeeds,
  visits: VisitDeeds,
  group: Group,
): void {
  const { pattern, patrols, planned } = group;
  const turns = turnsOf(pattern, yesterdayOf({ story, scene }), DAYS, scene.timeZone);
  const each = (at: number, work: (patrol: Patrol, key: string) => Promise<void>) => {
    if (at > story.now) return;
    story.add(agoOf(story, at), async (key) => {
      const waiting = [...patrols];
      const take = async () => {
        for (let patrol = waiting.shift(); patrol; patrol = waiting.shift())
          await work(patrol, `${key}-${patrol.callSign}`);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, take));
    });
  };
  for (const [turn, { startsAt, endsAt }] of turns.entries()) {
    const shiftOf = ({ id }: Patrol): PatrolShift => {
      const shift = planned.get(keyOf(id, startsAt));
      if (!shift) throw new Error('the story tells of a shift before it was planned');
      return shift;
    };
    const step = async (patrol: Patrol, action: 'start' | 'hand' | 'end', key: string, note?: string) => {
      const { id, version } = shiftOf(patrol);
      const asked = { id, action, step: { version, ...(note === undefined ? {} : { note }) } };
      planned.set(keyOf(patrol.id, startsAt), await deeds.advance.run(asked, cast.city.by, key));
    };
    each(startsAt, (patrol, key) => step(patrol, 'start', key));
    each(endsAt - HANDED * MINUTE, async (patrol, key) => {
      const place = patrols.indexOf(patrol);
      if (place % patrols.length === turn) await step(patrol, 'hand', key, NOTES[turn % NOTES.length]);
    });
    const to = Math.min(turns[turn + 1]?.startsAt ?? endsAt, story.now);
    if (startsAt < to)
      each(to, async (patrol) => {
        await tellRounds({ scene, visits }, patrol, { shift: shiftOf(patrol), from: startsAt, to });
      });
    each(endsAt, (patrol, key) => step(patrol, 'end', key));
  }
}
