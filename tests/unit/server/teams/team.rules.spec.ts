import { describe, expect, it } from '@jest/globals';
import { FREE_STATUSES, OWN_STATUSES, TEAM_STATUSES, type TeamDraft } from '@app/shared';
import {
  cardOf,
  changeTeam,
  moveTeam,
  newTeam,
  relieveTeam,
  type TeamMove,
} from '../../../../server/src/teams/team.rules.js';
import type { TeamRow } from '../../../../server/src/teams/team.table.js';

const AT = Date.UTC(2026, 10, 24, 8);
const LATER = AT + 60_000;
const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [TEAM, HOME, OTHER, FIRST, SECOND] = [id(1), id(2), id(3), id(4), id(5)];

const draft: TeamDraft = {
  callSign: '雄关两洞幺',
  centre: HOME,
  mode: 'vehicle',
  tier: 3,
  forces: { police: 2, militia: 4 },
};
const team: TeamRow = { ...newTeam(TEAM, draft, AT).next, seenBy: [TEAM, HOME] };
const move: TeamMove = { status: 'assigned', incidents: [FIRST], parties: [OTHER], at: LATER };

describe('a new team', () => {
  it('is available at version 1', () => {
    const { next, fact } = newTeam(TEAM, draft, AT);
    expect(fact).toBe('team.created');
    expect(next).toMatchObject({
      status: 'available',
      version: 1,
      statusAt: AT,
      closedAt: null,
      incidents: [],
    });
  });

  it('shares with each centre once', () => {
    expect(newTeam(TEAM, { ...draft, sharedWith: [OTHER, OTHER] }, AT).next.sharedWith).toEqual([OTHER]);
  });
});

describe('a team that an incident moves', () => {
  it('is assigned when the incident is new to it, and seen by its parties', () => {
    const { next, fact } = moveTeam(team, move);
    expect(fact).toBe('team.assigned');
    expect(next).toMatchObject({
      status: 'assigned',
      statusAt: LATER,
      version: 2,
      incidents: [FIRST],
      parties: [OTHER],
    });
  });

  it('is assigned again by a second incident, though its status stays', () => {
    const { next } = moveTeam(team, move);
    const again = moveTeam(next, { ...move, incidents: [FIRST, SECOND], at: LATER + 1 });
    expect(again.fact).toBe('team.assigned');
    expect(again.next.statusAt).toBe(LATER);
  });

  it('moves with its steps and comes free with the last', () => {
    const { next: assigned } = moveTeam(team, move);
    const { next: onScene, fact } = moveTeam(assigned, { ...move, status: 'on-scene' });
    expect(fact).toBe('team.moved');
    const freed = moveTeam(onScene, { status: 'available', incidents: [], parties: [], at: LATER });
    expect(freed.fact).toBe('team.moved');
    expect(freed.next).toMatchObject({ status: 'available', incidents: [], parties: [], version: 4 });
  });

  it('only changes when nothing but the parties do', () => {
    const { next } = moveTeam(team, move);
    expect(moveTeam(next, { ...move, parties: [OTHER, SECOND] }).fact).toBe('team.changed');
  });
});

describe('a team whose shift begins or ends', () => {
  const relieved = (status: (typeof TEAM_STATUSES)[number], isOn: boolean, part: Partial<TeamRow> = {}) =>
    relieveTeam({ ...team, ...part, status }, { isOn, at: LATER })?.next.status;

  it.each(TEAM_STATUSES)('%s: goes on patrol from its rest, and to its rest from what is free', (status) => {
    expect(relieved(status, true)).toBe(status === 'rest' ? 'patrolling' : undefined);
    expect(relieved(status, false)).toBe(FREE_STATUSES.includes(status) ? 'rest' : undefined);
    expect(relieved(status, false, { incidents: [FIRST] })).toBeUndefined();
  });
});

describe('a team that people change', () => {
  it.each(TEAM_STATUSES)('takes %s only where it is its own to set', (status) => {
    const decision = changeTeam(team, { version: 1, status }, LATER);
    if (OWN_STATUSES.includes(status)) expect(decision).toMatchObject({ ok: true });
    else expect(decision).toMatchObject({ ok: false, code: 'team.illegal-status' });
  });

  it.each(OWN_STATUSES)('does not become %s while an assignment is open', (status) => {
    const { next } = moveTeam(team, move);
    expect(changeTeam(next, { version: 2, status }, LATER)).toMatchObject({ ok: false, code: 'team.busy' });
  });

  it('says itself how it goes on the scene, and nothing of the way there', () => {
    const { next: onScene } = moveTeam(team, { ...move, status: 'on-scene' });
    const decision = changeTeam(onScene, { version: 2, status: 'backup' }, LATER);
    expect(decision).toMatchObject({ value: { fact: 'team.status', next: { status: 'backup' } } });
    const { next: assigned } = moveTeam(team, move);
    expect(changeTeam(assigned, { version: 2, status: 'working' }, LATER)).toMatchObject({
      code: 'team.illegal-status',
      detail: { from: 'assigned', wanted: [] },
    });
  });

  it('keeps what it has with it unless told otherwise', () => {
    const outfit = {
      lead: 'militia',
      equipment: ['aed'],
      post: { place: '东门', lng: 98.2, lat: 39.8 },
    } as const;
    const changed = changeTeam(team, { version: 1, ...outfit, equipment: ['aed', 'aed'] }, LATER);
    if (!changed.ok) throw new Error(changed.code);
    expect(changed.value.next).toMatchObject(outfit);
    expect(cardOf(changed.value.next).lead).toBe('militia');
    expect(changeTeam(changed.value.next, { version: 2, post: null }, LATER)).toMatchObject({
      value: { next: { lead: 'militia', equipment: ['aed'], post: null } },
    });
  });

  it('is not closed while an assignment is open', () => {
    const { next } = moveTeam(team, move);
    expect(changeTeam(next, { version: 2, close: {} }, LATER)).toMatchObject({
      ok: false,
      code: 'team.busy',
    });
  });

  it('keeps its status time when its status stays', () => {
    const decision = changeTeam(team, { version: 1, status: 'available', callSign: '雄关三洞幺' }, LATER);
    expect(decision).toMatchObject({
      ok: true,
      value: { fact: 'team.changed', next: { statusAt: AT, callSign: '雄关三洞幺', version: 2 } },
    });
  });

  it('refuses a stale version and shows the current team', () => {
    expect(changeTeam(team, { version: 7, tier: 1 }, LATER)).toEqual({
      ok: false,
      code: 'team.stale',
      detail: { seen: 7, current: cardOf(team) },
    });
  });

  it('is closed with a successor and then unknown', () => {
    const closed = changeTeam(team, { version: 1, close: { successor: OTHER } }, LATER);
    if (!closed.ok) throw new Error(closed.code);
    expect(closed.value).toMatchObject({ fact: 'team.closed', next: { closedAt: LATER, successor: OTHER } });
    expect(changeTeam(closed.value.next, { version: 2, tier: 1 }, LATER)).toMatchObject({
      code: 'team.unknown',
    });
  });
});
