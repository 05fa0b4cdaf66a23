import { describe, expect, it } from '@jest/globals';
import { FIRST_LIMITS, type LngLat } from '@app/shared';
import { boxAround, duplicateOf } from '../../../../server/src/incidents/duplicate.rules.js';
import type { IncidentState } from '../../../../server/src/incidents/incident-step.js';
import { merge, unmerge } from '../../../../server/src/incidents/merge.rules.js';
import { after, idOf, MINUTE, reported, standingIn, step, T0 } from './story.js';

const other = (state: IncidentState): IncidentState => ({
  ...state,
  incident: { ...state.incident, id: idOf('other'), number: 'other' },
  assignments: state.assignments.map((one) => ({ ...one, id: idOf('ax'), incident: idOf('other') })),
});
const taken = (decision: ReturnType<typeof merge>) => {
  if (!decision.ok) throw new Error(decision.code);
  return decision.value;
};
const merging = step({ action: 'merge' }, 9);

describe('a merge', () => {
  it('takes the teams along, which go on for the one that stays', () => {
    const gone = standingIn('dispatched');
    const kept = other(after(reported(), { action: 'accept' }));
    const { gone: left, kept: stays, teams } = taken(merge(gone, kept, merging));
    expect(left.next.incident).toMatchObject({
      status: 'merged',
      dueStage: null,
      course: { merge: { into: idOf('other') } },
    });
    expect(left.next.assignments).toEqual([]);
    expect(stays.next.incident).toMatchObject({
      status: 'dispatched',
      dueStage: 'arrive',
      course: { merged: [{ id: idOf('i') }] },
    });
    expect(stays.next.assignments).toMatchObject([
      { team: idOf('t1'), incident: idOf('other'), movedFrom: idOf('i') },
    ]);
    expect(teams).toEqual([idOf('t1')]);
    expect([left.lines[0]?.about, stays.lines[0]?.about]).toEqual([
      { incident: idOf('other') },
      { incident: idOf('i') },
    ]);
  });

  it('recalls a team that was sent to both, and leaves the clock of the other alone', () => {
    const gone = standingIn('dispatched');
    const kept = other(standingIn('dispatched'));
    const { gone: left, kept: stays } = taken(merge(gone, kept, merging));
    expect(left.next.assignments).toMatchObject([{ step: 'recalled', flags: ['merged'] }]);
    expect(stays.next.assignments).toHaveLength(1);
    expect(stays.next.incident.dueAt).toBe(kept.incident.dueAt);
  });

  it.each(['handled', 'closed', 'rejected', 'suspended'] as const)(
    'does not go into one that is %s',
    (status) => {
      expect(merge(standingIn('accepted'), other(standingIn(status)), merging)).toMatchObject({
        code: 'incident.no-duplicate',
      });
    },
  );

  it.each(['handled', 'closed', 'rejected'] as const)('is not for one that is %s', (status) => {
    expect(merge(standingIn(status), other(standingIn('accepted')), merging)).toMatchObject({
      code: 'incident.illegal-step',
    });
  });
});

describe('taking a merge back', () => {
  const gone = standingIn('dispatched');
  const kept = other(after(reported(), { action: 'accept' }));
  const merged = taken(merge(gone, kept, merging));
  const back = (minute: number) =>
    unmerge(merged.gone.next, merged.kept.next, step({ action: 'unmerge', reason: 'two' }, minute));

  it('puts both as they were, with their teams and clocks, and both histories longer', () => {
    const { gone: again, kept: stays } = taken(back(20));
    const { status, dueStage, dueAt } = gone.incident;
    expect(again.next.incident).toMatchObject({
      status,
      dueStage,
      dueAt,
      closedAt: null,
      course: { merge: null },
    });
    expect(again.next.assignments).toEqual(gone.assignments);
    expect(stays.next).toMatchObject({
      assignments: [],
      incident: { status: 'accepted', course: { merged: [] } },
    });
    expect([again.next.incident.version, stays.next.incident.version]).toEqual([
      gone.incident.version + 2,
      kept.incident.version + 2,
    ]);
  });

  it('comes too late after the hour', () => {
    expect(back(9 + FIRST_LIMITS.unmergeMinutes)).toMatchObject({ ok: true });
    expect(back(10 + FIRST_LIMITS.unmergeMinutes)).toMatchObject({ code: 'incident.too-late' });
  });
});

describe('a candidate', () => {
  const { incident } = reported();
  const at = (lng: number, lat: number, minutes = 0) => ({
    place: [lng, lat] as LngLat,
    at: T0 + minutes * MINUTE,
    grid: null,
  });
  const near = (lng: number, lat: number, minutes = 0) =>
    duplicateOf(incident, at(lng, lat, minutes), FIRST_LIMITS);

  it('scores the higher the nearer in place and time, and says why', () => {
    const here = near(98.29, 39.77);
    expect(here).toMatchObject({
      score: 0.9,
      why: { distanceM: 0, withinM: 50, minutesApart: 0, withinHours: 24, sameGrid: false },
    });
    expect(near(98.2902, 39.77)?.score).toBeLessThan(here?.score ?? 0);
    expect(near(98.29, 39.77, 600)?.score).toBeLessThan(here?.score ?? 0);
    const inGrid = duplicateOf({ ...incident, grid: 'g' }, { ...at(98.29, 39.77), grid: 'g' }, FIRST_LIMITS);
    expect(inGrid?.score).toBe(1);
  });

  it('lies within the limits of the city', () => {
    expect(near(98.291, 39.77)).toBeUndefined();
    expect(near(98.29, 39.77, 24 * 60 + 1)).toBeUndefined();
  });

  it('is within the box that is asked for', () => {
    const { lng, lat } = boxAround([98.29, 39.77], 50);
    expect((lng[1] - lng[0]) / 2).toBeGreaterThan(50 / 111_320 / Math.cos((39.77 * Math.PI) / 180));
    expect((lat[1] - lat[0]) / 2).toBeGreaterThan(50 / 111_320);
  });
});
