import { describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AlertCard,
  type AsideWord,
  Aside,
  AskKeyframe,
  DoorFigures,
  DriveCard,
  DutyLevelCard,
  SosCard,
  DutyShiftCard,
  ERRORS,
  frameGrid,
  IncidentCard,
  IncidentReport,
  IncidentStep,
  InstructionCard,
  Join,
  JournalEntry,
  ForceRequestCard,
  KINDS,
  PatrolShiftCard,
  Leave,
  LeftEntry,
  type Notice,
  Picture,
  type Roster,
  TeamCard,
} from '@app/shared';
import { z } from 'zod';
import { type Entry, Pictures } from '../../server/src/journal/pictures.js';
import type { Resume } from '../../server/src/journal/resume.js';
import type { Tailer } from '../../server/src/journal/tailer.js';
import { Asides } from '../../server/src/platform/asides.js';
import { Rooms } from '../../server/src/live/rooms.js';
import { ScopeFrames } from '../../server/src/live/scope-frames.js';
import { ScopeRoster } from '../../server/src/live/scope-roster.js';
import { MemoryBus } from '../../server/src/platform/bus-memory.js';
import { Clock } from '../../server/src/platform/clock.js';
import { Fault } from '../../server/src/platform/fault.js';
import { refusal } from '../../server/src/platform/socket-requests.js';
import { Fleet } from '../../server/src/positions/fleet.js';
import { cardOf } from '../../server/src/risk/alert-view.js';
import { raiseDoor } from '../../server/src/risk/door-silence.rules.js';

// What clients that we did not write were told. These files are not regenerated when a test fails: a byte that changes
// breaks somebody. `UPDATE_GOLDEN=1` writes the ones that are missing, and only those.
const GOLDEN = join(import.meta.dirname, 'golden/wire');

function golden(name: string, made: unknown): unknown {
  const file = join(GOLDEN, `${name}.json`);
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (process.env['UPDATE_GOLDEN'] === undefined) throw error;
    writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`);
    return JSON.parse(JSON.stringify(made));
  }
}
/** As it crosses the wire: without what JSON leaves out. */
const onWire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const CITY = '019b7523-3400-79f1-8006-23bc3e630040';
const COUNTY = '019b7523-3448-7d99-bf7b-aa481e0e5ad0';
const INCIDENT = '019b7523-4000-7000-8000-000000000001';
const TEAM = '019b7523-4000-7000-8000-000000000002';

class StillClock extends Clock {
  override now(): number {
    return Date.parse('2026-10-01T08:00:05.000Z');
  }
}

const entry = (seq: number, more: Partial<Entry>): Entry => ({
  seq,
  mark: 1_000_000 + seq,
  at: Date.parse('2026-10-01T08:00:00.000Z') + seq,
  tree: 1,
  fact: 'incident.reported',
  kind: 'incident',
  id: INCIDENT,
  version: 1,
  card: { id: INCIDENT, number: '嘉综〔2026〕000001', status: 'reported', version: 1 },
  seenBy: [CITY, COUNTY],
  leftBy: [],
  site: 'main',
  schema: 1,
  ...more,
});

/** The durable lane of one scope, as the server tells it. */
function told(): Record<string, unknown> {
  const pictures = new Pictures();
  const tailer = { pictures, confirmedAt: Date.parse('2026-10-01T08:00:04.500Z') } as unknown as Tailer;
  const rooms = new Rooms(tailer, {} as Resume, new StillClock());
  const out: Record<string, unknown> = {};
  rooms.speakThrough({
    journal: (batch) => (out['journal'] = batch),
    pulse: (pulse) => (out['pulse'] = pulse),
    notice: (notice) => (out['notice'] = notice),
  });
  const roster = { scope: COUNTY, version: 3, slots: [TEAM, null] };
  const reported = entry(1, {});
  pictures.apply(reported);
  out['joined-snapshot'] = { ok: true, ...rooms.enter(COUNTY, undefined).whole(), roster };
  const left = entry(2, { fact: 'incident.handed-up', version: 2, seenBy: [CITY], leftBy: [COUNTY] });
  const team = entry(3, {
    fact: 'team.changed',
    kind: 'team',
    id: TEAM,
    version: 4,
    card: { id: TEAM, version: 4 },
  });
  const ended = entry(4, { fact: 'team.closed', kind: 'team', id: TEAM, version: 5, card: null });
  for (const one of [left, team, ended]) pictures.apply(one);
  rooms.tellNews([left, team, ended]);
  out['joined-resume'] = {
    ok: true,
    ...rooms.enter(COUNTY, { upTo: 1, entries: [reported] }).whole(),
    roster,
  };
  out['joined-runs'] = { ok: true, ...rooms.enter(COUNTY, undefined).whole(), roster: runsOf(roster) };
  out['roster'] = roster;
  out['roster-change'] = changeOf();
  rooms.pulse(41);
  rooms.restart();
  return out;
}

const runsOf = (roster: Roster) => new ScopeRoster(roster).runsAt('4.1000004');

/** A team that comes into a scope of one, as its frames tell it. */
function changeOf(): unknown {
  const frames = new ScopeFrames(COUNTY, () => frameGrid(98.2888, 39.7721), [TEAM]);
  frames.put(INCIDENT);
  return frames.frame(new Fleet(), { tick: 1, at: 0 }).news?.change;
}

describe('what the server tells', () => {
  const now = told();
  it.each([
    'joined-snapshot',
    'joined-resume',
    'joined-runs',
    'journal',
    'roster',
    'roster-change',
    'pulse',
    'notice',
  ])('%s is what it was', (name) => {
    expect(onWire(now[name])).toEqual(golden(name, now[name]));
  });

  it('an aside is what it was', async () => {
    const asides = new Asides(new MemoryBus(), new StillClock());
    const heard = new Promise<AsideWord>((resolve) => asides.listen(resolve));
    asides.say({ scope: COUNTY, topic: `incident:${INCIDENT}`, data: { typing: true } });
    const word = await heard;
    expect(onWire(word)).toEqual(golden('aside', word));
  });

  it('a refusal is what it was', () => {
    const refused = refusal(new Fault('wire.protocol', { seen: 2, wanted: 1 }));
    expect(onWire(refused)).toEqual(golden('refusal', refused));
  });

  it('entries are what the contract says', () => {
    const { entries } = now['journal'] as { entries: unknown[] };
    for (const one of entries) {
      const isLeft = Object.keys(one as object).length === 5;
      expect((isLeft ? LeftEntry.strict() : JournalEntry.strict()).safeParse(one).success).toBe(true);
    }
  });
});

interface Shape {
  readonly [property: string]: unknown;
}
const shapeOf = (schema: z.ZodObject): Shape =>
  onWire(z.toJSONSchema(schema, { io: 'output' }).properties) as Shape;

/** Paths of what was there then and is not, or is different, now. Lists may gain members, and so may their members. */
function lostBetween(then: unknown, now: unknown, path = ''): string[] {
  if (Array.isArray(then)) {
    const members: readonly unknown[] = Array.isArray(now) ? now : [];
    return then
      .filter((member) => !members.some((other) => lostBetween(member, other).length === 0))
      .map((member) => `${path}[${JSON.stringify(member)}]`);
  }
  if (typeof then !== 'object' || then === null) return then === now ? [] : [path];
  if (typeof now !== 'object' || now === null) return [path];
  return Object.entries(then).flatMap(([key, value]) =>
    lostBetween(value, (now as Record<string, unknown>)[key], `${path}/${key}`),
  );
}

describe('what an alert tells', () => {
  it('of a door that is silent is what it was', () => {
    const from = Date.parse('2026-10-01T07:59:00.000Z');
    const speaker = {
      door: 'jt808',
      team: TEAM,
      home: COUNTY,
      desk: undefined,
      seenAt: from,
      demo: false,
    } as const;
    const given = { id: INCIDENT, centre: CITY, anchor: [98.2888, 39.7721], now: from + 60_000 } as const;
    const { next } = raiseDoor({ door: 'jt808', from, speakers: [speaker] }, given);
    const card = cardOf(next);
    expect(AlertCard.strict().safeParse(onWire(card)).success).toBe(true);
    expect(onWire(card)).toEqual(golden('alert-door', card));
  });
});

describe('what only grows', () => {
  const cards = {
    incident: IncidentCard,
    team: TeamCard,
    alert: AlertCard,
    drive: DriveCard,
    'duty-shift': DutyShiftCard,
    instruction: InstructionCard,
    'patrol-shift': PatrolShiftCard,
    'duty-level': DutyLevelCard,
    sos: SosCard,
    'force-request': ForceRequestCard,
  };

  it.each(Object.entries(cards))('the card of a %s keeps every property as it was', (kind, schema) => {
    const then = golden(`card-${kind}`, shapeOf(schema)) as Shape;
    expect(lostBetween(then, shapeOf(schema))).toEqual([]);
  });

  it('what an alert says of a door keeps every property as it was', () => {
    const then = golden('card-alert-door', shapeOf(DoorFigures)) as Shape;
    expect(lostBetween(then, shapeOf(DoorFigures))).toEqual([]);
  });

  it('the kinds, the notices and the codes keep every word', () => {
    const notices: readonly Notice['code'][] = ['draining', 'signed-out', 'scope-changed'];
    const words = golden('words', { kinds: KINDS, notices, errors: ERRORS });
    expect(lostBetween(words, { kinds: KINDS, notices, errors: ERRORS })).toEqual([]);
  });

  const requests: Record<string, [z.ZodType, unknown]> = {
    join: [Join, { protocol: 1, scope: COUNTY }],
    'join with everything': [
      Join,
      { protocol: 1, scope: COUNTY, cursor: '41.1000041', lanes: ['journal', 'positions'] },
    ],
    'join that wants its roster as runs': [Join, { protocol: 1, scope: COUNTY, roster: 'runs' }],
    leave: [Leave, { scope: COUNTY }],
    keyframe: [AskKeyframe, { scope: COUNTY }],
    aside: [Aside, { scope: COUNTY, topic: 'draft', data: { text: '…' } }],
    report: [IncidentReport, { category: 'traffic', severity: 3, lng: 98.2888, lat: 39.7721 }],
    'report with everything': [
      IncidentReport,
      {
        category: 'fire',
        severity: 1,
        lng: 98.2888,
        lat: 39.7721,
        place: '新华路口',
        description: '二楼有烟',
        source: 'phone',
        occurredAt: '2026-10-01T16:00:00+08:00',
        externalId: 'call-1',
      },
    ],
    step: [IncidentStep, { version: 3, teams: [TEAM], reason: 'r', note: 'n', team: TEAM, derived: true }],
  };
  it.each(Object.entries(requests))(
    'the request %s of an old client still fits',
    (_name, [schema, request]) => {
      expect(schema.safeParse(request).error).toBeUndefined();
    },
  );
});

describe('an old client', () => {
  it('counts kinds that it does not know in its digest', () => {
    const picture = new Picture();
    picture.apply({ kind: 'incident', id: INCIDENT, version: 2, card: {} });
    picture.apply({ kind: 'swarm', id: TEAM, version: 1, card: { of: 'another version' } });
    expect(picture.digest.hex()).toBe(golden('digest', picture.digest.hex()));
    picture.apply({ kind: 'swarm', id: TEAM, version: 2, card: null });
    const alone = new Picture();
    alone.apply({ kind: 'incident', id: INCIDENT, version: 2, card: {} });
    expect(picture.digest.hex()).toBe(alone.digest.hex());
  });

  it('reads entries and cards with fields that it does not know', () => {
    const { entries } = told()['journal'] as { entries: object[] };
    expect(JournalEntry.safeParse({ ...entries[1], colour: 'red', schema: 2 }).success).toBe(true);
    expect(LeftEntry.safeParse({ ...entries[0], colour: 'red' }).success).toBe(true);
  });
});
