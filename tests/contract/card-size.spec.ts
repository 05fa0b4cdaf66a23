import { describe, expect, it } from '@jest/globals';
import { IncidentCard, type PictureItem, TeamCard } from '@app/shared';
import { Pictures } from '../../server/src/journal/pictures.js';
import type { Resume } from '../../server/src/journal/resume.js';
import type { Tailer } from '../../server/src/journal/tailer.js';
import { Rooms } from '../../server/src/live/rooms.js';
import { ScopeRoster } from '../../server/src/live/scope-roster.js';
import { SharedAnswer } from '../../server/src/live/shared-answer.js';
import { Clock } from '../../server/src/platform/clock.js';

// What a screen is told when it comes: how large a card is, what of it could be left out, and how large all of them are.
const SCOPE = '019b7523-3400-79f1-8006-23bc3e630040';
const AT = '2026-11-24T08:15:30.250Z';
const idOf = (kind: number, n: number) => `019b7523-${kind}000-7000-8000-${n.toString(16).padStart(12, '0')}`;
const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

/** An incident with everything that a card may hold, and one team on its way. */
const incidentOf = (n: number): IncidentCard =>
  IncidentCard.parse({
    id: idOf(1, n),
    number: `嘉综〔2026〕${String(n).padStart(6, '0')}`,
    category: 'traffic',
    severity: 2,
    status: 'handling',
    version: 12,
    centre: idOf(2, n),
    lng: 98.288812,
    lat: 39.772145,
    grid: '620201001007014',
    place: '雄关街道新华中路与迎宾路路口东北角',
    source: 'phone',
    since: AT,
    statusAt: AT,
    due: { stage: 'arrive', at: AT, soonAt: AT },
    teams: [{ id: idOf(3, n), step: 'departed', at: AT }],
    simulated: false,
  });

const teamOf = (n: number): TeamCard =>
  TeamCard.parse({
    id: idOf(3, n),
    callSign: `雄关巡逻${n}`,
    mode: 'vehicle',
    tier: 3,
    status: 'patrolling',
    version: 12,
    statusAt: AT,
    centre: idOf(2, n),
    forces: { police: 2, 'armed-police': 2, militia: 2 },
    incidents: [idOf(1, n)],
  });

describe('the card of an incident with one team', () => {
  it('is as small as the wire allows: its names, ids and times alone are more than 400 bytes', () => {
    const card = incidentOf(7);
    const names = bytesOf(emptied(card));
    const ids = [card.id, card.centre, ...card.teams.map(({ id }) => id)];
    const times = [card.since, card.statusAt, card.due?.at, card.due?.soonAt, card.teams[0]?.at];
    const fixed = names + Buffer.byteLength(ids.join('')) + Buffer.byteLength(times.join(''));
    expect(fixed).toBeGreaterThan(400);
    // What varies: number, words, position, grid and the label of the place.
    expect(bytesOf(card) - fixed).toBeLessThanOrEqual(160);
  });
});

/** The same names and brackets with nothing in them. */
function emptied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(emptied);
  if (typeof value !== 'object' || value === null) return '';
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, emptied(inner)]));
}

describe('a snapshot of 1000 open incidents and 500 teams', () => {
  it('is at most 1 MB', () => {
    const pictures = new Pictures();
    const items = [
      ...Array.from({ length: 1_000 }, (_, n) => ['incident', incidentOf(n)] as const),
      ...Array.from({ length: 500 }, (_, n) => ['team', teamOf(n)] as const),
    ].map(([kind, card]): PictureItem => ({ kind, id: card.id, version: card.version, card }));
    pictures.load(
      items.map((item) => ({ ...item, seenBy: [SCOPE] })),
      { seq: 7, mark: 7, tree: 1 },
    );
    const tailer = { pictures, confirmedAt: Date.parse(AT) } as unknown as Tailer;
    const answer = new Rooms(tailer, {} as Resume, new Clock()).enter(SCOPE, undefined).whole();
    const slots = [...pictures.of(SCOPE).idsOf('team')];
    const roster = new ScopeRoster({ scope: SCOPE, version: 500, slots });
    const whole = (form: object) => new SharedAnswer({ ok: true, ...answer, roster: form }).fragment.length;
    expect(answer.snapshot).toHaveLength(1_500);
    expect(whole(roster.ids)).toBeLessThanOrEqual(1_000_000);
    expect(whole(roster.runsAt(answer.cursor))).toBeLessThanOrEqual(1_000_000);
  });
});
