import { describe, expect, it } from '@jest/globals';
import {
  actionsFrom,
  ALERT_ACTIONS,
  ALERT_FLOW,
  ALERT_STATES,
  ENDED_ALERT_STATES,
  ENDED_STATUSES,
  EVIDENCE_ACTIONS,
  evidenceRuleFor,
  FIRST_CLOCKS,
  FLOW,
  FLOW_LEVELS,
  FLOW_NEEDS,
  FLOW_PARTIES,
  flowRow,
  INCIDENT_ACTIONS,
  INCIDENT_STATUSES,
  IncidentQuery,
  IncidentReport,
  nextStatus,
  STEP_STATUS,
  TEAM_ACTIONS,
  TEAM_STATUSES,
} from '@app/shared';

describe('the flow of incidents', () => {
  it.each(INCIDENT_STATUSES)('leads on from %s to known statuses by known actions', (status) => {
    for (const action of actionsFrom(status)) {
      expect(INCIDENT_ACTIONS).toContain(action);
      expect(INCIDENT_STATUSES).toContain(nextStatus(status, action));
    }
  });

  it.each(ENDED_STATUSES)(
    'leads on from %s to nothing but the work once more, or another label',
    (status) => {
      for (const action of actionsFrom(status))
        expect(['reopen', 'follow-up', 'unmerge', 'seal', 'unseal']).toContain(action);
    },
  );

  it.each(INCIDENT_ACTIONS)('takes %s somewhere, by somebody', (action) => {
    expect(INCIDENT_STATUSES.some((status) => nextStatus(status, action) !== undefined)).toBe(true);
    const rows = FLOW.filter((row) => row.action === action);
    for (const { roles, parties, needs, level } of rows) {
      // What nobody takes is for the product itself, when something falls due.
      expect(roles.length > 0 && parties.length > 0).toBe(action !== 'propose-supervision');
      expect(roles).not.toContain('display');
      expect(roles).not.toContain('admin');
      expect(FLOW_PARTIES).toEqual(expect.arrayContaining([...parties]));
      expect(FLOW_NEEDS).toEqual(expect.arrayContaining([...needs]));
      expect(FLOW_LEVELS).toContain(level);
    }
    // Screens ask for the same words wherever an action is taken.
    expect(new Set(rows.map(({ needs }) => needs.join())).size).toBe(1);
    expect(new Set(rows.map(({ level }) => level)).size).toBe(1);
    expect(rows.every((row) => row.hasEvidence === EVIDENCE_ACTIONS.some((one) => one === action))).toBe(
      true,
    );
  });

  it('asks evidence by the rule of a category before the one for all, and none where it asks for none', () => {
    const rule = { action: 'complete', what: 'any', least: 2 } as const;
    const rules = [
      { ...rule, category: null },
      { ...rule, category: 'fire', least: 0 } as const,
      { ...rule, category: 'dispute', what: 'photo', least: 1 } as const,
    ];
    expect(evidenceRuleFor(rules, 'complete', 'traffic')).toMatchObject({ what: 'any', least: 2 });
    expect(evidenceRuleFor(rules, 'complete', 'dispute')).toMatchObject({ what: 'photo', least: 1 });
    expect(evidenceRuleFor(rules, 'complete', 'fire')).toBeUndefined();
    expect(evidenceRuleFor(rules, 'close', 'traffic')).toBeUndefined();
  });

  it('has one row for each action and status at most', () => {
    const cells = FLOW.flatMap(({ action, from }) => from.map((status) => `${status} ${action}`));
    expect(new Set(cells).size).toBe(cells.length);
    for (const status of INCIDENT_STATUSES)
      for (const action of actionsFrom(status)) expect(flowRow(status, action)).toMatchObject({ action });
  });

  it.each(['reported', 'accepted', 'handling', 'handled'] as const)(
    'goes on from %s by a main step; from dispatched its teams lead on',
    (status) => {
      expect(FLOW.some(({ from, isMain }) => isMain && from.includes(status))).toBe(true);
    },
  );

  it('reaches every status', () => {
    const reached = new Set<string>(['reported']);
    for (const status of INCIDENT_STATUSES)
      for (const action of actionsFrom(status)) reached.add(nextStatus(status, action) ?? '');
    expect(INCIDENT_STATUSES.filter((status) => !reached.has(status))).toEqual([]);
  });

  it('allows a team its actions only where teams may be', () => {
    for (const status of INCIDENT_STATUSES)
      for (const action of actionsFrom(status))
        if (action in TEAM_ACTIONS) expect(['dispatched', 'handling']).toContain(status);
  });

  it('gives every step of an assignment a team status', () => {
    for (const step of Object.values(TEAM_ACTIONS)) expect(TEAM_STATUSES).toContain(STEP_STATUS[step]);
  });

  it.each(['accept', 'dispatch', 'arrive'] as const)('gives graver incidents no longer for %s', (stage) => {
    const limits = FIRST_CLOCKS[stage];
    expect([limits[1], limits[2], limits[3], limits[4]]).toEqual(
      [limits[1], limits[2], limits[3], limits[4]].sort((a, b) => a - b),
    );
  });
});

describe('the flow of alerts', () => {
  it.each(ALERT_STATES)('has a row for %s that leads to known states by known actions', (state) => {
    for (const [action, to] of Object.entries(ALERT_FLOW[state])) {
      expect(ALERT_ACTIONS).toContain(action);
      expect(ALERT_STATES).toContain(to);
    }
    expect(Object.keys(ALERT_FLOW[state]).length === 0).toBe(ENDED_ALERT_STATES.includes(state));
  });
});

describe('what comes over the wire', () => {
  const report = { category: 'fire', severity: 2, lng: 98.29, lat: 39.77 };

  it('takes a report with what it must have', () => {
    expect(IncidentReport.parse(report)).toEqual(report);
  });

  it.each([
    ['an unknown field', { ...report, caller: 'somebody' }],
    ['a category that is none', { ...report, category: 'arson' }],
    ['a severity of 5', { ...report, severity: 5 }],
    ['a severity as text', { ...report, severity: '2' }],
    ['a latitude of 91', { ...report, lat: 91 }],
    ['a place that is no number', { ...report, lng: null }],
    ['a time without an offset', { ...report, occurredAt: '2026-11-24T08:00:00' }],
  ])('refuses a report with %s', (_, seen) => {
    expect(IncidentReport.safeParse(seen).success).toBe(false);
  });

  it('reads lists in a query', () => {
    const query = { status: 'reported,handling', severity: '1,2', open: 'true', limit: '20' };
    expect(IncidentQuery.parse(query)).toEqual({
      status: ['reported', 'handling'],
      severity: [1, 2],
      open: true,
      limit: 20,
    });
  });

  it.each([{ status: 'lost' }, { severity: '1,5' }, { limit: '201' }, { open: 'yes' }, { page: '2' }])(
    'refuses the query %j',
    (query) => {
      expect(IncidentQuery.safeParse(query).success).toBe(false);
    },
  );
});
