import { describe, expect, it } from '@jest/globals';
import { type LngLat, type TeamCard, toInstant, uuidv7 } from '@app/shared';
import { chooseTeams } from '../../../../../server/src/demo/simulator/choose-teams.js';
import { goalOf } from '../../../../../server/src/demo/simulator/fleet.js';

const idOf = (n: number) => uuidv7(n, new Uint8Array(10));
const team = (n: number, changes: Partial<TeamCard> = {}): TeamCard => ({
  id: idOf(n),
  callSign: `雄关${n}`,
  mode: 'vehicle',
  tier: 3,
  status: 'patrolling',
  version: 1,
  statusAt: toInstant(0),
  centre: idOf(99),
  forces: { police: 2, militia: 2 },
  incidents: [],
  ...changes,
});
const HERE: LngLat = [98.29, 39.77];
const metresEast = (metres: number): LngLat => [98.29 + metres / 85_500, 39.77];

function chosen(teams: [TeamCard, number][], count = 1, category: 'dispute' | 'fire' = 'dispute') {
  const places = new Map(teams.map(([{ id }, metres]) => [id, metresEast(metres)]));
  const cards = teams.map(([card]) => card);
  return chooseTeams(cards, (id) => places.get(id), { place: HERE, category, count });
}

describe('the teams that the simulated desk sends', () => {
  it('are those that are there first: a car from afar beats feet from less far', () => {
    const [car, walker] = [team(1), team(2, { mode: 'foot' })];
    expect(
      chosen([
        [car, 1_500],
        [walker, 600],
      ]),
    ).toEqual([car.id]);
    expect(
      chosen([
        [car, 3_000],
        [walker, 150],
      ]),
    ).toEqual([walker.id]);
    expect(
      chosen(
        [
          [car, 1_500],
          [walker, 600],
        ],
        2,
      ),
    ).toEqual([car.id, walker.id]);
  });

  it('are free, on the ground, and have police among them', () => {
    const unfit: Partial<TeamCard>[] = [
      { status: 'rest' },
      { status: 'en-route', incidents: [idOf(50)] },
      { status: 'out-of-service' },
      { mode: 'video' },
      { mode: 'drone' },
      { forces: { militia: 6 } },
      { forces: { 'armed-police': 6 } },
    ];
    expect(chosen(unfit.map((change, i) => [team(i + 1, change), 10 * i]))).toEqual([]);
  });

  it('come by car where goods or patients are moved', () => {
    const [car, walker] = [team(1), team(2, { mode: 'foot' })];
    expect(
      chosen(
        [
          [car, 3_000],
          [walker, 50],
        ],
        1,
        'fire',
      ),
    ).toEqual([car.id]);
  });
});

describe('where a simulated team goes', () => {
  const incident = { lng: 98.3, lat: 39.78, teams: [{ id: idOf(1), step: 'dispatched', at: toInstant(0) }] };
  const incidents = new Map([[idOf(50), incident]]) as never;

  it('to the incident it was sent to, also when a person sent it, after a moment', () => {
    const card = team(1, { status: 'assigned', incidents: [idOf(50)] });
    expect(goalOf(card, { incidents }, 60_000)).toEqual({
      kind: 'errand',
      incident: idOf(50),
      place: [98.3, 39.78],
    });
    expect(goalOf(card, { incidents }, 5_000)).toEqual({ kind: 'stand' });
  });

  it('on patrol, home to rest, or nowhere, as its status says', () => {
    expect(goalOf(team(1), { incidents }, 0)).toEqual({ kind: 'patrol' });
    expect(goalOf(team(1, { status: 'available' }), { incidents }, 0)).toEqual({ kind: 'patrol' });
    expect(goalOf(team(1, { status: 'rest' }), { incidents }, 0)).toEqual({ kind: 'home' });
    expect(goalOf(team(1, { status: 'posted' }), { incidents }, 0)).toEqual({ kind: 'stand' });
  });
});
