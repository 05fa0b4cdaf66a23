import {
  type DutyLevel,
  toInstant,
  toMs,
  type ForceRequest,
  type PatrolShift,
  type Trade,
} from '@app/shared';
import { wallInstant } from '../patrols/shift-plan.rules.js';
import type { ForceDeeds, PatrolDeeds } from './patrol-deeds.js';
import { agoOf, type PatrolStory, yesterdayOf } from './patrol-story.js';
import { unlessDone } from './present-story.js';

const HOUR = 3_600_000;

/** A level that was raised for yesterday evening and lifted before its time; daily duty holds now. */
export function tellLevel({ story, cast, scene }: PatrolStory, { level }: PatrolDeeds): void {
  const commander = cast.before.get(cast.city.centre.id);
  if (!commander) throw new Error('the demo city has no commander');
  const yesterday = yesterdayOf({ story, scene });
  const at = (hour: number) => wallInstant(yesterday, 0, hour * 60, scene.timeZone);
  const centre = cast.city.centre.id;
  let raised: DutyLevel | undefined;
  story.add(agoOf(story, at(18)), async (key) => {
    const draft = {
      centre,
      level: 2,
      to: toInstant(at(24)),
      reason: '雄关广场夜间文艺演出，加强巡防。',
    } as const;
    raised = await level.set(draft, commander, key);
  });
  story.add(agoOf(story, at(22)), () =>
    unlessDone(async () => {
      if (!raised) return;
      const { id, version } = raised;
      await level.lift(id, { version, reason: '活动结束，人员已疏散。' }, commander);
    }),
  );
}

/** Of tomorrow's shifts two crews would change places: agreed, and not yet approved. */
export function tellTrade(
  { story, cast }: PatrolStory,
  { trade }: PatrolDeeds,
  planned: ReadonlyMap<string, PatrolShift>,
): void {
  let asked: Trade | undefined;
  story.add(150, async (key) => {
    const coming = [...planned.values()]
      .filter(
        ({ centre, startsAt }) => centre === cast.county.centre.id && toMs(startsAt) > story.now + 6 * HOUR,
      )
      .sort((a, b) => toMs(a.startsAt) - toMs(b.startsAt));
    const [give] = coming;
    const take = coming.find(({ team, slot }) => team !== give?.team && slot === give?.slot);
    if (!give || !take) throw new Error('the demo city has no two shifts to trade');
    const draft = { give: give.id, take: take.id, reason: '两车互换线路，便于熟悉辖区。' };
    asked = await trade.ask(draft, cast.county.by, key);
  });
  story.add(140, () =>
    unlessDone(async () => {
      if (asked) await trade.step(asked.id, 'agree', { version: asked.version }, cast.city.by);
    }),
  );
}

/** Two requests to the armed police: one answered, whose people are out; one that waits for its answer. */
export function tellRequests({ story, cast }: PatrolStory, { ask, advance }: ForceDeeds): void {
  const { city, liaison } = cast;
  let cordon: ForceRequest | undefined;
  const place = city.centre.anchor;
  const where = place ? { place: { lng: place[0], lat: place[1] } } : {};
  story.add(200, async (key) => {
    const text = '雄关广场周末集市，请求支援外围警戒。';
    const terms = { force: 'armed-police', task: 'cordon', asked: 16, to: story.at(-240) } as const;
    cordon = await ask.run({ ...terms, ...where, text }, city.by, key);
  });
  const step = (ago: number, action: 'answer' | 'start', given: object) =>
    story.add(ago, () =>
      unlessDone(async () => {
        if (cordon)
          cordon = await advance.run(
            { id: cordon.id, action, step: { version: cordon.version, ...given } },
            liaison.by,
          );
      }),
    );
  step(185, 'answer', {
    answer: 'partly',
    released: { teams: [], headcount: 12, positions: 'coarse' },
    text: '可出动12人，位置按公里格网提供。',
  });
  step(170, 'start', {});
  story.add(16, async (key) => {
    const text = '明日早高峰火车站进站口秩序维护，请答复可出动人数。';
    const terms = { force: 'armed-police', task: 'crowd', asked: 8, to: story.at(-26 * 60) } as const;
    await ask.run({ ...terms, from: story.at(-22 * 60), text }, city.by, key);
  });
}
