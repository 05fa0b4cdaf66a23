import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type PatrolBoard, type PatrolShift, type Team, toMs } from '@app/shared';
import { dateOf } from '../../server/src/clocks/wall-clock.js';
import { PlanAheadSchedule } from '../../server/src/demo/plan-ahead.schedule.js';
import { PresentCast } from '../../server/src/demo/present-cast.js';
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

const run = (at = LATER) => app.app.get(PlanAheadSchedule).run(at);
const onDay = (at: number, hour: string) => Date.parse(`${dateOf(at, ZONE)}T${hour}:00:00+08:00`);
/** Of the four days that begin with the one a week from now, or another. */
async function board(at = LATER): Promise<readonly PatrolShift[]> {
  const from = onDay(at, '08');
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

  describe('where one team cannot be planned', () => {
    const NEXT = LATER + 7 * DAY;
    let three: string;
    let beside: string;
    let two: string;

    beforeAll(async () => {
      [three = '', beside = ''] = crews.filter(({ level }) => level === 'county').map(({ id }) => id);
      two = crews.find(({ level }) => level === 'town')?.id ?? '';
      const from = dateOf(Date.now() + DAY, ZONE);
      const plan = { teams: [beside], pattern: '3x8', from, days: 1, crews: ['A', 'B', 'C', 'D'] };
      expect((await commander.post('/api/shifts', plan)).status).toBe(201);
    });
    const planned = async (at: number) => {
      const items = await board(at);
      return [three, beside, two].map((team) => ofTeam(items, team).length);
    };

    it('plans the others, and its other days, though a shift is in the way', async () => {
      const [moved] = ofTeam(await board(), three);
      const into = [new Date(onDay(NEXT, '04')), new Date(onDay(NEXT, '12'))];
      await app.app
        .get(Database)
        .query('update patrol_shift set starts_at = $2, ends_at = $3 where id = $1', [moved?.id, ...into]);
      await run(NEXT);
      expect(await planned(NEXT)).toEqual([1 + 3 * 3, 4 * 3, 4 * 2]);
    });

    it('plans the others though it is closed at that moment', async () => {
      const cast = app.app.get(PresentCast);
      const commanderOf = cast.commander.bind(cast);
      const close = jest.spyOn(cast, 'commander').mockImplementationOnce(async () => {
        const { version } = (await commander.get<Team>(`/api/teams/${three}`)).body;
        const closed = await commander.ask('PATCH', `/api/teams/${three}`, { version, close: {} });
        expect(closed.status).toBe(200);
        return commanderOf();
      });
      await run(NEXT + 7 * DAY);
      close.mockRestore();
      expect(await planned(NEXT + 7 * DAY)).toEqual([0, 4 * 3, 4 * 2]);
    });
  });
});
