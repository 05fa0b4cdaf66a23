import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Centre,
  type DutyShift,
  type DutyShiftCard,
  type DutyShiftItem,
  EQUIPMENT,
  type Session,
  type Incident,
  type LogEntry,
} from '@app/shared';
import pg from 'pg';
import { openApp, type Person, type RunningApp } from '../support/app.js';
import { mint } from '../support/facts.js';
import { Screen } from '../support/screen.js';

type List<T> = { items: T[]; next: string | null };
type Refused = { error: { code: string; detail: Record<string, unknown> } };

const PASSWORD = 'Another-long-passw0rd';
const CHECKED = EQUIPMENT.map((key) => ({ key, ok: true }));
let app: RunningApp;
let duty: Person;
let commander: Person;
let county: Person;
let sibling: Person;
let root: Centre;
let counties: Centre[];
let screen: Screen;
let client: pg.Client;

beforeAll(async () => {
  app = await openApp();
  [duty, commander] = await Promise.all([app.signIn('duty'), app.signIn('commander')]);
  const { items } = (await duty.get<List<Centre>>('/api/centres')).body;
  const [first] = items;
  if (!first) throw new Error('no root in the demo city');
  root = first;
  counties = items.filter(({ parent }) => parent === root.id);
  [county, sibling] = await Promise.all([
    app.signIn('county', counties[0]?.id),
    app.signIn('county', counties[1]?.id),
  ]);
  const admin = await app.signIn('admin');
  const draft = { name: 'county-second', password: PASSWORD, role: 'staff', centre: counties[0]?.id };
  expect((await admin.post('/api/accounts', draft)).status).toBe(201);
  screen = await Screen.joined(duty, root.id);
  client = new pg.Client(app.databaseUrl);
  await client.connect();
}, 120_000);
afterAll(async () => {
  screen?.close();
  await client?.end();
  await app?.close();
});
afterEach(() => expect(screen.faults).toEqual([]));

const write = (person: Person, entry: object) => person.post<LogEntry & Refused>('/api/duty-log', entry);
const logOf = async (person: Person, query = '') =>
  (await person.get<List<LogEntry>>(`/api/duty-log${query}`)).body.items;
const shiftOf = async (person: Person, id: string) =>
  (await person.get<DutyShift>(`/api/duty-shifts/${id}`)).body;
const act = (person: Person, { id, version }: DutyShiftItem, action: string, given: object = {}) =>
  person.post<DutyShift & Refused>(`/api/duty-shifts/${id}/${action}`, { version, ...given });
const begin = async (person: Person): Promise<DutyShift> => {
  const { body, status } = await person.post<DutyShift>('/api/duty-shifts', {});
  expect(status).toBe(201);
  return body;
};
const cardOf = (id: string) => screen.picture.get('duty-shift', id)?.card as DutyShiftCard | undefined;
/** What is on at a person's centre. */
async function running(person: Person): Promise<DutyShiftItem | undefined> {
  const { items } = (await person.get<List<DutyShiftItem>>('/api/duty-shifts')).body;
  return items.find(({ state }) => state === 'on' || state === 'handing');
}

async function reported(person: Person, extra: object = {}): Promise<Incident> {
  const [lng, lat] = counties[0]?.anchor ?? [98.2888, 39.7721];
  const report = { category: 'traffic', severity: 3, lng, lat, source: 'phone', ...extra };
  const { body, status } = await person.post<Incident>('/api/incidents', report);
  expect(status).toBe(201);
  return body;
}

describe('the duty log', () => {
  it('numbers the entries of a centre without a gap, also when several write at once', async () => {
    const texts = Array.from({ length: 12 }, (_, i) => `line ${i}`);
    const answers = await Promise.all(
      texts.map((text, i) => write(i % 2 ? duty : commander, { kind: 'note', text })),
    );
    expect(answers.map(({ status }) => status)).toEqual(texts.map(() => 201));
    const entries = await logOf(duty);
    const numbers = entries.map(({ number }) => number);
    expect(numbers).toEqual(numbers.map((_, i) => entries.length - i));
    expect(new Set(entries.map(({ text }) => text))).toEqual(new Set(texts));
    expect(new Set(entries.map(({ by }) => by)).size).toBe(2);
  });

  it('is only ever added to: a correction stands beside what it corrects', async () => {
    const { body: wrong } = await write(duty, { kind: 'call', text: 'called at 9' });
    const { body: right } = await write(commander, { kind: 'correction', text: 'at 10', refers: wrong.id });
    const [found] = (await logOf(duty)).filter(({ id }) => id === wrong.id);
    expect(found).toMatchObject({ text: 'called at 9', correctedBy: { id: right.id, number: right.number } });
    const change = client.query("update duty_log set text = 'called at 10' where id = $1", [wrong.id]);
    await expect(change).rejects.toThrow('only added to');
    await expect(client.query('delete from duty_log where id = $1', [wrong.id])).rejects.toThrow(
      'only added to',
    );
  });

  it('settles a matter once, whoever is faster', async () => {
    const { body: matter } = await write(duty, { kind: 'matter', text: 'lamp of the east gate' });
    const answers = await Promise.all(
      [duty, commander].map((person) => write(person, { kind: 'done', text: 'mended', refers: matter.id })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.error.code).toBe('duty-log.settled');
    expect((await logOf(duty, '?open=true')).map(({ id }) => id)).not.toContain(matter.id);
  });

  it('links what the writer sees, and nothing else', async () => {
    const incident = await reported(county);
    const { body } = await write(county, { kind: 'note', text: 'seen', incident: incident.id });
    expect(body.incident).toEqual({ id: incident.id, number: incident.number });
    expect(await logOf(county, `?incident=${incident.id}`)).toMatchObject([{ id: body.id }]);
    const foreign = await write(sibling, { kind: 'note', text: 'seen', incident: incident.id });
    expect([foreign.status, foreign.body.error.code]).toEqual([404, 'incident.unknown']);
    const other = await write(sibling, { kind: 'correction', text: 'no', refers: body.id });
    expect([other.status, other.body.error.code]).toEqual([404, 'duty-log.unknown']);
  });

  it('is read by its centre and those above; a sibling and those below find no such centre', async () => {
    const { body } = await write(county, { kind: 'note', text: 'of the county alone' });
    const [own] = counties;
    expect((await logOf(duty, `?centre=${own?.id}`)).map(({ id }) => id)).toContain(body.id);
    expect((await logOf(duty)).map(({ id }) => id)).not.toContain(body.id);
    for (const [person, centre] of [
      [sibling, own?.id],
      [county, root.id],
      [county, mint()],
    ] as const)
      expect((await person.get(`/api/duty-log?centre=${centre}`)).status).toBe(404);
  });

  it('pages through its numbers', async () => {
    const all = await logOf(duty, '?limit=200');
    const paged: LogEntry[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const query: string = cursor === '' ? '?limit=5' : `?limit=5&cursor=${cursor}`;
      const { body } = await duty.get<List<LogEntry>>(`/api/duty-log${query}`);
      paged.push(...body.items);
      cursor = body.next;
    }
    expect(paged.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
  });

  it('never tells a word of it to a screen', async () => {
    await write(duty, { kind: 'note', text: 'a word for the log alone' });
    const incident = await reported(duty);
    await screen.sees(incident.id);
    expect(screen.raw.join('\n')).not.toContain('a word for the log alone');
  });
});

describe('a handover', () => {
  it('passes on what is open with two signatures, and carries it until it is done', async () => {
    const incident = await reported(duty, { severity: 2 });
    const { body: matter } = await write(duty, { kind: 'matter', text: 'ask the pumping station' });
    const first = await begin(duty);
    await screen.sees(first.id);
    expect(cardOf(first.id)).toMatchObject({ centre: root.id, state: 'on', overran: false });

    const signed = await act(duty, first, 'sign', { equipment: CHECKED, notes: 'quiet night' });
    expect(signed.body).toMatchObject({
      state: 'handing',
      isSigned: true,
      notes: 'quiet night',
      after: { added: { incidents: [] }, gone: [] },
    });
    const onSheet = signed.body.sheet.incidents.find(({ id }) => id === incident.id);
    expect(onSheet).toMatchObject({ number: incident.number, due: { at: incident.due?.at }, carried: 0 });
    expect(signed.body.sheet.matters.find(({ id }) => id === matter.id)).toMatchObject({ carried: 0 });

    const late = await reported(duty);
    await screen.sees(late.id);
    const seen = await shiftOf(commander, first.id);
    expect(seen.after?.added.incidents.map(({ id }) => id)).toContain(late.id);

    const taken = await act(commander, signed.body, 'take');
    expect(taken.body).toMatchObject({
      state: 'handed',
      outgoing: { by: 'demo-duty' },
      incoming: { by: 'demo-commander', method: 'session' },
    });
    const next = await shiftOf(commander, taken.body.next ?? '');
    expect(next).toMatchObject({
      state: 'on',
      officer: 'demo-commander',
      previous: first.id,
      isSigned: false,
    });
    for (const id of [incident.id, late.id])
      expect(next.sheet.incidents.find((one) => one.id === id)).toMatchObject({ carried: 1 });
    expect(next.sheet.matters.find(({ id }) => id === matter.id)).toMatchObject({ carried: 1 });
    await screen.sees(next.id);
    expect(cardOf(first.id)).toBeUndefined();

    await write(commander, { kind: 'done', text: 'they have called', refers: matter.id });
    const drawn = (await shiftOf(commander, next.id)).sheet.matters;
    expect(drawn.map(({ id }) => id)).not.toContain(matter.id);
    const last = await act(commander, next, 'sign', { equipment: CHECKED });
    await act(duty, last.body, 'take');
    const third = await running(duty);
    const { sheet } = await shiftOf(duty, third?.id ?? '');
    expect(sheet.incidents.find(({ id }) => id === incident.id)).toMatchObject({ carried: 2 });
    const { rows } = await client.query<{ action: string }>(
      'select action from audit where subject = $1 order by seq',
      [`duty-shift:${first.id}`],
    );
    expect(rows.map(({ action }) => action)).toEqual([
      'duty-shift.begun',
      'duty-shift.signed',
      'duty-shift.read',
      'duty-shift.handed',
    ]);
    const said = screen.raw.join('\n');
    for (const word of ['quiet night', 'ask the pumping station', 'demo-commander'])
      expect(said).not.toContain(word);
  });

  it('can be signed by the second person at the first one’s screen, with the own password', async () => {
    const shift = await begin(county);
    const signed = (await act(county, shift, 'sign', { equipment: CHECKED })).body;
    const wrong = await act(county, signed, 'take', { as: { account: 'county-second', password: 'guess' } });
    expect([wrong.status, wrong.body.error.code]).toEqual([401, 'session.refused']);
    const own = await act(county, signed, 'take');
    expect([own.status, own.body.error.code]).toEqual([409, 'duty-shift.same-person']);
    const as = { account: 'county-second', password: PASSWORD };
    const taken = await act(county, signed, 'take', { as });
    expect(taken.body).toMatchObject({
      state: 'handed',
      incoming: { by: 'county-second', method: 'password' },
    });
    expect(await running(county)).toMatchObject({ officer: 'county-second', previous: shift.id });
    const { rows } = await client.query<{ outcome: string; detail: object }>(
      "select outcome, detail from audit where action = 'account.countersigned'",
    );
    expect(rows).toEqual([{ outcome: 'refused', detail: { code: 'session.refused' } }]);
  });

  it.each(['county', 'town', 'community'] as const)(
    'of a %s is handed over between the two who keep its desk in the demo',
    async (demo) => {
      // Others have the desk of the first county here.
      const where = demo === 'county' ? { centre: counties[1]?.id } : {};
      const entered = await app.nobody().post<Session>('/api/session', { demo, second: true, ...where });
      const second = app.withCookie(entered.headers.getSetCookie()[0]?.split(';')[0] ?? '');
      const first = await app.signIn(demo, entered.body.centre.id);
      expect(entered.body.account.name).toMatch(/^demo-.+-b$/);
      const shift = (await running(first)) ?? (await begin(first));
      const [outgoing, incoming] = shift.officer.endsWith('-b') ? [second, first] : [first, second];
      const signed = await act(outgoing, shift, 'sign', { equipment: CHECKED });
      const taken = await act(incoming, signed.body, 'take');
      expect(taken.body).toMatchObject({ state: 'handed', incoming: { method: 'session' } });
      expect((await running(first))?.previous).toBe(shift.id);
    },
  );

  it('without a signature leaves a shift that lapsed, with what was open', async () => {
    const shift = (await running(county)) ?? (await begin(county));
    const incident = await reported(county);
    const mute = await act(county, shift, 'relieve');
    expect([mute.status, mute.body.error.code]).toEqual([400, 'duty-shift.reason-wanted']);
    const lapsed = (await act(county, shift, 'relieve', { reason: 'nobody was there' })).body;
    expect(lapsed).toMatchObject({
      state: 'lapsed',
      outgoing: null,
      reason: 'nobody was there',
      isSigned: false,
    });
    expect(lapsed.sheet.incidents.map(({ id }) => id)).toContain(incident.id);
    const next = await shiftOf(county, lapsed.next ?? '');
    expect(next.sheet.incidents.find(({ id }) => id === incident.id)).toMatchObject({ carried: 1 });
    const { items } = (await duty.get<List<DutyShiftItem>>(`/api/duty-shifts?centre=${counties[0]?.id}`))
      .body;
    expect(items.map(({ state }) => state).slice(0, 2)).toEqual(['on', 'lapsed']);
  });

  it('that does not come shows as abnormal on the walls above, by the server’s clock', async () => {
    const shift = (await running(county)) ?? (await begin(county));
    await client.query(`update duty_shift set due_at = now() - interval '16 minutes' where id = $1`, [
      shift.id,
    ]);
    await client.query(
      "update due_time set due_at = now() where kind = 'duty-shift.overdue' and subject = $1",
      [shift.id],
    );
    await screen.sees(shift.id, shift.version + 1);
    expect(cardOf(shift.id)).toMatchObject({ overran: true, state: 'on', centre: counties[0]?.id });
  });

  it('is taken once when two take it at the same moment', async () => {
    const shift = (await running(duty)) ?? (await begin(duty));
    const [officer, other] = shift.officer === 'demo-duty' ? [duty, commander] : [commander, duty];
    const signed = (await act(officer, shift, 'sign', { equipment: CHECKED })).body;
    const answers = await Promise.all([act(other, signed, 'take'), act(other, signed, 'take')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const { rows } = await client.query<{ count: number }>(
      "select count(*)::int as count from duty_shift where centre = $1 and state in ('on', 'handing')",
      [root.id],
    );
    expect(rows[0]?.count).toBe(1);
  });

  it('repeats its answer for the same key, and never keeps the password', async () => {
    const shift = (await running(county)) ?? (await begin(county));
    const again = await county.post<Refused>('/api/duty-shifts', {});
    expect([again.status, again.body.error.code]).toEqual([409, 'duty-shift.running']);
    const step = {
      version: shift.version,
      reason: 'ill',
      as: { account: 'county-second', password: PASSWORD },
    };
    const path = `/api/duty-shifts/${shift.id}/relieve`;
    const ask = () => county.post<DutyShift & Refused>(path, step, { 'idempotency-key': 'relief-1' });
    const answers = [await ask(), await ask()];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers[0]?.body.id).toBe(answers[1]?.body.id);
    const { rows } = await client.query<{ text: string }>(
      "select coalesce(answer::text, '') as text from idempotency",
    );
    expect(rows.map(({ text }) => text).join('')).not.toContain(PASSWORD);
  });

  it('is a centre’s own: above it is read, beside it unknown', async () => {
    const shift = (await running(county)) ?? (await begin(county));
    expect((await duty.get(`/api/duty-shifts/${shift.id}`)).status).toBe(200);
    const above = await act(duty, shift, 'relieve', { reason: 'from above' });
    expect([above.status, above.body.error.code]).toEqual([403, 'scope.denied']);
    for (const answer of [
      await sibling.get(`/api/duty-shifts/${shift.id}`),
      await act(sibling, shift, 'relieve', { reason: 'from beside' }),
      await sibling.get(`/api/duty-shifts?centre=${counties[0]?.id}`),
      await county.get(`/api/duty-shifts/${mint()}`),
    ])
      expect(answer.status).toBe(404);
  });
});
