import { describe, expect, it } from '@jest/globals';
import { DEPARTMENT_ACTIONS, IncidentCard, TEAM_ACTIONS, type TeamAction } from '@app/shared';
import { teamActionsOf } from '../../../../server/src/incidents/assignment.rules.js';
import type { DepartmentSeen } from '../../../../server/src/incidents/department.rules.js';
import type { IncidentState } from '../../../../server/src/incidents/incident-step.js';
import { cardOf } from '../../../../server/src/incidents/incident-view.js';
import { advance } from '../../../../server/src/incidents/incident.rules.js';
import { merge } from '../../../../server/src/incidents/merge.rules.js';
import { after, idOf, reported, standingIn, step, team, type Told } from './story.js';

const department = (name: string, more: Partial<DepartmentSeen> = {}): DepartmentSeen => ({
  id: idOf(name),
  centre: idOf('e1'),
  names: { hans: name, hant: '', en: '' },
  isOpen: true,
  assignment: idOf(`a-${name}`),
  ...more,
});
const SQUAD = department('d1');
const SENT: Told = { action: 'dispatch', departments: [SQUAD] };
const accepted = standingIn('accepted');
const sent = after(accepted, SENT);
const said = (action: TeamAction): Told => ({
  action,
  departments: [SQUAD],
  ...(action === 'decline' ? { reason: 'not ours' } : {}),
});
const refusal = (state: IncidentState, told: Told) => {
  const decision = advance(state, step(told, state.incident.version));
  return decision.ok ? undefined : decision.code;
};
const bothSent = after(accepted, { ...SENT, teams: [team('t1')] });

describe('a department that is sent', () => {
  it('alone dispatches the incident, starts the clock of the arrival, and moves no team', () => {
    const decision = advance(accepted, step(SENT, 3));
    expect(decision).toMatchObject({
      ok: true,
      value: {
        next: {
          incident: { status: 'dispatched', dueStage: 'arrive' },
          assignments: [{ team: null, department: { id: SQUAD.id, centre: idOf('e1') }, callSign: 'd1' }],
        },
        moved: [],
        lines: [{ team: null, callSign: 'd1', about: { department: { id: SQUAD.id } } }],
      },
    });
  });

  it('goes beside a team, each with a place of its own', () => {
    expect(bothSent.assignments.map(({ position, team: one }) => [position, one])).toEqual([
      [0, idOf('t1')],
      [1, null],
    ]);
  });

  it('stands on the card only while it is on it, and never among the teams', () => {
    expect(IncidentCard.parse(cardOf(bothSent))).toMatchObject({
      teams: [{ id: idOf('t1') }],
      departments: [{ id: SQUAD.id, step: 'dispatched' }],
    });
    expect(cardOf(after(bothSent, said('recall')))).not.toHaveProperty('departments');
  });

  it.each([
    ['of another centre', department('d2', { centre: idOf('w1') }), 'department.unknown'],
    ['that is closed', department('d2', { isOpen: false }), 'department.closed'],
    ['that is on it already', SQUAD, 'incident.illegal-step'],
  ])('is not one %s', (_, other, code) => {
    expect(refusal(sent, { action: 'dispatch', departments: [other] })).toBe(code);
  });

  it('and no team and no department is nobody', () => {
    expect(refusal(accepted, { action: 'dispatch' })).toBe('incident.team-wanted');
  });

  it('may be sent again once it is done', () => {
    const again = after(sent, said('clear'), {
      ...SENT,
      departments: [{ ...SQUAD, assignment: idOf('a-2') }],
    });
    expect(again.assignments.map(({ step: at }) => at)).toEqual(['cleared', 'dispatched']);
  });
});

describe('what the desk tells of a department', () => {
  it.each([
    ['acknowledge', 'handling', 'arrive'],
    ['arrive', 'handling', null],
    ['clear', 'handling', null],
    ['decline', 'accepted', 'dispatch'],
    ['recall', 'accepted', 'dispatch'],
  ] as const)('%s leads to %s with the clock of a team: %s', (action, status, dueStage) => {
    const ofTeam = after(
      accepted,
      { action: 'dispatch', teams: [team('t1')] },
      { action, reason: 'not ours' },
    );
    const ofDepartment = after(sent, said(action));
    expect(ofDepartment.incident).toMatchObject({ status, dueStage });
    expect(ofDepartment.incident.dueAt).toBe(ofTeam.incident.dueAt);
    expect(ofDepartment.assignments[0]?.step).toBe(TEAM_ACTIONS[action]);
  });

  it('is five of the steps of a team', () => {
    expect(sent.assignments.flatMap(teamActionsOf).sort()).toEqual([...DEPARTMENT_ACTIONS].sort());
    for (const action of ['depart', 'transport', 'deliver'] as const)
      expect([action, refusal(sent, said(action))]).toEqual([action, 'incident.illegal-step']);
  });

  it('says why it declines, also where only one is on it and none is named', () => {
    expect(refusal(sent, { action: 'decline', departments: [SQUAD] })).toBe('incident.reason-wanted');
    expect(refusal(sent, { action: 'decline' })).toBe('incident.reason-wanted');
    expect(refusal(sent, { action: 'depart' })).toBe('incident.illegal-step');
    const declined = after(sent, said('decline')).incident;
    expect(declined.course.returned).toMatchObject({ what: 'department', by: SQUAD.id });
    expect(refusal(after(sent, said('decline')), { action: 'complete' })).toBe('incident.returned');
    expect(after(after(sent, said('decline')), { action: 'dispatch', teams: [team('t1')] })).toMatchObject({
      incident: { status: 'dispatched', course: { returned: null } },
    });
  });

  it('leaves the incident where it is while a team is still on it', () => {
    expect(after(bothSent, said('recall')).incident.status).toBe('dispatched');
    expect(after(bothSent, said('decline')).incident.course.returned).toBeNull();
  });

  it('is of one that was sent', () => {
    expect(refusal(sent, { action: 'arrive', departments: [department('d9')] })).toBe(
      'incident.illegal-step',
    );
  });

  it('ends with the incident, and holds it from being suspended', () => {
    const there = after(sent, said('arrive'));
    expect(refusal(there, { action: 'suspend', reason: 'r', until: step(SENT).now + 86_400_000 })).toBe(
      'incident.teams-bound',
    );
    const done = advance(there, step({ action: 'complete' }, 9));
    expect(done).toMatchObject({
      value: {
        next: { incident: { status: 'handled' }, assignments: [{ step: 'cleared' }] },
        lines: [{ action: 'clear', callSign: 'd1', about: { department: { id: SQUAD.id } } }, {}],
        moved: [],
      },
    });
  });
});

it('goes along when its incident is merged, and is recalled where it was sent to both', () => {
  const renamed = (state: IncidentState): IncidentState => ({
    incident: { ...state.incident, id: idOf('other'), number: 'other' },
    assignments: state.assignments.map((one) => ({ ...one, id: idOf('ax'), incident: idOf('other') })),
  });
  const merging = step({ action: 'merge' }, 9);
  const along = merge(sent, renamed(after(reported(), { action: 'accept' })), merging);
  expect(along).toMatchObject({
    value: {
      kept: { next: { incident: { status: 'dispatched' }, assignments: [{ department: { id: SQUAD.id } }] } },
      teams: [],
    },
  });
  expect(merge(sent, renamed(sent), merging)).toMatchObject({
    value: { gone: { next: { assignments: [{ step: 'recalled', flags: ['merged'] }] } }, teams: [] },
  });
});
