import { describe, expect, it } from '@jest/globals';
import {
  coarsen,
  isCoarse,
  COARSE_M,
  commandBar,
  deskOf,
  distanceM,
  FORCES,
  type ForceRelease,
  liaisonOf,
  releasedOf,
  ROLES,
} from '@app/shared';
import fc from 'fast-check';

const open = (part: Partial<ForceRelease> = {}): ForceRelease => ({
  fullDays: null,
  keptDays: 30,
  force: 'police',
  positions: 'precise',
  strength: true,
  version: 1,
  ...part,
});
const releases = (armed: Partial<ForceRelease>) => ({
  police: open(),
  'armed-police': open({ force: 'armed-police', ...armed }),
  militia: open({ force: 'militia' }),
});
const post = { place: '北门', lng: 98.2888, lat: 39.7721 };
const team = { forces: { 'armed-police': 6, militia: 2 }, post } as const;

describe('a coarse place', () => {
  const place = fc.tuple(
    fc.double({ min: -180, max: 180, noNaN: true }),
    fc.double({ min: -80, max: 80, noNaN: true }),
  );

  it('is the same when it is made coarse again, and never further than half a diagonal away', () => {
    fc.assert(
      fc.property(place, (at) => {
        const [lng, lat] = coarsen(at);
        const [lngAgain, latAgain] = coarsen([lng, lat]);
        expect(lngAgain).toBeCloseTo(lng, 9);
        expect(latAgain).toBeCloseTo(lat, 9);
        expect(distanceM(at, [lng, lat])).toBeLessThanOrEqual((COARSE_M / Math.SQRT2) * 1.01);
      }),
    );
  });

  it('is known as one, to the last bit, and a place that was measured is not', () => {
    fc.assert(fc.property(place, (at) => expect(isCoarse(coarsen(at))).toBe(true)));
    expect(isCoarse([98.2888, 39.7721])).toBe(false);
  });

  it('does not tell places of the same cell apart', () => {
    const [lng, lat] = coarsen([98.2888, 39.7721]);
    const near = [-400, 0, 400].flatMap((x) => [-400, 0, 400].map((y) => [x, y] as const));
    const told = near.map(([x, y]) =>
      coarsen([lng + x / (111_195 * Math.cos((lat * Math.PI) / 180)), lat + y / 111_195]),
    );
    for (const [a, b] of told) {
      expect(a).toBeCloseTo(lng, 9);
      expect(b).toBeCloseTo(lat, 9);
    }
  });
});

describe('what forces release of a team', () => {
  it('is all of it where they do', () => {
    expect(releasedOf(team, releases({}))).toEqual({
      grain: 'precise',
      forces: team.forces,
      withheld: [],
      post,
    });
  });

  it('is its places as fine as the force says that leads it', () => {
    const coarse = releasedOf(team, releases({ positions: 'coarse' }));
    expect(coarse).toMatchObject({ grain: 'coarse', post: { place: '北门' } });
    expect(coarse.post).not.toMatchObject({ lng: post.lng });
    expect(releasedOf(team, releases({ positions: 'on-request' }))).toMatchObject({
      grain: 'on-request',
      post: null,
    });
    const mixed = { ...team, forces: { ...team.forces, police: 1 } };
    expect(releasedOf(mixed, releases({ positions: 'on-request' })).grain).toBe('precise');
  });

  it('is no headcount that is withheld, and none again before it is told anew', () => {
    const kept = releasedOf(team, releases({ strength: false }));
    expect(kept).toMatchObject({ forces: { militia: 2 }, withheld: ['armed-police'] });
    expect(Object.keys(kept.forces)).toEqual(['militia']);
    const later = releasedOf({ ...team, ...kept }, releases({}));
    expect(later.withheld).toEqual(['armed-police']);
    const anew = releasedOf({ ...team, ...later, forces: { 'armed-police': 4 } }, releases({}));
    expect(anew).toMatchObject({ forces: { 'armed-police': 4 }, withheld: [] });
    const gone = releasedOf({ ...team, ...later, forces: { 'armed-police': 0, militia: 2 } }, releases({}));
    expect(gone.withheld).toEqual([]);
  });

  it('does not make a team ours to order because its strength is withheld', () => {
    expect(commandBar({ forces: {}, withheld: ['armed-police'] }, 'traffic')).toBe('armed-police-only');
    expect(commandBar({ forces: { militia: 2 }, withheld: ['armed-police'] }, 'traffic')).toBe(
      'armed-police-only',
    );
    expect(commandBar({ forces: { police: 1 }, withheld: ['armed-police'] }, 'traffic')).toBeNull();
  });
});

describe('liaison desks', () => {
  it('are of the forces that are not commanded here, and of no other role', () => {
    expect(FORCES.filter((force) => deskOf(force) !== undefined)).toEqual(['armed-police', 'militia']);
    expect(ROLES.filter((role) => liaisonOf(role))).toEqual(['armed-police-liaison', 'militia-liaison']);
  });
});
