import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type PatrolBoard, type PatrolShift, toMs } from '@app/shared';
import { dateOf } from '../../server/src/clocks/wall-clock.js';
import { PlanAheadSchedule } from '../../server/src/demo/plan-ahead.schedule.js';
import { Database } from '../../server/src/platform/database.js';
import { openApp, type Person, type RunningApp } from '../support/app.js';

const ZONE = 'Asia/Shanghai';
const DAY = 86_400_000;
/** A week from now: what was planned for today lies behind it, whatever hour this runs at. */
const LATER = Date.now() + 7 * DAY;

let app: RunningApp;
let commander: Person;
let crews: { id: string; level: string }[];

beforeAll(async () => {
  app = await openApp();
  commander = await app.signIn('commander');
  crews = await app.app.get(Database).query(
    `select t.id, c.level from team t join centre c on c.id = t.centre
        where exists (select from patrol_plan p where p.team = t.id and p.level = 3) order by t.id`,
  );
}, 120_000);
afterAll(() => app?.close());

const run = () => app.app.get(PlanAheadSchedule).run(LATER);
/** Of the four days that begin with the one a week from now. */
async function board(): Promise<readonly PatrolShift[]> {
  const from = Date.parse(`${dateOf(LATER, ZONE)}T08:00:00+08:00`);
  const span = { from: new Date(from - DAY).toISOString(), to: new Date(from + 6 * DAY).toISOString() };
  return (await commander.get<PatrolBoard>(`/api/shifts?${new URLSearchParams(span).toString()}`)).body.items;
}
const ofTeam = (items: readonly PatrolShift[], team: string) =>
  items.filter((shift) => shift.team === team).sort((a, b) => toMs(a.startsAt) - toMs(b.startsAt));

describe('a demo that is left running', () => {
  it('plans nobody who was never on shift', async () => {
    await run();
    expect(await board()).toEqual([]);
  });

  it('plans four days for whoever was, crews in turn from day to day, and none of them twice', async () => {
    const [three, two] = [
      crews.find(({ level }) => level === 'county'),
      crews.find(({ level }) => level === 'town'),
    ];
    if (!three || !two) throw new Error('a patrol of a county and one of a town wanted');
    const tomorrow = dateOf(Date.now() + DAY, ZONE);
    for (const [{ id }, pattern, names] of [
      [three, '3x8', ['A', 'B', 'C', 'D']],
      [two, '2x12', ['A', 'B', 'C']],
    ] as const) {
      const plan = { teams: [id], pattern, from: tomorrow, days: 1, crews: names };
      expect((await commander.post('/api/shifts', plan)).status).toBe(201);
    }
    await Promise.all([run(), run()].map((done) => done.catch(() => undefined)));
    await run();
    const first = await board();
    const eights = ofTeam(first, three.id);
    expect(eights.map(({ slot }) => slot).join(' ')).toBe('early late night '.repeat(4).trim());
    for (let i = 3; i < eights.length; i++)
      if (eights[i]?.slot !== 'early') expect(eights[i]?.crew).toBe(eights[i - 4]?.crew);
    expect(
      ofTeam(first, two.id)
        .map(({ slot }) => slot)
        .join(' '),
    ).toBe('day long-night '.repeat(4).trim());
    expect(new Set(first.map(({ team }) => team))).toEqual(new Set([three.id, two.id]));
    await run();
    expect(await board()).toEqual(first);
  });

  it('leaves a day as somebody has changed it', async () => {
    const before = await board();
    const gone = before.at(-1);
    const { id, version } = gone ?? { id: '', version: 0 };
    expect((await commander.post(`/api/shifts/${id}/call-off`, { version })).status).toBe(200);
    await run();
    const left = before.filter((shift) => shift.id !== id).map((shift) => shift.id);
    expect((await board()).map((shift) => shift.id)).toEqual(left);
  });
});
