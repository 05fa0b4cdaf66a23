import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  FLOW,
  type FlowLevel,
  flowRow,
  type FlowRules,
  type FlowNeed,
  INCIDENT_ACTIONS,
  INCIDENT_STATUSES,
  type Incident,
  type IncidentAction,
  type IncidentStatus,
  needsOf,
  nextStatus,
} from '@app/shared';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Person } from '../support/app.js';
import { fireIn } from '../support/fire.js';
import { act, FourLevels, read, refused, type Refused, tell } from '../support/four-levels.js';

const reason = '按流程办理';
const soon = () => new Date(Date.now() + 3_600_000).toISOString();

/** What lacks, in words of the door. */
const WANTED: Readonly<Record<FlowNeed, string>> = {
  reason: 'incident.reason-wanted',
  teams: 'incident.team-wanted',
  team: 'incident.team-wanted',
  centre: 'incident.centre-wanted',
  offer: 'incident.offer-wanted',
  until: 'incident.until-wanted',
  satisfaction: 'incident.satisfaction-wanted',
  into: 'incident.into-wanted',
  change: 'incident.change-wanted',
  correction: 'incident.correction-wanted',
};
/** Where one is open it need not be named. */
const NEEDLESS: readonly FlowNeed[] = ['team', 'offer'];

let house: FourLevels;
/** `origin` reports, `holder` has the duty, `above` stands over it, `beside` may help, `foreign` sees nothing. */
let origin: Person;
let holder: Person;
let second: Person;
let third: Person;
let above: Person;
let above2: Person;
let city: Person;
let city2: Person;
let beside: Person;
let foreign: Person;
let watching: Person;

beforeAll(async () => {
  house = await FourLevels.open();
  [origin, holder, second, above] = [
    await house.person('village'),
    await house.person('town', 'duty'),
    await house.person('town', 'commander'),
    await house.person('east', 'duty'),
  ];
  [third, above2, city2] = [
    await house.person('town'),
    await house.person('east', 'commander'),
    await house.person('city', 'commander'),
  ];
  [city, beside, foreign, watching] = [
    await house.person('city', 'duty'),
    await house.person('sister', 'duty'),
    await house.person('far', 'duty'),
    await house.person('town', 'display'),
  ];
}, 120_000);
afterAll(() => house?.close());

/** One that the village reported and the town took over: its origin sees it and does nothing with it. */
async function taken(): Promise<Incident> {
  const offered = await act(origin, await house.reported(origin), 'hand-up', { reason });
  return act(holder, offered, 'accept-offer');
}

/** An incident in a status; `team` is on it, where one is. */
async function standingIn(status: IncidentStatus): Promise<{ incident: Incident; team: string }> {
  const incident = await taken();
  const team = (await house.team('town')).id;
  const go = async (...steps: readonly [IncidentAction, object?][]) => {
    let now = incident;
    for (const [action, said] of steps) now = await act(holder, now, action, said ?? {});
    return { incident: now, team };
  };
  const accept = ['accept'] as const;
  const send = ['dispatch', { teams: [team] }] as const;
  const there = ['arrive', { team }] as const;
  switch (status) {
    case 'reported':
      return { incident, team };
    case 'accepted':
      return go([...accept]);
    case 'dispatched':
      return go([...accept], [...send]);
    case 'handling':
      return go([...accept], [...send], ['acknowledge', { team }]);
    case 'handled':
      return go([...accept], [...send], [...there], ['clear', { team }], ['complete']);
    case 'closed':
      return go([...accept], ['complete'], ['close']);
    case 'suspended':
      return go([...accept], ['suspend', { reason, until: soon() }]);
    case 'rejected':
      return go(['reject', { reason }]);
    case 'merged':
      return go(['merge', { into: (await taken()).id }]);
  }
}

/** Who takes an action where the flow has it. */
const ABOVE: readonly IncidentAction[] = FLOW.filter(({ parties }) => parties.includes('above')).map(
  ({ action }) => action,
);
const byOf = (action: IncidentAction): Person => {
  if (action === 'pass-offer') return city;
  if (action === 'accept-offer' || action === 'return-offer') return above;
  if (action === 'review-extension' || action === 'refuse-extension') return second;
  return ABOVE.includes(action) ? above : holder;
};

/** Somebody else who may do the same. */
function twinOf(by: Person, action: IncidentAction): Person {
  if (by === city) return city2;
  if (by === above) return above2;
  // For who answers for a shift.
  return action === 'approve-change' || action === 'unseal' ? second : third;
}

/** What must have happened in the status before the action can be taken at all. */
async function ready(status: IncidentStatus, action: IncidentAction) {
  if (action === 'end-assist') return helped(status);
  const { incident, team } = await standingIn(status);
  const before = async (by: Person, step: IncidentAction, said: object = {}) => ({
    incident: await act(by, incident, step, said),
    team,
  });
  switch (action) {
    case 'accept-offer':
    case 'return-offer':
    case 'withdraw-offer':
      return before(holder, 'hand-up', { reason });
    case 'pass-offer':
      // Across the city, which stands between.
      return before(holder, 'hand-across', { reason, centre: house.at.far.id });
    case 'keep': {
      const up = await before(holder, 'hand-up', { reason });
      return { incident: await act(above, up.incident, 'return-offer', { reason }), team };
    }
    case 'suspend':
      return status === 'handling' ? before(holder, 'clear', { team }) : { incident, team };
    case 'acknowledge':
    case 'decline':
      return status === 'handling' ? again(incident, team) : { incident, team };
    case 'extend':
      return { incident: await clocked(incident), team };
    case 'review-extension':
    case 'refuse-extension':
      await clocked(incident);
      return before(holder, 'extend', { reason });
    case 'approve-extension': {
      await clocked(incident);
      const asked = await before(holder, 'extend', { reason });
      return { incident: await act(second, asked.incident, 'review-extension'), team };
    }
    case 'unseal':
      return before(holder, 'seal', { reason });
    case 'approve-change':
    case 'refuse-change':
      return before(holder, 'propose-change', { severity: 2, reason });
    case 'answer-supervision':
    case 'lift-supervision':
      return before(above, 'supervise', { reason, until: soon() });
    case 'confirm-supervision':
    case 'dismiss-supervision':
      return { incident: await proposed(incident), team };
    default:
      return { incident, team };
  }
}

/** A second team is sent, the first has gone home. */
async function again(incident: Incident, team: string) {
  const next = (await house.team('town')).id;
  const sent = await act(holder, incident, 'dispatch', { teams: [next] });
  return { incident: await act(holder, sent, 'clear', { team }), team: next };
}

async function helped(status: IncidentStatus) {
  const { incident, team } = await standingIn('accepted');
  const help = { centre: house.at.sister.id, reason };
  let now = await act(beside, await passed(await act(holder, incident, 'assist', help)), 'accept-offer');
  if (status === 'accepted') return { incident: now, team };
  now = await act(holder, now, 'dispatch', { teams: [team] });
  if (status === 'dispatched') return { incident: now, team };
  now = await act(holder, now, 'arrive', { team });
  if (status === 'handling') return { incident: now, team };
  return { incident: await act(holder, await act(holder, now, 'clear', { team }), 'complete'), team };
}

/** Beside is by way of the county. */
const passed = async (incident: Incident): Promise<Incident> =>
  act(above, await read(above, incident), 'pass-offer');

/** Not every stage has a limit in a city that has set none: here it gets one. */
async function clocked(incident: Incident): Promise<Incident> {
  await house.client.query(
    `update incident set due_stage = 'accept', due_at = now() + interval '1 hour',
            soon_at = now() + interval '50 minutes'
      where id = $1 and due_at is null`,
    [incident.id],
  );
  return incident;
}

/** The product proposes when a clock has run out. */
async function proposed(incident: Incident): Promise<Incident> {
  const { id } = await clocked(incident);
  await house.client.query(
    `insert into due_time (id, kind, subject, due_at, payload)
     select gen_random_uuid(), 'incident.escalates', id, now(),
            jsonb_build_object('stage', due_stage, 'dueAt', (extract(epoch from due_at) * 1000)::float8)
       from incident where id = $1 and not exists (
            select 1 from due_time where subject = $1 and kind = 'incident.escalates' and fired_at is null)`,
    [id],
  );
  await house.runOut('incident.escalates', id);
  await fireIn(house.app, 0);
  return read(above, incident);
}

/** Where the body says it. */
const keyOf = (need: FlowNeed): string => KEYS[need] ?? need;
const KEYS: Readonly<Partial<Record<FlowNeed, string>>> = { change: 'severity', correction: 'place' };

/** Everything that an action must say. */
async function saidFor(action: IncidentAction, team: string): Promise<Record<string, unknown>> {
  const say: Record<FlowNeed, () => unknown> = {
    reason: () => reason,
    teams: async () => [(await house.team('town')).id],
    team: () => team,
    centre: () => (action === 'hand-down' ? house.at.village.id : house.at.sister.id),
    offer: () => undefined,
    until: soon,
    satisfaction: () => 'satisfied',
    into: async () => (await taken()).id,
    // Graver than it was reported.
    change: () => 2,
    correction: () => '市场东门',
  };
  const said: Record<string, unknown> = {};
  for (const need of needsOf(action)) said[keyOf(need)] = await say[need]();
  return said;
}

/** Nobody is addressed where nothing was offered, and what the product does is for nobody. */
const isForNobody = (action: IncidentAction): boolean =>
  FLOW.every((row) => row.action !== action || row.parties.every((party) => party === 'addressee'));
/** Where one that is out of the flow was before. */
const TAKEN_OUT: Partial<Record<IncidentStatus, IncidentStatus>> = {
  suspended: 'accepted',
  merged: 'reported',
};
const MERGES: readonly IncidentAction[] = ['merge', 'unmerge'];
/** Lead on only where no other team is left on the way. */
const KEEPS: readonly IncidentAction[] = ['recall', 'decline'];
const versionOf = async (incident: Incident) => (await read(city, incident)).version;
const CELLS = INCIDENT_STATUSES.flatMap((status) =>
  INCIDENT_ACTIONS.flatMap((action) => {
    const to = nextStatus(status, action, TAKEN_OUT[status]);
    // What the product itself does has no door: everybody is refused.
    const isProducts = action === 'propose-supervision';
    // Help is asked for while there is work: only a tree of the past has it with one that is not accepted.
    const isOld = action === 'end-assist' && status === 'reported';
    return to === undefined || isProducts || isOld ? [] : [{ status, action, to }];
  }),
);

describe('at the door, an incident that is', () => {
  it.each(INCIDENT_STATUSES)(
    '%s refuses what the flow does not have, and changes nothing',
    async (status) => {
      const { incident, team } = await standingIn(status);
      const isProducts = (action: IncidentAction) => action === 'propose-supervision';
      const lacking = INCIDENT_ACTIONS.filter((action) => isProducts(action) || !flowRow(status, action));
      for (const action of lacking) {
        const answer = await refused(byOf(action), incident, action, await saidFor(action, team));
        const { status: code, code: word, detail } = answer;
        const isForeign = word === 'scope.denied' && isForNobody(action);
        const known = isForeign ? [403, word] : [409, 'incident.illegal-step'];
        expect([action, code, word]).toEqual([action, ...known]);
        if (!isForeign) expect(detail).toMatchObject({ from: status, action });
      }
      expect(await versionOf(incident)).toBe(incident.version);
    },
    60_000,
  );

  it.each(INCIDENT_STATUSES)(
    '%s is nobody’s who may not act, and waits for nobody who is late',
    async (status) => {
      const { incident } = await standingIn(status);
      for (const action of INCIDENT_ACTIONS) {
        const said = { reason, into: randomUUID() };
        const codes = [
          await refused(foreign, incident, action, said),
          await refused(watching, incident, action, said),
          await refused(house.admin, incident, action, said),
          await refused(origin, incident, action, said),
          await refused(holder, { ...incident, version: incident.version - 1 }, action, said),
        ].map(({ code }) => code);
        expect([action, ...codes]).toEqual([
          action,
          'incident.unknown',
          'role.denied',
          'role.denied',
          ...(MERGES.includes(action)
            ? [expect.any(String), expect.any(String)]
            : ['scope.denied', 'incident.stale']),
        ]);
      }
      expect(await versionOf(incident)).toBe(incident.version);
    },
    60_000,
  );

  it.each(CELLS)(
    '$status takes $action once, from who may, saying all it must',
    async ({ status, action, to }) => {
      const { incident, team } = await ready(status, action);
      const row = flowRow(status, action);
      const said = await saidFor(action, team);
      for (const need of row?.needs ?? []) {
        if (NEEDLESS.includes(need)) continue;
        const { [keyOf(need)]: _left, ...rest } = said;
        expect(await refused(byOf(action), incident, action, rest)).toMatchObject({ code: WANTED[need] });
      }
      // Two colleagues at the same moment: one has done it, the other is told who and what stands now.
      const both = [byOf(action), twinOf(byOf(action), action)];
      const answers = await Promise.all(both.map((by) => tell(by, incident, action, said)));
      const won = answers.find(({ status: code }) => code === 200)?.body as Incident | undefined;
      const lost = answers.find(({ status: code }) => code !== 200)?.body as Refused | undefined;
      expect({ won, lost }).toMatchObject({
        won: { version: incident.version + 1 },
        lost: {
          error: {
            code: 'incident.stale',
            detail: { changedBy: won?.timeline.at(-1)?.by, current: { version: won?.version } },
          },
        },
      });
      if (!KEEPS.includes(action)) expect(won?.status).toBe(to);
    },
    60_000,
  );
});

/** Whoever stands there may; there is nobody to hand it to. */
const NOWHERE = { status: 409, code: 'incident.nowhere' };

/** One centre too low for each level of the table: it is refused there, and taken by who stands high enough. */
const TOO_LOW: Readonly<Record<Exclude<FlowLevel, 'any'>, () => Promise<TooLow>>> = {
  'below-top': async () => ({
    incident: await house.reported(city),
    action: 'hand-up',
    low: city,
    ...NOWHERE,
  }),
  'above-lowest': async () => ({
    incident: await house.reported(origin),
    action: 'hand-down',
    said: { centre: house.at.sister.id },
    low: origin,
    ...NOWHERE,
  }),
  upper: async () => ({
    incident: await taken(),
    action: 'supervise',
    said: { until: soon() },
    low: second,
    high: above,
    code: 'scope.denied',
  }),
  giver: async () => {
    const down = await act(holder, await house.reported(holder), 'hand-down', {
      centre: house.at.village.id,
      reason,
    });
    const accepted = await act(origin, await act(origin, down, 'accept-offer'), 'accept');
    return { incident: await act(origin, accepted, 'complete'), action: 'close', low: origin, high: holder };
  },
  supervisor: async () => {
    const supervised = await act(city, await taken(), 'supervise', { until: soon(), reason });
    return { incident: supervised, action: 'lift-supervision', low: above, high: city };
  },
};
interface TooLow {
  readonly incident: Incident;
  readonly action: IncidentAction;
  readonly said?: object;
  readonly low: Person;
  readonly high?: Person;
  readonly status?: number;
  readonly code?: string;
}

describe('the levels of the table', () => {
  it.each(Object.keys(TOO_LOW) as (keyof typeof TOO_LOW)[])('%s: are refused below', async (level) => {
    const {
      incident,
      action,
      said = {},
      low,
      high,
      status = 403,
      code = 'level.denied',
    } = await TOO_LOW[level]();
    expect(FLOW.find((row) => row.action === action)?.level).toBe(level);
    const seenLow = await read(low, incident);
    expect(seenLow.actions).not.toContain(action);
    expect(seenLow.leftAbove ?? []).toEqual(level === 'giver' ? ['close'] : []);
    expect(await refused(low, incident, action, { reason, ...said })).toMatchObject({ status, code });
    if (!high) return;
    const seenHigh = await read(high, incident);
    expect(seenHigh.actions).toContain(action);
    expect(seenHigh.leftAbove).toBeUndefined();
    expect((await act(high, incident, action, { reason, ...said })).version).toBe(incident.version + 1);
  });
});

describe('what a city adds to the table', () => {
  const ruled = async (change: Partial<FlowRules>) => {
    const { version } = (await house.admin.get<FlowRules>('/api/flow-rules')).body;
    const answer = await house.admin.post<FlowRules>('/api/flow-rules', { version, ...change });
    expect(answer.status).toBe(200);
  };
  afterAll(() => ruled({ evidence: [], levels: [] }));

  it('narrows the levels of a step; the top may in any case', async () => {
    await ruled({ levels: [{ action: 'suspend', levels: ['county'] }] });
    const { incident } = await standingIn('accepted');
    expect(incident.actions).not.toContain('suspend');
    const said = { reason, until: soon() };
    expect(await refused(holder, incident, 'suspend', said)).toMatchObject({
      status: 403,
      code: 'level.denied',
      detail: { seen: 'town', wanted: ['county'], action: 'suspend' },
    });
    for (const by of [above, city]) expect((await read(by, incident)).actions).toContain('suspend');
    expect((await act(above, incident, 'suspend', said)).status).toBe('suspended');
  });

  it('asks evidence of who completes and who closes, anew after each rework', async () => {
    const what = 'photo';
    await ruled({
      evidence: [
        { action: 'complete', category: 'dispute', what, least: 1 },
        { action: 'close', category: null, what: 'any', least: 1 },
      ],
    });
    let { incident } = await standingIn('accepted');
    const lacks = async (action: IncidentAction, kind: string) =>
      expect(await refused(holder, incident, action)).toMatchObject({
        status: 409,
        code: 'incident.evidence-wanted',
        detail: { action, seen: { [kind]: 0 }, wanted: { [kind]: 1 } },
      });
    expect(incident.evidence).toEqual([{ action: 'complete', what, least: 1, seen: 0 }]);
    await lacks('complete', what);
    await attach(incident, 'notes.pdf');
    await lacks('complete', what);
    await attach(incident, 'photo.jpg');
    expect((await read(holder, incident)).evidence).toMatchObject([{ seen: 1 }]);
    incident = await act(holder, incident, 'complete');
    expect(incident.evidence).toMatchObject([{ action: 'close', what: 'any', seen: 0 }]);
    await lacks('close', 'any');
    incident = await act(holder, incident, 'rework', { reason });
    await lacks('complete', what);
    await attach(incident, 'photo.png');
    incident = await act(holder, incident, 'complete');
    await attach(incident, 'notes.pdf');
    expect(await act(holder, incident, 'close')).toMatchObject({ status: 'closed' });
  });
});

/** A picture, or a document, from who holds it. */
async function attach({ id }: Incident, name: string): Promise<void> {
  const body = new FormData();
  const bytes = name.endsWith('.pdf') ? Buffer.from('%PDF-1.4\n%%EOF\n') : await picture(name);
  body.set('file', new Blob([new Uint8Array(bytes)]), name);
  const url = `${holder.url}/api/incidents/${id}/evidence`;
  const answer = await fetch(url, {
    method: 'POST',
    headers: { ...holder.headers, origin: holder.url },
    body,
  });
  expect(answer.status).toBe(201);
}
const picture = (name: string) => readFile(join(import.meta.dirname, '../support/pictures', name));
