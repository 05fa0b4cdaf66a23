import { describe, expect, it } from '@jest/globals';
import {
  ageBand,
  freeTeamsNear,
  isOpen,
  openByStatusAndAge,
  TEAM_GROUPS,
  teamsByStatus,
} from '../../../../web/src/store/tallies.js';
import { INCIDENT_STATUSES, TEAM_STATUSES } from '../../../../shared/src/index.js';
import { ago, incidentCard, NOW, teamCard } from '../cards.js';

describe('open incidents by status and age', () => {
  it.each([
    [0, 'fresh'],
    [29.99, 'fresh'],
    [30, 'hour'],
    [60, 'hours'],
    [240, 'old'],
    [60 * 24 * 400, 'old'],
  ])('%d minutes are %s', (minutes, band) => {
    expect(ageBand(NOW - minutes * 60_000, NOW)).toBe(band);
  });

  it('every open incident is in exactly one cell, none is lost', () => {
    const incidents = INCIDENT_STATUSES.flatMap((status) =>
      [1, 45, 100, 999].map((minutes) =>
        incidentCard({ id: `${status} ${minutes}`, status, since: ago(minutes) }),
      ),
    );
    const cells = [...openByStatusAndAge(incidents, NOW).values()].flatMap((bands) =>
      Object.values(bands).flat(),
    );
    expect(cells.sort()).toEqual(
      incidents
        .filter(isOpen)
        .map(({ id }) => id)
        .sort(),
    );
  });
});

describe('teams by status', () => {
  it('sums people by force', () => {
    const teams = [
      teamCard({ id: 'a' }),
      teamCard({ id: 'b', forces: { 'armed-police': 6 } }),
      teamCard({ id: 'c', status: 'rest' }),
    ];
    expect(teamsByStatus(teams, ['patrolling', 'backup'])).toEqual([
      { status: 'patrolling', teams: ['a', 'b'], forces: { police: 2, 'armed-police': 6, militia: 1 } },
      { status: 'backup', teams: [], forces: { police: 0, 'armed-police': 0, militia: 0 } },
    ]);
  });

  it('every status has one meaning on the map', () => {
    expect(Object.values(TEAM_GROUPS).flat().sort()).toEqual([...TEAM_STATUSES].sort());
  });
});

describe('free teams near something', () => {
  const place = { lng: 98.28, lat: 39.77 };
  const teams = new Map(
    (['available', 'patrolling', 'posted', 'assigned', 'rest'] as const).map((status) => [
      status,
      teamCard({ id: status, status }),
    ]),
  );
  const at = (eastM: number) => ({ lng: place.lng + eastM / 85_450, lat: place.lat });

  it('are free, within reach, nearest first', () => {
    const positions = new Map([
      ['available', at(2000)],
      ['patrolling', at(500)],
      ['posted', at(2600)],
      ['assigned', at(10)],
      ['rest', at(10)],
      ['nobody', at(10)],
    ]);
    expect(freeTeamsNear([place], teams, positions)).toEqual(['patrolling', 'available']);
  });
});
