import { describe, expect, it } from '@jest/globals';
import { type IncidentAction, type IncidentItem, type PatrolShift, toInstant, type Visit } from '@app/shared';
import type { QueueItem } from '../../../../web/src/link/handheld-queue.js';
import { crewStepOf, isCalling, shiftOf, shiftOn, toVisit } from '../../../../web/src/store/handheld-view.js';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-20T23:30:00+08:00');
const at = (hours: number) => toInstant(NOW + hours * HOUR);
const shift = (id: string, state: PatrolShift['state'], from: number, to: number) =>
  ({ id, state, startsAt: at(from), endsAt: at(to) }) as PatrolShift;

describe('the shift of a handheld', () => {
  it.each([
    ['the one that is on', [shift('a', 'ended', -9, -1), shift('b', 'on', -1, 7)], 'b'],
    ['the one that is handed over', [shift('a', 'handing', -8, 1), shift('b', 'planned', 0, 8)], 'a'],
    ['the one that should be on', [shift('a', 'planned', -1, 7)], 'a'],
    ['the next', [shift('a', 'ended', -9, -1), shift('b', 'planned', 8, 16)], 'b'],
    ['none', [shift('a', 'ended', -9, -1), shift('b', 'called-off', -1, 7)], undefined],
  ])('is %s', (_, shifts, expected) => {
    expect(shiftOf({ shifts, at: at(-2) }, NOW)?.id).toBe(expected);
  });
});

describe('the shift in which a handheld may tell where it is', () => {
  it.each([
    ['is on', [shift('a', 'on', -8, 0.5)], 'a'],
    ['is handed over', [shift('a', 'planned', -1, 7), shift('b', 'handing', -8, 0)], 'b'],
    ['is on beyond its end', [shift('a', 'on', -8, -0.5)], 'a'],
    ['should be on', [shift('a', 'planned', -0.5, 7)], 'a'],
    ['is not long past, whatever was told last', [shift('a', 'on', -9, -1)], undefined],
    ['is not one to come', [shift('a', 'planned', 0.5, 8)], undefined],
    ['is not over', [shift('a', 'ended', -8, 1), shift('b', 'called-off', -1, 7)], undefined],
  ])('%s', (_, shifts, expected) => {
    expect(shiftOn({ shifts, at: at(-2) }, NOW)?.id).toBe(expected);
  });
});

describe('a shift that this machine was told to be on, long past its end', () => {
  const shifts = [shift('a', 'on', -12, -4), shift('b', 'planned', 8, 16)];
  it.each([
    ['while the server says so: the crew works on, and is told and tells as before', -0.5, 'a', 'a'],
    ['and of which nothing was heard since: what is shown and what may be told agree', -3, undefined, 'b'],
  ])('%s', (_, told, on, shown) => {
    const kept = { shifts, at: at(told) };
    expect([shiftOn(kept, NOW)?.id, shiftOf(kept, NOW)?.id]).toEqual([on, shown]);
  });
});

const visit = (id: string, from: number, part: Partial<Visit> = {}) =>
  ({ id, checkpoint: id, state: 'due', windowFrom: at(from), windowTo: at(from + 1), ...part }) as Visit;
const item = (command: object, part: Partial<QueueItem> = {}) =>
  ({ refusal: null, command, ...part }) as QueueItem;

describe('what is to be visited', () => {
  it('is due, in the order of its hours, without what was checked in here', () => {
    const visits = [
      visit('c', 2),
      visit('a', 0),
      visit('b', -0.5),
      visit('d', -2),
      visit('e', 0, { state: 'done' }),
    ];
    const ids = (queue: readonly QueueItem[]) => toVisit(visits, queue, NOW).map(({ id }) => id);
    expect(ids([])).toEqual(['b', 'a', 'c']);
    expect(ids([item({ kind: 'check-in', checkpoint: 'b' })])).toEqual(['a', 'c']);
    expect(ids([item({ kind: 'check-in', checkpoint: 'c' })])).toEqual(['b', 'a', 'c']);
    const refused = item({ kind: 'check-in', checkpoint: 'b' }, { refusal: { code: 'checkpoint.unknown' } });
    expect(ids([refused])).toEqual(['b', 'a', 'c']);
  });
});

describe('a crew that calls for help', () => {
  const call = (account: string, part: Partial<QueueItem> = {}) =>
    item({ kind: 'sos' }, { account, ...part });
  it.each<[string, QueueItem[], boolean]>([
    ['is heard soon while its call waits', [call('own')], true],
    ['is not the crew that was here before', [call('another')], false],
    ['has read that its call was refused', [call('own', { refusal: { code: 'sos.ended' } })], false],
    ['does more than wait', [item({ kind: 'check-in' }, { account: 'own' })], false],
  ])('%s', (_, queue, expected) => {
    expect(isCalling(queue, 'own')).toBe(expected);
    expect(isCalling(queue, undefined)).toBe(false);
  });
});

const ALL: IncidentAction[] = ['acknowledge', 'depart', 'arrive', 'transport', 'deliver', 'clear', 'decline'];
function crewStep(step: string, waiting: readonly IncidentAction[]) {
  const actions = ALL.slice(['dispatched', 'acknowledged', 'departed', 'arrived'].indexOf(step)).filter(
    (action) => action !== 'decline' || step === 'dispatched' || step === 'acknowledged',
  );
  const incident = { id: 'i', assignments: [{ team: 't', step, actions }] } as unknown as IncidentItem;
  const queue = waiting.map((action) => item({ kind: 'step', incident: 'i', action }));
  const crew = crewStepOf(incident, 't', queue);
  return (
    crew &&
    `${crew.step}${crew.isWaiting ? ' (waiting)' : ''}: ${[crew.main ?? '—', ...crew.others].join(' ')}`
  );
}

describe('the next step of a crew', () => {
  it.each([
    ['dispatched', [], 'dispatched: acknowledge decline'],
    ['acknowledged', [], 'acknowledged: depart decline'],
    ['departed', [], 'departed: arrive'],
    ['arrived', [], 'arrived: clear transport deliver'],
    ['dispatched', ['acknowledge'], 'acknowledged (waiting): depart decline'],
    ['dispatched', ['acknowledge', 'depart'], 'departed (waiting): arrive'],
    ['dispatched', ['acknowledge', 'depart', 'arrive'], 'arrived (waiting): clear transport deliver'],
    ['dispatched', ['decline'], 'declined (waiting): —'],
    ['arrived', ['clear'], 'cleared (waiting): —'],
  ] as const)('of %s with %s in the queue', (step, waiting, expected) => {
    expect(crewStep(step, waiting)).toBe(expected);
  });
});
