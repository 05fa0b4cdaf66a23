import { describe, expect, it } from '@jest/globals';
import { FIRST_LIMITS, MOST_EXTENSIONS } from '@app/shared';
import type { IncidentState } from '../../../../server/src/incidents/incident-step.js';
import { legalActions } from '../../../../server/src/incidents/incident.rules.js';
import { advance } from '../../../../server/src/incidents/incident.rules.js';
import {
  after,
  BOOK,
  CHIEF,
  idOf,
  MINUTE,
  needs,
  OTHER,
  PERSON,
  reported,
  standingIn,
  step,
  T0,
  team,
  type Told,
} from './story.js';
import { treeOf } from './tree.js';

const DAY = 86_400_000;
const take = (state: IncidentState, told: Told, minute = 9) => advance(state, step(told, minute));
const accepted = () => after(reported(), { action: 'accept' });

describe('an offer', () => {
  it.each([
    ['hand-up', null, 'east', null],
    ['hand-across', 'e2', 'east', 'e2'],
    ['hand-across', 'w1', 'city', 'w1'],
    ['assist', 'east', 'east', null],
    ['assist', 'w1', 'city', 'w1'],
  ] as const)('%s from e1 to %s waits for %s', (action, centre, to, next) => {
    const said = { action, reason: 'because', centre: centre && idOf(centre) };
    const state = after(accepted(), said);
    expect(state.incident).toMatchObject({
      centre: idOf('e1'),
      guests: [idOf(to)],
      course: {
        offers: [
          { kind: action, from: idOf('e1'), to: idOf(to), next: next && idOf(next), state: 'offered' },
        ],
      },
    });
  });

  it.each([
    ['hand-up', 'city'],
    ['hand-up', 'e1'],
    ['hand-down', 'e2'],
    ['hand-across', 'east'],
    ['hand-across', 'e1'],
    ['assist', 'e1'],
  ] as const)('%s does not lead from e1 to %s', (action, centre) => {
    expect(take(accepted(), { action, reason: 'because', centre: idOf(centre) })).toMatchObject({
      code: 'incident.nowhere',
    });
  });

  it('does not lead to a closed centre, and is taken over by who took its place', () => {
    const book = { ...BOOK, tree: treeOf({ e2: 'w1' }) };
    const said = { action: 'hand-across', centre: idOf('e2'), reason: 'because' } as const;
    expect(take(accepted(), { ...said, book })).toMatchObject({ code: 'incident.nowhere' });
    const offered = after(accepted(), said, { action: 'pass-offer', by: OTHER });
    expect(after(offered, { action: 'accept-offer', book }).incident.centre).toBe(idOf('w1'));
  });

  it('starts the clock of the new holder anew, and takes their teams along', () => {
    const before = after(standingIn('dispatched'), needs('hand-up'));
    const decision = take(before, { action: 'accept-offer', by: OTHER });
    expect(decision).toMatchObject({
      ok: true,
      value: {
        moved: [idOf('t1')],
        next: {
          incident: {
            centre: idOf('east'),
            former: [idOf('e1')],
            status: 'dispatched',
            dueStage: 'arrive',
            dueAt: T0 + 19 * MINUTE,
          },
        },
      },
    });
  });

  it('ends when the work is done, but who helps stays', () => {
    const helped = after(
      accepted(),
      { ...needs('assist'), centre: idOf('east') },
      { action: 'accept-offer', by: OTHER },
    );
    const offered = after(helped, { ...needs('hand-across'), mint: idOf('second') });
    expect(offered.incident.guests).toEqual([idOf('east'), idOf('city')]);
    const done = after(offered, { action: 'complete' });
    expect(done.incident.guests).toEqual([idOf('east')]);
  });

  it('wants to know which, where more than one waits', () => {
    const two = after(accepted(), needs('hand-up'), { ...needs('assist'), mint: idOf('second') });
    expect(take(two, { action: 'accept-offer', by: OTHER })).toMatchObject({ code: 'incident.offer-wanted' });
    expect(take(two, { action: 'return-offer', reason: 'no', offer: idOf('second') })).toMatchObject({
      ok: true,
    });
  });
});

describe('who received a return', () => {
  const returned = (state: IncidentState) =>
    after(state, needs('hand-up'), { ...needs('return-offer'), by: OTHER });

  it.each(['reported', 'accepted', 'handling'] as const)(
    'does not go on from %s before it is decided',
    (status) => {
      const state = returned(standingIn(status));
      const main = { reported: 'accept', accepted: 'complete', handling: 'complete' } as const;
      expect(take(state, { action: main[status] })).toMatchObject({
        code: 'incident.returned',
        detail: { by: idOf('east') },
      });
      expect(legalActions(state, T0)).not.toContain(main[status]);
      expect(legalActions(state, T0)).toEqual(expect.arrayContaining(['keep', 'hand-up']));
      expect(take(after(state, needs('keep')), { action: main[status] })).toMatchObject({ ok: true });
    },
  );

  it('lets teams that are out go on', () => {
    expect(take(returned(standingIn('dispatched')), { action: 'arrive' })).toMatchObject({ ok: true });
  });

  it('of a team sends another one; only then is it complete', () => {
    const state = after(standingIn('dispatched'), { action: 'decline', reason: 'flat tyre' });
    expect(state.incident.status).toBe('accepted');
    expect(take(state, { action: 'complete' })).toMatchObject({ code: 'incident.returned' });
    const again = after(state, { action: 'dispatch', teams: [team('t2')] }, { action: 'arrive' });
    expect(take(again, { action: 'complete' })).toMatchObject({ ok: true });
  });
});

describe('a suspension', () => {
  const suspended = (until = T0 + DAY) => after(accepted(), { action: 'suspend', reason: 'ice', until });

  it('stops the clock and goes on with what was left of it', () => {
    const before = accepted();
    const state = suspended();
    expect(state.incident).toMatchObject({ status: 'suspended', dueStage: null, dueAt: null });
    const left = (before.incident.dueAt ?? 0) - (T0 + 2 * MINUTE);
    const resumed = advance(state, step({ action: 'resume' }, 24 * 60));
    expect(resumed).toMatchObject({
      value: { next: { incident: { status: 'accepted', dueStage: 'dispatch', dueAt: T0 + DAY + left } } },
    });
  });

  it('is for once, for at most a year, and not while a team is out', () => {
    const again = after(suspended(), { action: 'resume' });
    expect(take(again, { action: 'suspend', reason: 'ice', until: T0 + DAY })).toMatchObject({
      code: 'incident.used-up',
    });
    expect(take(accepted(), { action: 'suspend', reason: 'ice', until: T0 + 367 * DAY })).toMatchObject({
      code: 'time.future',
    });
    expect(take(accepted(), { action: 'suspend', reason: 'ice', until: T0 })).toMatchObject({
      code: 'time.past',
    });
    expect(take(standingIn('handling'), { action: 'suspend', reason: 'ice', until: T0 + DAY })).toMatchObject(
      {
        code: 'incident.teams-bound',
      },
    );
  });
});

describe('an extension', () => {
  const wish: Told = { action: 'extend', reason: 'far away' };
  const reviewed: Told = { action: 'review-extension', by: OTHER };
  const approved: Told = { action: 'approve-extension', by: CHIEF };

  it('adds the original limit once more, after two others have approved', () => {
    const before = accepted();
    const state = after(before, wish, reviewed, approved);
    expect(state.incident).toMatchObject({
      dueAt: (before.incident.dueAt ?? 0) + 10 * MINUTE,
      course: { extended: 1, extension: null },
    });
  });

  it('is for twice; refused ones do not count', () => {
    const once: Told[] = [wish, reviewed, approved];
    const refused = after(accepted(), wish, { action: 'refuse-extension', reason: 'no', by: CHIEF });
    const most = after(refused, ...Array.from({ length: MOST_EXTENSIONS }, () => once).flat());
    expect(take(most, wish)).toMatchObject({ code: 'incident.used-up' });
  });

  it('comes too late once the clock has run out, also to be approved', () => {
    expect(take(accepted(), wish, 12)).toMatchObject({ code: 'incident.clock-over' });
    expect(take(after(accepted(), wish, reviewed), approved, 12)).toMatchObject({
      code: 'incident.clock-over',
    });
  });

  it('is approved by nobody who asked or reviewed', () => {
    const asked = after(accepted(), wish);
    expect(take(asked, { ...reviewed, by: PERSON })).toMatchObject({ code: 'incident.own-wish' });
    expect(take(after(asked, reviewed), { ...approved, by: OTHER })).toMatchObject({
      code: 'incident.own-wish',
    });
    expect(take(asked, approved)).toMatchObject({ code: 'incident.illegal-step' });
  });
});

describe('after the close', () => {
  const closed = () => standingIn('closed');
  const late = (FIRST_LIMITS.reopenDays * DAY) / MINUTE + 60;

  it('a visit keeps what was found; who is not satisfied reopens it, with its history', () => {
    const glad = after(closed(), { action: 'follow-up', satisfaction: 'satisfied' });
    expect(glad.incident).toMatchObject({
      status: 'closed',
      course: { followUp: { satisfaction: 'satisfied' } },
    });
    expect(take(glad, { action: 'follow-up', satisfaction: 'fair' })).toMatchObject({
      code: 'incident.used-up',
    });
    const sad = after(closed(), { action: 'follow-up', satisfaction: 'dissatisfied' });
    expect(sad.incident).toMatchObject({
      status: 'accepted',
      closedAt: null,
      dueStage: 'dispatch',
      course: { reopened: 1, followUp: { satisfaction: 'dissatisfied' } },
    });
    expect(sad.assignments).toEqual(closed().assignments);
  });

  it('has a clock for the visit, and its arrival clock runs again when it is reopened', () => {
    expect(closed().incident.course.followUp?.dueAt).toBeGreaterThan(T0 + 5 * DAY);
    const again = after(
      closed(),
      { action: 'reopen', reason: 'not done' },
      { action: 'dispatch', teams: [team('t9')] },
    );
    expect(again.incident).toMatchObject({ status: 'dispatched', dueStage: 'arrive' });
  });

  it('it is reopened within the time of the city', () => {
    expect(take(closed(), { action: 'reopen', reason: 'not done' }, late)).toMatchObject({
      code: 'incident.too-late',
    });
    expect(take(closed(), { action: 'follow-up', satisfaction: 'dissatisfied' }, late)).toMatchObject({
      code: 'incident.too-late',
    });
  });

  it('a check that fails sends it back to work with everything that was told', () => {
    const before = standingIn('handled');
    const again = after(before, { action: 'rework', reason: 'still there' });
    expect(again.incident).toMatchObject({ status: 'handling', course: { reworked: 1 } });
    expect(again.assignments).toEqual(before.assignments);
  });
});

describe('a supervision', () => {
  const wish: Told = { action: 'supervise', reason: 'three days and nothing', until: T0 + DAY, by: CHIEF };

  it('has a due time until it is answered, and is lifted by who stands above', () => {
    const open = after(accepted(), wish);
    expect(open.incident.course.supervision).toMatchObject({
      state: 'open',
      trigger: 'by-hand',
      from: idOf('city'),
      dueAt: T0 + DAY,
    });
    const answered = after(open, { action: 'answer-supervision', reason: 'a team is on its way' });
    expect(answered.incident.course.supervision).toMatchObject({ state: 'answered', dueAt: null });
    expect(after(answered, { action: 'lift-supervision', by: CHIEF }).incident.course.supervision).toBeNull();
  });

  it('wants an end, and one that is to come', () => {
    expect(take(accepted(), { ...wish, until: null })).toMatchObject({ code: 'incident.until-wanted' });
    expect(take(accepted(), { ...wish, until: T0 })).toMatchObject({ code: 'time.past' });
  });

  it('that is proposed waits for somebody to confirm it, by the limit of the city', () => {
    const proposed = after(accepted(), { action: 'propose-supervision', trigger: 'not-accepted' });
    expect(proposed.incident.course.supervision).toMatchObject({ state: 'proposed', dueAt: null });
    expect(take(proposed, { action: 'answer-supervision', reason: 'why' })).toMatchObject({ ok: false });
    const open = after(proposed, { action: 'confirm-supervision', by: CHIEF });
    expect(open.incident.course.supervision).toMatchObject({ state: 'open', trigger: 'not-accepted' });
    expect(open.incident.course.supervision?.dueAt).toBeGreaterThan(T0);
  });

  it('is proposed when the check fails twice, and when somebody is not satisfied', () => {
    const once = after(standingIn('handled'), needs('rework'));
    expect(once.incident.course.supervision).toBeNull();
    const twice = after(once, { action: 'complete' }, needs('rework'));
    expect(twice.incident.course.supervision).toMatchObject({ state: 'proposed', trigger: 'not-lawful' });
    const sad = after(standingIn('closed'), { action: 'follow-up', satisfaction: 'dissatisfied' });
    expect(sad.incident.course.supervision).toMatchObject({ state: 'proposed', trigger: 'not-lawful' });
  });

  it('ends with the incident', () => {
    const open = after(standingIn('handled'), wish);
    expect(after(open, { action: 'close' }).incident.course.supervision).toBeNull();
  });
});
