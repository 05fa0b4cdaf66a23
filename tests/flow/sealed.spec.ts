import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Alert, AuditEntry, Incident, IncidentItem } from '@app/shared';
import { Person } from '../support/app.js';
import { fireIn } from '../support/fire.js';
import { act, FourLevels, read, refused } from '../support/four-levels.js';
import { Screen } from '../support/screen.js';

// A sensitive incident: its card is the same mask for everybody, the rest is for whoever may read it, and every reading
// of it is written down. What must not be seen is searched for in the raw bytes of every way out.

/** What only those who may read the incident whole may ever see. */
const HIDDEN = {
  place: '槐树巷九号院',
  description: '当事人藏在地窖里',
  note: '邻居听见争吵声',
  reason: '涉及未成年人',
  log: '家属情绪激动',
};
const WORDS = Object.values(HIDDEN).filter((word) => word !== HIDDEN.log);
const SPOT = { lng: 98.27713, lat: 39.78219 };

let city: FourLevels;
let chief: Person;
let clerk: Person;
let holder: Person;
let origin: Person;
let wall: Person;

beforeAll(async () => {
  city = await FourLevels.open();
  [chief, clerk, holder, origin, wall] = await Promise.all([
    city.person('city', 'commander'),
    city.person('city', 'staff'),
    city.person('east', 'staff'),
    city.person('town', 'staff'),
    city.person('city', 'display'),
  ]);
}, 120_000);
afterAll(() => city?.close());

const raw = async (by: Person, path: string): Promise<string> => {
  const response = await fetch(by.url + path, { headers: { ...by.headers, origin: by.url } });
  return Buffer.from(await response.arrayBuffer()).toString('utf8');
};

/** Every route that shows something of an incident. */
const waysTo = ({ id }: Incident): string[] => [
  `/api/incidents/${id}`,
  '/api/incidents?limit=200',
  '/api/incidents?limit=200&category=dispute',
  ...WORDS.map((word) => `/api/incidents?limit=200&q=${encodeURIComponent(word)}`),
  `/api/incidents/duplicates?category=dispute&lng=${SPOT.lng}&lat=${SPOT.lat}`,
  `/api/incidents/${id}/candidates`,
  `/api/incidents/${id}/evidence`,
  `/api/incidents/${id}/reports`,
  `/api/incidents/${id}/card`,
  `/api/incidents/${id}/caller`,
  '/api/reports',
  '/api/exports/incidents?format=csv',
  '/api/alerts?limit=200',
  '/api/duty-log?limit=200',
  '/api/duty-shifts',
  '/api/instructions?limit=200',
  '/api/filters',
];

/** The coordinates, to the metre, and the kind of it are hidden as well as the words. */
const GIVEN_AWAY = [...WORDS, '98.27713', '39.78219'];
const givenAway = (text: string): string[] => GIVEN_AWAY.filter((word) => text.includes(word));

/** An incident that `town` told and `east` holds, sealed where said so. */
async function handedUp(seal: 'at report' | 'later'): Promise<Incident> {
  const { place, description, note, reason } = HIDDEN;
  const told = {
    ...SPOT,
    place,
    description,
    callerPhone: '13909371234',
    severity: 1,
    ...(seal === 'at report' ? { label: 'sensitive' } : {}),
  };
  const reported = await city.reported(origin, told);
  const accepted = await act(origin, reported, 'accept', { note });
  const up = await act(origin, accepted, 'hand-up', { reason });
  const taken = await act(holder, up, 'accept-offer', { offer: up.course?.offers[0]?.id });
  if (seal === 'at report') return taken;
  // A copy of the picture from before it was sealed: the past that a time machine reads.
  await city.client.query(`
    insert into checkpoint (seq, at, tree, reason, digest) select seq, at, tree, 'test', '' from counter;
    insert into checkpoint_item (seq, kind, id, version, card, seen_by)
    select c.seq, p.kind, p.id, p.version, p.card, p.seen_by from counter c, picture p`);
  return act(holder, taken, 'seal', { reason: HIDDEN.reason });
}

describe.each(['at report', 'later'] as const)('an incident that was marked sensitive %s', (seal) => {
  let incident: Incident;
  let screens: Screen[];
  let cursor: string | undefined;

  beforeAll(async () => {
    screens = await Promise.all([
      Screen.joined(wall, city.at.city.id),
      Screen.joined(clerk, city.at.city.id),
    ]);
    cursor = screens[0]?.cursor;
    incident = await handedUp(seal);
    await Promise.all(screens.map((screen) => screen.sees(incident.id, incident.version)));
  }, 60_000);
  afterAll(() => screens?.forEach((screen) => screen.close()));

  it('is whole for whoever holds it and for those who answer for the centres above', async () => {
    for (const by of [holder, chief]) {
      const seen = await read(by, incident);
      expect(seen).toMatchObject({ view: 'whole', label: 'sensitive', category: 'dispute', ...SPOT });
      expect(seen).toMatchObject({ place: HIDDEN.place, description: HIDDEN.description });
      expect(JSON.stringify(seen.timeline)).toContain(HIDDEN.note);
    }
  });

  it('is a mask for others who see it, who can do nothing with it', async () => {
    for (const by of [clerk, wall, city.admin]) {
      const seen = await read(by, incident);
      expect(seen).toMatchObject({
        view: 'masked',
        masked: true,
        category: 'other',
        place: null,
        description: null,
        actions: [],
        number: incident.number,
      });
      expect(givenAway(JSON.stringify(seen))).toEqual([]);
    }
    expect((await refused(clerk, incident, 'complete')).code).toBe('incident.sealed');
    const merged = { into: (await city.reported(holder)).id };
    expect((await refused(clerk, incident, 'merge', merged)).code).toBe('incident.sealed');
  });

  it('gives nothing away by any route to somebody who may not read it', async () => {
    for (const by of [clerk, wall, city.admin])
      for (const path of waysTo(incident)) expect([path, givenAway(await raw(by, path))]).toEqual([path, []]);
    for (const path of waysTo(incident).filter((way) => way.includes(`${incident.id}/`)))
      expect([path, (await clerk.get<{ error?: { code: string } }>(path)).body.error?.code]).toEqual([
        path,
        'incident.sealed',
      ]);
  });

  it('is on every card, to the journal’s past, what the mask says', async () => {
    const masked = { category: 'other', place: null, masked: true, number: incident.number };
    for (const screen of screens) {
      expect(screen.faults).toEqual([]);
      expect(screen.picture.get('incident', incident.id)?.card).toMatchObject(masked);
      if (seal === 'at report') expect(givenAway(screen.raw.join('\n'))).toEqual([]);
    }
    const scope = city.at.city.id;
    const resumed = await raw(wall, `/api/journal?scope=${scope}&after=${cursor}`);
    expect(resumed).toContain(incident.id);
    expect(givenAway(resumed)).toEqual([]);
    expect(givenAway(await raw(wall, `/api/journal?scope=${scope}`))).toEqual([]);
    const late = await Screen.joined(wall, scope, cursor);
    expect(givenAway(JSON.stringify(late.entries))).toEqual([]);
    late.close();
    const past =
      'select card::text from journal where id = $1 union all select card::text from checkpoint_item';
    const rows = await city.client.query(past, [incident.id]);
    expect(givenAway(JSON.stringify(rows.rows))).toEqual([]);
  });

  it('is found by its words by those who may read it, by its number by all, and always listed as its mask', async () => {
    const found = async (by: Person, q: string) => {
      const path = `/api/incidents?limit=200&q=${encodeURIComponent(q)}`;
      const { items } = (await by.get<{ items: IncidentItem[] }>(path)).body;
      return items.filter(({ id }) => id === incident.id);
    };
    for (const word of WORDS) {
      expect(await found(clerk, word)).toEqual([]);
      const [item] = await found(holder, word);
      expect(item).toMatchObject({ masked: true, place: null, description: null, category: 'other' });
    }
    for (const by of [clerk, holder]) expect(await found(by, incident.number)).toHaveLength(1);
    expect(await found(clerk, `${incident.number} ${HIDDEN.note}`)).toEqual([]);
  });

  it('warns of its clock without a word more than its card has', async () => {
    await city.runOut('incident.overdue', incident.id);
    const screen = screens[1];
    const isWarned = () =>
      [...(screen?.picture.items() ?? [])].some(
        ({ kind, card }) => kind === 'alert' && JSON.stringify(card).includes(incident.id),
      );
    await screen?.until(isWarned, 'an alert about it');
    const { items } = (await clerk.get<{ items: Alert[] }>('/api/alerts?limit=200')).body;
    const alert = items.find(({ incidents }) => incidents.includes(incident.id));
    expect(alert).toMatchObject({ category: 'other' });
    expect(givenAway(JSON.stringify(alert))).toEqual([]);
  });

  it('is written down for each who read it, once a while, and the administrator sees it', async () => {
    for (let again = 0; again < 5; again++) await read(holder, incident);
    const path = `/api/audit?limit=200&subject=incident:${incident.id}`;
    const { items } = (await city.admin.get<{ items: AuditEntry[] }>(path)).body;
    const reads = items.filter(({ action }) => action === 'incident.read');
    const by = (view: string) =>
      reads.filter(({ detail }) => detail['part'] === view).map(({ account }) => account?.split('-')[0]);
    expect(by('whole').sort()).toEqual(['city', 'east']);
    expect(by('masked').length).toBeGreaterThanOrEqual(2);
    expect(givenAway(JSON.stringify(items))).toEqual([]);
  });
});

describe('a sensitive incident that a centre above supervises', () => {
  const until = () => new Date(Date.now() + 86_400_000).toISOString();
  const reason = '群众多次反映';
  let incident: Incident;
  let between: Person;
  let token: Person;

  beforeAll(async () => {
    incident = await city.reported(origin, {
      ...SPOT,
      label: 'sensitive',
      place: HIDDEN.place,
      description: HIDDEN.description,
      callerPhone: '13909371234',
    });
    between = await city.person('east', 'staff');
    const draft = { name: 'partner', centre: city.at.city.id, scopes: ['read'] };
    const { secret } = (await city.admin.post<{ secret: string }>('/api/tokens', draft)).body;
    token = new Person(city.app.url, { authorization: `Bearer ${secret}` });
  });
  const viewOf = async (by: Person) => (await read(by, incident)).view;
  const found = async (by: Person): Promise<string[]> => {
    const path = `/api/incidents?limit=200&q=${encodeURIComponent(HIDDEN.description)}`;
    return (await by.get<{ items: IncidentItem[] }>(path)).body.items.map(({ id }) => id);
  };

  it('is read whole by the staff there for as long as it supervises, and by nobody else who saw the mask', async () => {
    expect(await viewOf(clerk)).toBe('masked');
    const open = await act(chief, await read(chief, incident), 'supervise', { reason, until: until() });
    const seen = await read(clerk, incident);
    expect(seen).toMatchObject({
      view: 'whole',
      place: HIDDEN.place,
      description: HIDDEN.description,
      ...SPOT,
    });
    expect(await found(clerk)).toContain(incident.id);
    for (const by of [between, wall, city.admin, token]) {
      expect(await viewOf(by)).toBe('masked');
      expect(await found(by)).not.toContain(incident.id);
      expect(givenAway(await raw(by, `/api/incidents/${incident.id}`))).toEqual([]);
    }
    expect(JSON.stringify((await clerk.get('/api/incidents?limit=200')).body)).not.toContain(HIDDEN.place);
    const answered = await act(origin, await read(origin, open), 'answer-supervision', { reason: '已上门' });
    expect(await viewOf(clerk)).toBe('whole');
    await act(chief, await read(chief, answered), 'lift-supervision');
    expect(await viewOf(clerk)).toBe('masked');
    expect(await found(clerk)).not.toContain(incident.id);
    expect((await refused(clerk, await read(clerk, incident), 'accept')).code).toBe('incident.sealed');
  });

  it('is no reason to be told who called: that is for whoever handles it', async () => {
    const path = `/api/incidents/${incident.id}/caller`;
    await act(chief, await read(chief, incident), 'supervise', { reason, until: until() });
    for (const by of [clerk, chief]) {
      const answer = await by.get<{ error: { code: string } }>(path);
      expect([answer.status, answer.body.error.code]).toEqual([403, 'scope.denied']);
      expect((await read(by, incident)).hasCaller).toBeUndefined();
    }
    expect((await origin.get(path)).body).toEqual({ phone: '13909371234' });
    expect((await read(origin, incident)).hasCaller).toBe(true);
  });

  it('is told in the audit, and masked again when the incident ends', async () => {
    const lines = `/api/audit?limit=200&subject=incident:${incident.id}&action=incident.read`;
    const { items } = (await city.admin.get<{ items: AuditEntry[] }>(lines)).body;
    expect(
      items.filter(({ detail }) => detail['part'] === 'whole').map(({ account }) => account),
    ).toContainEqual(expect.stringMatching(/^city-staff-/));
    expect(await viewOf(clerk)).toBe('whole');
    await act(origin, await read(origin, incident), 'reject', { reason: '误报' });
    expect(await viewOf(clerk)).toBe('masked');
  });

  it('is not opened by a supervision that is only proposed', async () => {
    const told = await city.reported(origin, { ...SPOT, label: 'sensitive', place: HIDDEN.place });
    await city.runOut('incident.escalates', told.id);
    await fireIn(city.app, 0);
    expect((await read(chief, told)).course?.supervision?.state).toBe('proposed');
    expect((await read(clerk, told)).view).toBe('masked');
  });
});

describe('the label', () => {
  it('is set with a reason and on the version that was seen, and lifted by who answers for the shift', async () => {
    const incident = await city.reported(holder, { ...SPOT, place: HIDDEN.place });
    expect((await refused(holder, incident, 'seal')).code).toBe('incident.reason-wanted');
    const sealed = await act(holder, incident, 'seal', { reason: 'a child' });
    expect(sealed).toMatchObject({ label: 'sensitive', version: incident.version + 1 });
    expect((await refused(holder, incident, 'seal', { reason: 'late' })).code).toBe('incident.stale');
    expect((await refused(holder, sealed, 'seal', { reason: 'twice' })).code).toBe('incident.illegal-step');
    expect((await refused(holder, sealed, 'unseal', { reason: 'no' })).code).toBe('role.denied');
    const open = await act(chief, sealed, 'unseal', { reason: 'looked at' });
    expect(open).toMatchObject({ label: 'internal', place: HIDDEN.place });
    expect(open.masked).toBeUndefined();
    expect((await read(clerk, incident)).place).toBe(HIDDEN.place);
  });

  it('set after the end hides it as well, and a merge into another one carries it over', async () => {
    const first = await city.reported(holder, { ...SPOT, place: HIDDEN.place });
    const rejected = await act(holder, first, 'reject', { reason: HIDDEN.reason });
    const sealed = await act(holder, rejected, 'seal', { reason: 'a child' });
    expect(sealed.label).toBe('sensitive');
    expect(givenAway(await raw(clerk, `/api/incidents/${first.id}`))).toEqual([]);
    const gone = await city.reported(holder, { ...SPOT, label: 'sensitive' });
    const kept = await city.reported(holder, SPOT);
    await act(holder, gone, 'merge', { into: kept.id });
    expect(await read(clerk, kept)).toMatchObject({ label: 'sensitive', masked: true });
  });

  it('that a process of an older build does not know of stops its step, rather than unmask the card', async () => {
    const sealed = await city.reported(holder, { ...SPOT, label: 'sensitive' });
    const bare = {
      draft: sealed.id,
      at: new Date().toISOString(),
      fact: 'incident.accepted',
      kind: 'incident',
    };
    const entry = { ...bare, id: sealed.id, version: 9, card: { id: sealed.id }, seenBy: [city.at.city.id] };
    await expect(
      city.client.query('select journal_append($1::jsonb, $2, $3)', [JSON.stringify([entry]), 1, 'old']),
    ).rejects.toThrow('the card of a sensitive incident is masked');
    const { rows } = await city.client.query('select version from picture where id = $1', [sealed.id]);
    expect(rows).toEqual([{ version: sealed.version }]);
  });
});
