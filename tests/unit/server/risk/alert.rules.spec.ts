import { describe, expect, it } from '@jest/globals';
import { ALERT_ACTIONS, ALERT_FLOW, ALERT_STATES, type AlertAction, type AlertState } from '@app/shared';
import {
  ALERT_FACTS,
  clockKey,
  EPISODE_MS,
  expire,
  LONGEST_SHELF_MS,
  raiseClock,
  resolve,
  step,
  turnOverdue,
  unshelve,
} from '../../../../server/src/risk/alert.rules.js';
import type { AlertRow } from '../../../../server/src/risk/alert.table.js';
import { idOf, MINUTE, reported, T0 } from '../incidents/story.js';

const NOW = T0 + 12 * MINUTE;
const { incident } = reported();
const CLOCK = { stage: 'accept', dueAt: T0 + 15 * MINUTE, overdue: false, limitMinutes: 15 } as const;
const raised = (): AlertRow =>
  raiseClock(incident, { id: idOf('alert'), key: clockKey(incident.id, 'accept'), clock: CLOCK, now: NOW })
    .next;
const standing = (state: AlertState): AlertRow => ({
  ...raised(),
  state,
  until: state === 'shelved' ? NOW + MINUTE : null,
});

const needs = (action: AlertAction) => ({
  action,
  reason: 'seen',
  until: action === 'shelve' ? NOW + 60 * MINUTE : null,
  now: NOW,
});
const CELLS = ALERT_STATES.flatMap((state) =>
  ALERT_ACTIONS.map((action) => ({
    state,
    action,
    to: (ALERT_FLOW[state] as Partial<Record<AlertAction, AlertState>>)[action],
  })),
);

describe('every state and action', () => {
  it.each(CELLS.filter(({ to }) => to !== undefined))(
    '$state takes $action to $to',
    ({ state, action, to }) => {
      expect(step(standing(state), needs(action))).toMatchObject({
        ok: true,
        value: { next: { state: to, version: 2, stateAt: NOW }, fact: ALERT_FACTS[action] },
      });
    },
  );

  it.each(CELLS.filter(({ to }) => to === undefined))('$state refuses $action', ({ state, action }) => {
    expect(step(standing(state), needs(action))).toMatchObject({
      ok: false,
      code: 'alert.illegal-step',
      detail: { from: state, action, legal: Object.keys(ALERT_FLOW[state]) },
    });
  });
});

describe('a shelf', () => {
  it.each(['shelve', 'dismiss'] as const)('%s wants a reason', (action) => {
    expect(step(raised(), { ...needs(action), reason: null })).toMatchObject({ code: 'alert.reason-wanted' });
  });

  it.each([
    ['no end', null, 'request.malformed'],
    ['an end that is past', NOW, 'time.past'],
    ['an end too far away', NOW + LONGEST_SHELF_MS + 1, 'time.future'],
  ])('is refused with %s', (_, until, code) => {
    expect(step(raised(), { ...needs('shelve'), until })).toMatchObject({ ok: false, code });
  });

  it('gives the alert back at its end, once', () => {
    const shelved = standing('shelved');
    expect(unshelve(shelved, NOW)).toBeUndefined();
    expect(unshelve(shelved, NOW + MINUTE)).toMatchObject({
      next: { state: 'raised', until: null },
      fact: 'alert.returned',
    });
    expect(unshelve({ ...shelved, state: 'resolved' }, NOW + MINUTE)).toBeUndefined();
  });
});

describe('a clock', () => {
  it('warns one degree milder than it is when overdue', () => {
    expect(raised()).toMatchObject({
      severity: 4,
      clock: { overdue: false, limitMinutes: 15 },
      incidents: [incident.id],
    });
    expect(turnOverdue(raised(), incident)).toMatchObject({
      next: { severity: 3, version: 2, clock: { overdue: true } },
      fact: 'alert.updated',
    });
  });

  it('says overdue once, and nothing of an alert that ended', () => {
    const overdue = turnOverdue(raised(), incident)?.next;
    expect(overdue && turnOverdue(overdue, incident)).toBeUndefined();
    expect(turnOverdue(standing('dismissed'), incident)).toBeUndefined();
  });

  it('resolves, and then is over', () => {
    expect(resolve(standing('acting'), NOW)).toMatchObject({
      next: { state: 'resolved' },
      fact: 'alert.resolved',
    });
  });
});

describe('an episode', () => {
  it('is over after a day without a case, unless it ended before', () => {
    expect(expire(raised(), NOW + EPISODE_MS - 1)).toBeUndefined();
    expect(expire(raised(), NOW + EPISODE_MS)).toMatchObject({
      next: { state: 'expired' },
      fact: 'alert.expired',
    });
    expect(expire(standing('resolved'), NOW + EPISODE_MS)).toBeUndefined();
  });
});
