import { setImmediate as nextTurn } from 'node:timers/promises';
import { ScopeFrames } from '../../server/src/live/scope-frames.js';
import { City, CITY_TEAMS, gridHere } from './city.js';
import type { FanOut } from './fan-out.js';
import { type BenchRow, inTurns, median, type Plot } from './measure.js';

const FEWER_TEAMS = [200, 2_000];
const EVEN_SCOPES = [10, 100];
const COUNTIES = 39;
const COUNTY_TEAMS = 513;
const STREET_TEAMS = 20;
/** One emit per update is measured on one update in a hundred: all of them would take minutes. */
const NAIVE_UPDATES = 200;
const WARM_UP_UPDATES = 20;
/** A broadcast of JSON moves two gigabytes; before the first that counts, a tenth of it warms up. */
const WARM_UP_SHARE = 0.1;
const TICKS = 3;

interface Watched {
  readonly from: number;
  readonly count: number;
  readonly frames: ScopeFrames;
  screens: number;
}

/** CPU seconds per delivered update. */
interface Cost {
  readonly ours: number;
  readonly json: number;
  readonly naive: number;
}

/** Row 2: what one update of one team costs on its way to one screen, against plain ways of telling it. */
export async function benchUpdates(bench: FanOut, isQuick: boolean): Promise<BenchRow[]> {
  const { many } = bench;
  const repeats = isQuick ? 1 : 5;
  const city = await costOf(bench, repeats, together(CITY_TEAMS));
  const mixed = await costOf(bench, repeats, mixedOf(many));
  const rows = [
    costRow(`2a CPU per delivered update, ${many} screens × ${CITY_TEAMS} teams`, city, [2_500, 8]),
    costRow('2b the same, a tenth at the city, the rest at counties and streets', mixed, [400, 3]),
  ];
  if (isQuick) return rows;
  const byTeams: [number, Cost][] = [];
  for (const count of FEWER_TEAMS)
    byTeams.push([count, await costOf(bench, repeats - 1, together(count), city.naive)]);
  byTeams.push([CITY_TEAMS, city]);
  const byScopes: [number, Cost][] = [[1, city]];
  for (const scopes of EVEN_SCOPES)
    byScopes.push([scopes, await costOf(bench, repeats - 1, evenly(scopes), city.naive)]);
  const [first, ...rest] = rows;
  return first ? [{ ...first, plots: plotsOf(many, byTeams, byScopes) }, ...rest] : rows;
}

interface Seat {
  readonly name: string;
  readonly from: number;
  readonly count: number;
}

const together = (count: number) => (): Seat => ({ name: 'all', from: 0, count });

/** Every scope has as many teams and as many screens as every other. */
const evenly =
  (scopes: number) =>
  (n: number): Seat => {
    const count = CITY_TEAMS / scopes;
    return { name: `part-${n % scopes}`, from: (n % scopes) * count, count };
  };

/** A tenth at the city, three tenths at their counties, the rest each at a street of its own. */
const mixedOf =
  (many: number) =>
  (n: number): Seat => {
    if (n < many * 0.1) return { name: 'all', from: 0, count: CITY_TEAMS };
    if (n >= many * 0.4)
      return {
        name: `street-${n}`,
        from: (n * STREET_TEAMS) % (CITY_TEAMS - STREET_TEAMS),
        count: STREET_TEAMS,
      };
    const county = n % COUNTIES;
    return {
      name: `county-${county}`,
      from: Math.min(county * COUNTY_TEAMS, CITY_TEAMS - COUNTY_TEAMS),
      count: COUNTY_TEAMS,
    };
  };

/** `naive`: what one emit per update was found to cost; measured when not given. */
async function costOf(
  bench: FanOut,
  repeats: number,
  seatOf: (n: number) => Seat,
  naive?: number,
): Promise<Cost> {
  const city = new City();
  const scopes = scopesOf(bench.many, city, seatOf);
  await bench.put((n) => [seatOf(n).name]);
  const updates = [...scopes.values()].reduce((sum, { count, screens }) => sum + count * screens, 0);
  const ways: ((isWarmUp: boolean) => Promise<number>)[] = [
    async () => {
      let cpu = 0;
      for (let tick = 0; tick < TICKS; tick++)
        cpu += await bench.delivered({ kind: 'frame', count: bench.many }, () => {
          city.move();
          for (const [scope, { frames }] of scopes) bench.say(scope, frames.frame(city.fleet, city.moment()));
        });
      return cpu / TICKS / updates;
    },
    async (isWarmUp) => {
      const share = isWarmUp ? WARM_UP_SHARE : 1;
      const cpu = await bench.delivered({ kind: 'text', count: bench.many }, () => {
        for (const [scope, { from, count }] of scopes)
          bench.io.to(`positions:${scope}`).emit('bench', city.objects(from, Math.ceil(count * share)));
      });
      return cpu / (share * updates);
    },
  ];
  if (naive === undefined) ways.push(oneByOne(bench, city, scopes));
  const [ours = [], json = [], each = []] = await inTurns(repeats, ways);
  return { ours: median(ours), json: median(json), naive: naive ?? median(each) };
}

function scopesOf(many: number, city: City, seatOf: (n: number) => Seat): Map<string, Watched> {
  const scopes = new Map<string, Watched>();
  for (let n = 0; n < many; n++) {
    const { name, from, count } = seatOf(n);
    const held = scopes.get(name);
    if (held) held.screens += 1;
    else {
      const frames = new ScopeFrames(name, gridHere, city.teams.slice(from, from + count));
      scopes.set(name, { from, count, frames, screens: 1 });
    }
  }
  return scopes;
}

/** One emit per update to every room that watches the team, each in a turn of its own. */
function oneByOne(
  bench: FanOut,
  city: City,
  scopes: Map<string, Watched>,
): (isWarmUp: boolean) => Promise<number> {
  const updates = Array.from({ length: NAIVE_UPDATES }, (_, i) => {
    const row = (i * 97) % CITY_TEAMS;
    const watching = [...scopes].filter(([, { from, count }]) => row >= from && row < from + count);
    const screens = watching.reduce((sum, [, watched]) => sum + watched.screens, 0);
    return { row, rooms: watching.map(([scope]) => `positions:${scope}`), screens };
  });
  return async (isWarmUp) => {
    const some = updates.slice(0, isWarmUp ? WARM_UP_UPDATES : NAIVE_UPDATES);
    const told = some.reduce((sum, { screens }) => sum + screens, 0);
    const cpu = await bench.delivered({ kind: 'text', count: told }, async () => {
      for (const { row, rooms } of some) {
        bench.io.to(rooms).emit('bench', city.object(row));
        await nextTurn();
      }
    });
    return cpu / told;
  };
}

function costRow(
  name: string,
  { ours, json, naive }: Cost,
  [wantedNaive, wantedJson]: readonly [number, number],
): BenchRow {
  const [one, room] = [naive / ours, json / ours];
  const ns = (value: number) => (value * 1e9).toFixed(1);
  return {
    name,
    goal: `≤ 1/${wantedNaive} of one emit per update, ≤ 1/${wantedJson} of a JSON broadcast`,
    measured: `1/${Math.round(one)}, 1/${room.toFixed(1)} (${ns(ours)} against ${ns(naive)} and ${ns(json)} ns)`,
    holds: one >= wantedNaive && room >= wantedJson,
  };
}

type Costs = readonly (readonly [at: number, cost: Cost])[];

function plotsOf(many: number, byTeams: Costs, byScopes: Costs): Plot[] {
  const y = 'ns of CPU per update and screen';
  const line = (name: string, of: (cost: Cost) => number, costs: Costs) => ({
    name,
    points: costs.map(([at, cost]) => [at, of(cost) * 1e9] as const),
  });
  const series = (costs: Costs) => [
    line('ours', ({ ours }) => ours, costs),
    line('JSON to a room', ({ json }) => json, costs),
    line('one emit per update (measured once)', ({ naive }) => naive, costs),
  ];
  const title = `What one update costs, ${many} screens`;
  return [
    { name: '2-teams', title: `${title}, by teams of their scope`, x: 'teams', y, series: series(byTeams) },
    {
      name: '2-scopes',
      title: `${title}, ${CITY_TEAMS} teams in so many scopes`,
      x: 'scopes',
      y,
      series: series(byScopes),
    },
  ];
}
