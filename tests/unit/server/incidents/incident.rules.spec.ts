import { describe, expect, it } from '@jest/globals';
import {
  ENDED_STATUSES,
  FLOW,
  INCIDENT_ACTIONS,
  INCIDENT_STATUSES,
  type IncidentAction,
  needsOf,
  nextStatus,
  TEAM_ACTIONS,
} from '@app/shared';
import { INCIDENT_FACTS, type StepGiven } from '../../../../server/src/incidents/incident-step.js';
import { advance, legalActions } from '../../../../server/src/incidents/incident.rules.js';
import { readyFor } from './ready.js';
import {
  after,
  BOOK,
  idOf,
  IMPORT,
  MINUTE,
  needs,
  PERSON,
  reported,
  SIMULATOR,
  standingIn,
  step,
  T0,
  team,
} from './story.js';

/** A merge is about two incidents: `merge.rules.spec.ts`. */
const ALONE = INCIDENT_ACTIONS.filter((action) => action !== 'merge' && action !== 'unmerge');
const CELLS = INCIDENT_STATUSES.flatMap((status) =>
  ALONE.map((action) => ({ status, action, to: nextStatus(status, action) })),
);
const NOW = T0 + 9 * MINUTE;

describe('every status and action', () => {
  it.each(CELLS.filter(({ to }) => to === undefined))(
    '$status refuses $action and says what is legal',
    (cell) => {
      const state = standingIn(cell.status);
      expect(advance(state, step(needs(cell.action), 9))).toMatchObject({
        ok: false,
        code: 'incident.illegal-step',
        detail: { from: cell.status, action: cell.action, legal: legalActions(state, NOW) },
      });
    },
  );

  it.each(CELLS.filter(({ to }) => to !== undefined))(
    '$status takes $action to $to',
    ({ status, action }) => {
      const before = readyFor(status, action);
      const decision = advance(before, step(needs(action), 9));
      const to = nextStatus(status, action, before.incident.course.pause?.from);
      expect(decision).toMatchObject({
        ok: true,
        value: {
          fact: INCIDENT_FACTS[action],
          next: { incident: { status: to, version: before.incident.version + 1 } },
        },
      });
      expect(legalActions(before, NOW)).toContain(action);
    },
  );

  it.each(CELLS.filter(({ to }) => to !== undefined))(
    '$status lists $action only where it takes it',
    (cell) => {
      // Whether there is a centre below is the tree's to say.
      const plain = cell.action === 'hand-down' ? [] : [standingIn(cell.status)];
      for (const state of [...plain, readyFor(cell.status, cell.action)]) {
        const { ok } = advance(state, step(needs(cell.action), 9));
        expect(legalActions(state, NOW).includes(cell.action)).toBe(ok);
      }
    },
  );

  it.each(INCIDENT_ACTIONS)('names the fact that %s leaves', (action) => {
    expect(INCIDENT_FACTS[action]).toMatch(/^incident\.[a-z-]+$/);
  });

  it.each(ALONE.filter((action) => needsOf(action).includes('reason')))(
    'does not %s without a reason',
    (action) => {
      const status = FLOW.find((row) => row.action === action)?.from[0] ?? 'reported';
      const told = { ...needs(action), reason: null };
      expect(advance(readyFor(status, action), step(told, 9))).toMatchObject({
        code: 'incident.reason-wanted',
      });
    },
  );
});

describe('sending teams', () => {
  const accepted = after(reported(), { action: 'accept' });

  it('wants at least one team', () => {
    expect(advance(accepted, step({ action: 'dispatch' }))).toMatchObject({ code: 'incident.team-wanted' });
  });

  it('sends several at once, each with a line of its own', () => {
    const decision = advance(
      accepted,
      step({ action: 'dispatch', teams: [team('t1'), team('t2', 'posted')] }, 2),
    );
    expect(decision).toMatchObject({
      ok: true,
      value: {
        moved: [idOf('t1'), idOf('t2')],
        lines: [
          { callSign: 't1', position: 0 },
          { callSign: 't2', position: 1 },
        ],
        next: {
          assignments: [
            { position: 0, step: 'dispatched' },
            { position: 1, step: 'dispatched' },
          ],
        },
      },
    });
  });

  it.each(['assigned', 'en-route', 'rest', 'out-of-service'] as const)(
    'names a team that is %s',
    (status) => {
      const teams = [team('t1'), team('t2', status)];
      expect(advance(accepted, step({ action: 'dispatch', teams }))).toMatchObject({
        code: 'team.unavailable',
        detail: { teams: [{ id: idOf('t2'), callSign: 't2', status }] },
      });
    },
  );

  describe('by override', () => {
    const there = { ...team('t1', 'on-scene'), duties: [{ incident: idOf('other'), number: null }] };
    const override = { teams: [{ id: there.id, incidents: [idOf('other')] }], reason: 'nearest' };
    const asked = (more: Partial<StepGiven> = {}) =>
      advance(accepted, step({ action: 'dispatch', teams: [there], override, ...more }));

    it('sends a busy team, says why, and tells the incident that it is on', () => {
      expect(asked()).toMatchObject({
        ok: true,
        value: {
          lines: [{ reason: 'nearest', flags: ['team-was-busy'] }],
          shares: [{ incident: idOf('other'), team: there.id, reason: 'nearest' }],
        },
      });
    });

    it.each<[string, Partial<StepGiven>]>([
      [
        'one that is bound elsewhere too',
        { override: { ...override, teams: [{ id: there.id, incidents: [] }] } },
      ],
      [
        'one that it does not name',
        { override: { ...override, teams: [{ id: idOf('t2'), incidents: [] }] } },
      ],
      ['one that rests', { teams: [{ ...there, status: 'rest' }] }],
      ['one out of service', { teams: [{ ...there, status: 'out-of-service' }] }],
      ['any for the simulator', { by: SIMULATOR }],
    ])('never sends %s', (_, more) => {
      const state = { ...accepted, incident: { ...accepted.incident, simulated: true } };
      const decision = advance(state, step({ action: 'dispatch', teams: [there], override, ...more }));
      expect(decision).toMatchObject({ code: 'team.unavailable' });
    });

    it('never sends who is under another command', () => {
      expect(asked({ teams: [{ ...there, forces: { 'armed-police': 6 } }] })).toMatchObject({
        code: 'team.other-command',
      });
    });
  });

  it.each([
    ['armed police', { 'armed-police': 6 }, 'armed-police-only'],
    ['militia where police powers are wanted', { militia: 6 }, 'militia-alone'],
  ])('never orders %s', (_, forces, reason) => {
    const disorder = after(reported(PERSON, { category: 'disorder' }), { action: 'accept' });
    const teams = [team('t1'), { ...team('t2'), forces }];
    expect(advance(disorder, step({ action: 'dispatch', teams }))).toMatchObject({
      code: 'team.other-command',
      detail: { teams: [{ id: idOf('t2'), callSign: 't2', reason }] },
    });
  });

  it('keeps what a recording says was ordered', () => {
    const state = after(reported(IMPORT), { action: 'accept', by: IMPORT });
    const teams = [{ ...team('t1'), forces: { 'armed-police': 6 } }];
    expect(after(state, { action: 'dispatch', teams, by: IMPORT }).assignments).toHaveLength(1);
  });

  it('keeps a busy team that a recording sent, with a flag', () => {
    const state = after(reported(IMPORT), { action: 'accept', by: IMPORT });
    const told = { action: 'dispatch', teams: [team('t1', 'working')], by: IMPORT } as const;
    expect(after(state, told).assignments[0]?.flags).toEqual(['team-was-busy']);
  });
});

describe('steps of teams', () => {
  it('moves the only open team when none is named', () => {
    expect(after(standingIn('dispatched'), { action: 'depart' }).assignments[0]?.step).toBe('departed');
  });

  it('asks which when several are open', () => {
    const state = after(standingIn('dispatched'), { action: 'dispatch', teams: [team('t2')] });
    expect(advance(state, step({ action: 'arrive' }, 5))).toMatchObject({
      code: 'incident.team-wanted',
      detail: { open: [idOf('t1'), idOf('t2')] },
    });
  });

  it('refuses a team that was never sent', () => {
    const told = step({ action: 'arrive', teams: [team('t9')] }, 5);
    expect(advance(standingIn('dispatched'), told)).toMatchObject({ code: 'incident.illegal-step' });
  });

  it('skips forward past steps that nobody told', () => {
    const state = after(standingIn('dispatched'), { action: 'arrive' });
    expect(state.assignments[0]).toMatchObject({ step: 'arrived', flags: [] });
    expect(state.incident.arrivedAt).toBe(T0 + 3 * MINUTE);
  });

  it('a departure told after the arrival fills its time and moves nothing back', () => {
    const state = standingIn('dispatched');
    const there = advance(state, step({ action: 'arrive' }, 6));
    if (!there.ok) throw new Error(there.code);
    const late = advance(there.value.next, step({ action: 'depart', at: T0 + 4 * MINUTE }, 7));
    expect(late).toMatchObject({
      ok: true,
      value: {
        moved: [],
        lines: [{ fact: 'incident.departed', flags: ['out-of-order'] }],
        next: {
          incident: { status: 'handling' },
          assignments: [
            {
              step: 'arrived',
              flags: ['out-of-order'],
              times: { departed: T0 + 4 * MINUTE, arrived: T0 + 6 * MINUTE },
            },
          ],
        },
      },
    });
  });

  it('a step told with a time before its predecessor is kept as told and gives no negative duration', () => {
    const state = standingIn('dispatched');
    const early = advance(state, step({ action: 'arrive', at: T0 - 5 * MINUTE }, 6));
    if (!early.ok) throw new Error(early.code);
    const { incident, assignments } = early.value.next;
    expect(assignments[0]).toMatchObject({ times: { arrived: T0 - 5 * MINUTE }, flags: ['out-of-order'] });
    expect(incident.arrivedAt).toBe(incident.dispatchedAt);
    expect(incident.statusAt).toBeGreaterThanOrEqual(state.incident.statusAt);
  });

  it('does not take the same step twice', () => {
    const state = after(standingIn('dispatched'), { action: 'arrive' });
    expect(advance(state, step({ action: 'arrive' }, 9))).toMatchObject({ code: 'incident.illegal-step' });
  });

  it('lets nobody decline on the way', () => {
    const state = after(standingIn('dispatched'), { action: 'depart' });
    expect(advance(state, step({ action: 'decline' }, 9))).toMatchObject({ code: 'incident.illegal-step' });
  });

  it('asks a person why a team declines, named or not, and keeps what its handheld said without a word', () => {
    const sent = standingIn('dispatched');
    for (const teams of [[], [team('t1')]])
      expect(advance(sent, step({ action: 'decline', teams }, 9))).toMatchObject({
        code: 'incident.reason-wanted',
      });
    const by = { ...PERSON, team: idOf('t1') };
    const told = advance(sent, step({ action: 'decline', teams: [team('t1')], by }, 9));
    expect(told).toMatchObject({ ok: true, value: { lines: [{ flags: ['reason-unsaid'] }] } });
    const said = advance(sent, step({ action: 'decline', teams: [team('t1')], by, reason: 'flat' }, 9));
    expect(said).toMatchObject({ ok: true, value: { lines: [{ flags: [], reason: 'flat' }] } });
    expect(after(sent, { action: 'decline', by: IMPORT }).assignments[0]?.flags).toEqual([]);
  });

  it.each(['recall', 'decline'] as const)('%s of one of two leaves the status', (action) => {
    const two = after(standingIn('dispatched'), { action: 'dispatch', teams: [team('t2')] });
    expect(after(two, { action, teams: [team('t2')], reason: 'flat tyre' }).incident.status).toBe(
      'dispatched',
    );
  });

  it.each(['recall', 'decline'] as const)('%s of the last one asks for another team', (action) => {
    const { incident, assignments } = after(standingIn('dispatched'), {
      action,
      reason: 'flat tyre',
    });
    expect(incident).toMatchObject({ status: 'accepted', dueStage: 'dispatch' });
    expect(assignments[0]?.endedAt).not.toBeNull();
  });

  it('sends a recalled team a second time as an assignment of its own', () => {
    const again = { ...team('t1'), assignment: idOf('second') };
    const state = after(
      standingIn('dispatched'),
      { action: 'recall' },
      { action: 'dispatch', teams: [again] },
    );
    expect(state.assignments.map(({ id, step }) => [id, step])).toEqual([
      [idOf('a-t1'), 'recalled'],
      [idOf('second'), 'dispatched'],
    ]);
  });
});

describe('completing', () => {
  it('clears whoever is still open, each with a line, and then tells its own', () => {
    const state = after(
      standingIn('dispatched'),
      { action: 'dispatch', teams: [team('t2')] },
      { action: 'arrive', teams: [team('t1')] },
    );
    const decision = advance(state, step({ action: 'complete', note: 'done', externalId: 'x' }, 9));
    expect(decision).toMatchObject({
      ok: true,
      value: {
        moved: [idOf('t1'), idOf('t2')],
        lines: [
          { fact: 'incident.cleared', callSign: 't1', derived: true, note: null, externalId: null },
          { fact: 'incident.cleared', callSign: 't2', derived: true, note: null, externalId: null },
          { fact: 'incident.completed', team: null, note: 'done', externalId: 'x', position: 2 },
        ],
        next: { incident: { status: 'handled', handledAt: T0 + 9 * MINUTE } },
      },
    });
  });

  it.each(ENDED_STATUSES.filter((status) => status !== 'merged'))('%s keeps when it ended', (status) => {
    expect(standingIn(status).incident.closedAt).not.toBeNull();
  });

  it('wants evidence where the city asks for it, and says what was seen', () => {
    const rules = [
      { action: 'complete', category: 'traffic', what: 'photo', least: 2 },
      { action: 'close', category: null, what: 'any', least: 1 },
    ] as const;
    const book = { ...BOOK, flow: { ...BOOK.flow, evidence: [...rules] } };
    const there = standingIn('handling');
    const told = { action: 'complete', book } as const;
    expect(advance(there, step({ ...told, evidence: { photos: 1, files: 9 } }, 9))).toMatchObject({
      code: 'incident.evidence-wanted',
      detail: { action: 'complete', seen: { photo: 1 }, wanted: { photo: 2 } },
    });
    const done = advance(there, step({ ...told, evidence: { photos: 2, files: 0 } }, 9));
    if (!done.ok) throw new Error(done.code);
    const { next } = done.value;
    expect(advance(next, step({ action: 'close', book }, 10))).toMatchObject({
      code: 'incident.evidence-wanted',
      detail: { seen: { any: 0 }, wanted: { any: 1 } },
    });
    const seen = { photos: 0, files: 1 };
    expect(advance(next, step({ action: 'close', book, evidence: seen }, 10))).toMatchObject({ ok: true });
    // Neither what a recording tells nor what was made up has pictures.
    for (const by of [IMPORT, SIMULATOR]) {
      const state = { ...there, incident: { ...there.incident, simulated: by === SIMULATOR } };
      expect(advance(state, step({ ...told, by }, 9))).toMatchObject({ ok: true });
    }
  });

  it('wants a reason for a rejection', () => {
    expect(advance(reported(), step({ action: 'reject' }))).toMatchObject({ code: 'incident.reason-wanted' });
  });
});

describe('the clocks', () => {
  const stages = (...statuses: Parameters<typeof standingIn>[0][]) =>
    statuses.map((status) => standingIn(status).incident.dueStage);

  it('run by stage and stop when it is done', () => {
    expect(stages('reported', 'accepted', 'dispatched', 'handling', 'handled', 'closed', 'rejected')).toEqual(
      ['accept', 'dispatch', 'arrive', 'arrive', null, null, null],
    );
  });

  it('keep their due time within a stage', () => {
    expect(standingIn('handling').incident.dueAt).toBe(standingIn('dispatched').incident.dueAt);
  });

  it('are measured from when we hear of a step, with a fifth of the limit left at the warning', () => {
    const { incident } = reported();
    expect(incident).toMatchObject({
      dueAt: T0 + 15 * MINUTE,
      soonAt: T0 + 12 * MINUTE,
      acceptDueAt: T0 + 15 * MINUTE,
    });
    const told = step({ action: 'accept', at: T0 + MINUTE, now: T0 + 4 * MINUTE });
    expect(advance(reported(), told)).toMatchObject({
      value: { next: { incident: { acceptedAt: T0 + MINUTE, dueAt: T0 + 14 * MINUTE } } },
    });
  });

  it('stop when somebody is there', () => {
    expect(after(standingIn('dispatched'), { action: 'arrive' }).incident.dueStage).toBeNull();
  });

  it('go on while another team is on the way, and stop when all have cleared', () => {
    const two = after(standingIn('dispatched'), { action: 'dispatch', teams: [team('t2')] });
    const one = after(two, { action: 'clear', teams: [team('t1')] });
    expect(one.incident.dueStage).toBe('arrive');
    expect(after(one, { action: 'clear', teams: [team('t2')] }).incident.dueStage).toBeNull();
  });

  it('go on when an import tells a step of a live incident, and none starts by it', () => {
    const sent = standingIn('dispatched');
    const known = after(sent, { action: 'acknowledge', by: IMPORT });
    expect(known.incident.dueAt).toBe(sent.incident.dueAt);
    expect(after(sent, { action: 'recall', by: IMPORT }).incident.dueStage).toBeNull();
  });

  it('never run for what an import tells', () => {
    const state = standingIn('dispatched', IMPORT);
    expect([reported(IMPORT).incident.dueAt, state.incident.dueAt, state.incident.arriveDueAt]).toEqual([
      null,
      null,
      null,
    ]);
  });
});

describe('the simulator', () => {
  it('drives what it reported, until a person touches it', () => {
    const mine = after(reported(SIMULATOR), { action: 'accept', by: SIMULATOR });
    expect(mine.incident.simulated).toBe(true);
    const touched = after(mine, { action: 'dispatch', teams: [team('t1')], by: PERSON });
    expect(touched.incident.simulated).toBe(false);
    expect(advance(touched, step({ action: 'arrive', by: SIMULATOR }, 9))).toMatchObject({
      code: 'role.denied',
    });
  });

  it('never touches what a person reported', () => {
    expect(advance(reported(PERSON), step({ action: 'accept', by: SIMULATOR }))).toMatchObject({
      code: 'role.denied',
    });
  });
});

describe('a recording that is out of order', () => {
  it('tells a hospital before acceptance and dispatch, and the rest fills in', () => {
    const at = (second: number) => ({ at: T0 + second * 1000, by: IMPORT });
    const am = [team('AM112', 'working')];
    const state = after(
      reported(IMPORT),
      { action: 'deliver', teams: am, ...at(103) },
      { action: 'accept', ...at(123) },
      { action: 'dispatch', teams: [...am, team('E13')], ...at(133) },
      { action: 'depart', teams: am, ...at(405) },
      { action: 'arrive', teams: am, ...at(547) },
      { action: 'transport', teams: am, ...at(934) },
      { action: 'clear', teams: am, ...at(4_890) },
      { action: 'clear', teams: [team('E13')], ...at(420) },
      { action: 'complete', ...at(4_890) },
    );
    const [ambulance] = state.assignments;
    expect(ambulance).toMatchObject({
      callSign: 'AM112',
      step: 'cleared',
      flags: ['out-of-order'],
      times: {
        delivered: T0 + 103_000,
        dispatched: T0 + 133_000,
        departed: T0 + 405_000,
        arrived: T0 + 547_000,
        transporting: T0 + 934_000,
        cleared: T0 + 4_890_000,
      },
    });
    const { incident } = state;
    const stages = [
      incident.occurredAt,
      incident.acceptedAt,
      incident.dispatchedAt,
      incident.arrivedAt,
      incident.handledAt,
    ];
    expect(stages).toEqual([...stages].sort((a, b) => Number(a) - Number(b)));
  });

  it('tells an arrival after the team was available again', () => {
    const cleared = after(standingIn('dispatched', IMPORT), { action: 'clear', by: IMPORT });
    const late = after(cleared, { action: 'arrive', teams: [team('t1')], at: T0 + 30 * MINUTE, by: IMPORT });
    expect(late.assignments).toHaveLength(1);
    expect(late.assignments[0]).toMatchObject({ step: 'cleared', times: { arrived: T0 + 30 * MINUTE } });
  });

  it.each(Object.keys(TEAM_ACTIONS) as IncidentAction[])(
    'a person may not tell %s of a closed incident',
    (action) => {
      expect(advance(standingIn('closed'), step({ action, teams: [team('t1')] }, 9))).toMatchObject({
        ok: false,
      });
    },
  );
});
