import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Alert,
  type AlertCard,
  type Beat,
  type Centre,
  type Deviation,
  type DeviationRules,
  FIRST_DEVIATION_RULES,
  type FixesAnswer,
  LIAISON_DESKS,
  localMetres,
  type NewDevice,
  type PatrolPlanned,
  type Team,
  type TeamDraft,
  toMs,
} from '@app/shared';
import { Journal } from '../../server/src/journal/journal.js';
import { Database } from '../../server/src/platform/database.js';
import { DeviationDesk } from '../../server/src/risk/deviation-desk.js';
import { DeviationSchedule } from '../../server/src/risk/deviation.schedule.js';
import { DeviationWatch } from '../../server/src/risk/deviation-watch.js';
import { DeviceSeen } from '../../server/src/teams/device-seen.js';
import { openApp, type Person, type RunningApp } from '../support/app.js';
import { insist } from '../support/insist.js';
import { Screen } from '../support/screen.js';

type List<T> = { items: T[]; next: string | null };
type Refused = { error: { code: string; detail: Record<string, unknown> } };

const MINUTE = 60_000;
const PLACE = [98.2888, 39.7721] as const;
const around = localMetres(PLACE);
let app: RunningApp;
let commander: Person;
let admin: Person;
let home: string;
let beat: string;
let screen: Screen;
let desk: Screen;
let made = 0;

beforeAll(async () => {
  app = await openApp();
  commander = await app.signIn('commander');
  admin = await app.signIn('admin');
  const { items } = (await commander.get<List<Centre>>('/api/centres')).body;
  home = items.find(({ level }) => level === 'county')?.id ?? '';
  screen = await Screen.joined(commander, items[0]?.id ?? '');
  desk = await Screen.joined(await app.signIn('liaison'), LIAISON_DESKS['armed-police-liaison'].id);
  const corners = [
    [-500, -500],
    [500, -500],
    [500, 500],
    [-500, 500],
    [-500, -500],
  ] as const;
  const polygon = {
    type: 'Polygon',
    coordinates: [corners.map(([east, north]) => around.toLngLat(east, north))],
  };
  const drawn = { centre: home, names: { hans: '偏离巡区', hant: '', en: '' }, ring: 'inner', polygon };
  beat = (await commander.post<Beat>('/api/beats', drawn)).body.id;
}, 120_000);
afterAll(async () => {
  screen?.close();
  desk?.close();
  await app?.close();
});
afterEach(() => expect([...screen.faults, ...desk.faults]).toEqual([]));

const sql = (text: string, parameters: unknown[]) => app.app.get(Database).query(text, parameters);

interface Patrol {
  readonly team: string;
  readonly callSign: string;
  readonly devices: readonly { readonly id: string; readonly door: Person }[];
}

/**
 * A team with a beat of a square kilometre and devices two hours old, whose shift began as long ago: but it is on only
 * from its first drive on, so that the server's own looks find nothing half made.
 */
async function onShift(draft: Partial<TeamDraft> = {}, devices = 1): Promise<Patrol> {
  const callSign = `偏${++made}`;
  const asked = {
    callSign,
    centre: home,
    mode: 'vehicle',
    tier: 3,
    forces: { police: 2 },
    status: 'patrolling',
  };
  const team = (await commander.post<Team>('/api/teams', { ...asked, ...draft })).body.id;
  const doors = [];
  for (let n = 0; n < devices; n++) {
    const { id, secret } = (await commander.post<NewDevice>('/api/devices', { team })).body;
    doors.push({ id, door: app.withToken(secret ?? '') });
  }
  const plan = { team, level: 3, order: 'free', beats: [beat], checkpoints: [], version: 0 };
  expect((await commander.post('/api/patrol-plans', plan)).status).toBe(200);
  const day = new Date(Date.now() + 32 * 60 * MINUTE).toISOString().slice(0, 10);
  const shift = { teams: [team], pattern: 'peak', from: day, days: 1, crews: ['A'] };
  expect((await commander.post<PatrolPlanned>('/api/shifts', shift)).status).toBe(201);
  const [from, to] = [new Date(Date.now() - 120 * MINUTE), new Date(Date.now() + 240 * MINUTE)];
  await sql(`update patrol_shift set starts_at = $2, ends_at = $3, started_at = $2 where team = $1`, [
    team,
    from,
    to,
  ]);
  await sql('update team set status_at = $2 where id = $1', [team, from]);
  await sql('update device set created_at = $2 where team = $1', [team, from]);
  return { team, callSign, devices: doors };
}

/** Fixes of every ten seconds between two minutes before now, at a place in metres from the middle of the beat. */
async function drive(
  { team, devices: [device] }: Patrol,
  [from, to]: readonly [number, number],
  { east = 0, step = 0, speedKmh }: { east?: number; step?: number; speedKmh?: number } = {},
): Promise<void> {
  if (!device) throw new Error('no device');
  const now = Date.now();
  const fixes = Array.from({ length: Math.round((from - to) * 6) + 1 }, (_, i) => {
    const [lng, lat] = around.toLngLat(east + step * i + Math.sin(i), Math.cos(i));
    const at = new Date(now - from * MINUTE + i * 10_000).toISOString();
    return { device: device.id, at, lng, lat, ...(speedKmh === undefined ? {} : { speedKmh }) };
  });
  const { body } = await device.door.post<FixesAnswer>('/api/positions', fixes);
  expect(body).toMatchObject({ accepted: fixes.length, rejected: [] });
  await app.app.get(DeviceSeen).write();
  await sql(`update patrol_shift set state = 'on' where team = $1 and state = 'planned'`, [team]);
}

/** As a process that has just taken the lead looks, which knows nothing but what is stored. */
async function look(): Promise<void> {
  await app.app.get(DeviceSeen).write();
  app.app.get(DeviationWatch).forget();
  await app.app.get(DeviationSchedule).look();
}

const cards = (of: { team: string }, on = screen): AlertCard[] =>
  [...on.picture.items()]
    .filter(({ kind }) => kind === 'alert')
    .map(({ card }) => card as AlertCard)
    .filter(({ deviation }) => deviation?.team === of.team);
const kindsOf = (of: { team: string }, on = screen): (Deviation | undefined)[] =>
  cards(of, on)
    .map(({ deviation }) => deviation?.kind)
    .sort();
const rowsOf = ({ team }: { team: string }) =>
  sql(`select id, state, deviation from alert where deviation->>'team' = $1 order by since, id`, [
    team,
  ]) as Promise<{ id: string; state: string; deviation: { kind: string; to: number | null } }[]>;

/** Looks until the screen shows these deviations of a team and no others. */
async function shows(of: { team: string }, kinds: readonly Deviation[], on = screen): Promise<AlertCard[]> {
  await insist(async () => {
    await look();
    await screen.until(() => String(kindsOf(of, on)) === String(kinds), `${kinds.join()} of ${of.team}`);
    return true;
  });
  return cards(of, on);
}
const read = async (id: string): Promise<Alert> => (await commander.get<Alert>(`/api/alerts/${id}`)).body;

/** Looks until so many alerts of a team are known. */
const rowsUntil = (of: { team: string }, count: number) =>
  insist(async () => {
    await look();
    const rows = await rowsOf(of);
    return rows.length === count ? rows : undefined;
  });
const fail = (): never => {
  throw new Error('not there');
};

describe('a team on shift', () => {
  it('that left its beat is one alert, whoever looks how often, and closed when it is back', async () => {
    const patrol = await onShift();
    await drive(patrol, [15, 3], { east: 1_500 });
    const [card] = await shows(patrol, ['off-beat']);
    expect(card).toMatchObject({
      rule: 'deviation',
      severity: 4,
      state: 'raised',
      centre: home,
      grid: null,
      incidents: [],
      deviation: { callSign: patrol.callSign, to: null, limitS: 600, bound: 200 },
    });
    expect(Date.now() - toMs(card?.deviation?.from ?? '')).toBeGreaterThan(14 * MINUTE);
    await Promise.all([look(), look(), app.app.get(DeviationSchedule).look()]);
    expect(await rowsOf(patrol)).toHaveLength(1);
    await drive(patrol, [1.9, 0]);
    await shows(patrol, []);
    const ended = await read(card?.id ?? '');
    expect(ended).toMatchObject({
      state: 'resolved',
      version: 2,
      actions: [],
      deviation: { kind: 'off-beat' },
    });
    expect(ended.deviation?.to).not.toBeNull();
    expect(ended.timeline.map(({ fact, by }) => [fact, by])).toEqual([
      ['alert.raised', 'system'],
      ['alert.resolved', 'system'],
    ]);
  });

  it('that somebody has dismissed stays so while it goes on, and comes as a new one after its end', async () => {
    const patrol = await onShift();
    await drive(patrol, [15, 3], { east: 1_500 });
    const dismissed = (await rowsUntil(patrol, 1))[0]?.id ?? '';
    const step = { version: 1, reason: '巡区外押运' };
    expect((await commander.post(`/api/alerts/${dismissed}/dismiss`, step)).status).toBe(200);
    await look();
    await app.app.get(DeviationSchedule).look();
    expect(await rowsOf(patrol)).toMatchObject([
      { id: dismissed, state: 'dismissed', deviation: { to: null } },
    ]);
    await drive(patrol, [1.9, 0]);
    await look();
    const [ended] = await rowsOf(patrol);
    expect(ended).toMatchObject({ id: dismissed, state: 'dismissed' });
    expect(ended?.deviation.to).not.toBeNull();
    expect((await read(dismissed)).version).toBe(2);
  });

  it('is told once, however many processes find the same at one moment', async () => {
    const patrol = await onShift();
    await drive(patrol, [13, 0], { east: 1_500, step: 20 });
    const [rule] = FIRST_DEVIATION_RULES;
    if (!rule) throw new Error('no rules');
    const { team: id, callSign } = patrol;
    const found = {
      kind: 'off-beat',
      team: { id, callSign, centre: home, demo: false },
      from: Date.now(),
      rule,
    } as const;
    const [journal, writer] = [app.app.get(Journal), app.app.get(DeviationDesk)];
    const tell = () =>
      journal.transaction(async (tx) => journal.append(tx, await writer.raise(tx, found, Date.now())));
    await Promise.all([tell(), tell(), look(), tell()]);
    expect(await rowsOf(patrol)).toHaveLength(1);
    const [alert] = await shows(patrol, ['off-beat']);
    const stop = () =>
      journal.transaction(async (tx) => {
        const [row] = (await writer.running()).filter(({ id: known }) => known === alert?.id);
        if (row) await journal.append(tx, await writer.end(tx, row, Date.now()));
      });
    await Promise.all([stop(), stop(), stop()]);
    expect((await read(alert?.id ?? '')).timeline).toHaveLength(2);
  });

  it('that tells late where it was is judged by that: what it disproves is over', async () => {
    const patrol = await onShift();
    const schedule = app.app.get(DeviationSchedule);
    const isAway = () => kindsOf(patrol).includes('off-beat');
    await drive(patrol, [25, 8], { east: 1_500 });
    await shows(patrol, ['lost-contact', 'off-beat']);
    // Live again, and still away: the process that watches has read all that there is.
    await drive(patrol, [0.5, 0], { east: 1_500 });
    await schedule.look();
    expect(isAway()).toBe(true);
    // Meanwhile it was back for minutes, and tells so only now.
    await drive(patrol, [6, 2]);
    await insist(async () => {
      await schedule.look();
      return !isAway() || undefined;
    });
    const ended = (await rowsOf(patrol)).filter(({ deviation }) => deviation.kind === 'off-beat');
    expect(ended).toMatchObject([{ state: 'resolved' }]);
  });

  it('that tells late that it was away is told of, though it was heard since', async () => {
    const patrol = await onShift();
    const schedule = app.app.get(DeviationSchedule);
    const isAway = () => kindsOf(patrol).includes('off-beat');
    await drive(patrol, [25, 20]);
    await shows(patrol, ['lost-contact']);
    await drive(patrol, [0.5, 0], { east: 1_500 });
    await schedule.look();
    expect(isAway()).toBe(false);
    await drive(patrol, [18, 1], { east: 1_500 });
    await insist(async () => {
      await schedule.look();
      return isAway() || undefined;
    });
  });

  it('that is too fast, or stands, is told as that; on its beat and slow it is nothing', async () => {
    const [fast, parked, calm] = [await onShift(), await onShift(), await onShift()];
    await drive(fast, [3, 0], { east: -400, step: 20, speedKmh: 130 });
    await drive(parked, [30, 0], { speedKmh: 0 });
    await drive(calm, [30, 0], { east: -450, step: 5, speedKmh: 20 });
    const [card] = await shows(fast, ['overspeed']);
    expect(card).toMatchObject({ deviation: { bound: 90, limitS: 30 } });
    await shows(parked, ['stationary']);
    await shows(calm, []);
    await sql(`update team set status = 'rest' where id = $1`, [parked.team]);
    await shows(parked, []);
    await sql(`update patrol_shift set state = 'ended' where team = $1`, [fast.team]);
    await shows(fast, []);
  });

  it('that is not heard any more is lost since its last word, and found when it has spoken for a while', async () => {
    const patrol = await onShift();
    await drive(patrol, [20, 8], { step: 2 });
    const [card] = await shows(patrol, ['lost-contact']);
    expect(card).toMatchObject({ severity: 3, deviation: { limitS: 300, bound: null } });
    expect(Math.abs(Date.now() - 8 * MINUTE - toMs(card?.deviation?.from ?? ''))).toBeLessThan(2 * MINUTE);
    // The process that knows its device as silent too: a team that is found has no silent device.
    await sql(`update device_seen set seen_at = now() - interval '20 minutes' where device = $1`, [
      patrol.devices[0]?.id,
    ]);
    const schedule = app.app.get(DeviationSchedule);
    await schedule.look();
    await drive(patrol, [1.5, 0]);
    await insist(async () => {
      await schedule.look();
      return cards(patrol).length === 0 || undefined;
    });
    expect(await rowsOf(patrol)).toHaveLength(1);
  });

  it('and has a device that fell silent: the device is told, not the team; it speaks again and that is over', async () => {
    const patrol = await onShift({}, 2);
    await drive(patrol, [30, 0], { step: 2 });
    const [card] = await shows(patrol, ['silent-device']);
    const [, silent] = patrol.devices;
    expect(card).toMatchObject({ severity: 4, deviation: { device: silent?.id, limitS: 900 } });
    await sql(`insert into device_seen values ($1, now() - interval '2 minutes')`, [silent?.id]);
    await app.app.get(DeviationSchedule).look();
    expect(kindsOf(patrol)).toEqual(['silent-device']);
    await drive({ ...patrol, devices: [silent ?? fail()] }, [0, 0], { step: 2 });
    await insist(async () => {
      await app.app.get(DeviceSeen).write();
      await app.app.get(DeviationSchedule).look();
      return cards(patrol).length === 0 || undefined;
    });
  });
});

describe('a team under a command of its own', () => {
  it('is asked after at its liaison desk when it is not heard, and never measured', async () => {
    const patrol = await onShift({ forces: { 'armed-police': 4 } });
    await drive(patrol, [40, 8], { east: 3_000, speedKmh: 130 });
    const [card] = await shows(patrol, ['lost-contact']);
    expect(card).toMatchObject({ severity: 4, deviation: { asks: 'armed-police' } });
    expect(await rowsOf(patrol)).toHaveLength(1);
    expect(kindsOf(patrol, desk)).toEqual(['lost-contact']);
    const centre = (await commander.get<Centre>(`/api/centres/${home}`)).body;
    expect([card?.lng, card?.lat]).toEqual(centre.anchor);
  });

  it('is answered for by its desk alone, step by step, and whoever asked is told', async () => {
    const patrol = await onShift({ forces: { 'armed-police': 4 } });
    await drive(patrol, [40, 8]);
    const [card] = await shows(patrol, ['lost-contact']);
    const path = `/api/alerts/${card?.id}/answer`;
    const liaison = await app.signIn('liaison');
    const other = await onShift({ forces: { militia: 3 } });
    await drive(other, [20, 8]);
    const [foreign] = await shows(other, ['lost-contact']);
    const unknown = await liaison.post<Refused>(`/api/alerts/${foreign?.id}/answer`, {
      version: 1,
      answer: 'safe',
    });
    expect(unknown).toMatchObject({ status: 404, body: { error: { code: 'alert.unknown' } } });
    const say = (by: Person, version: number, answer: string, note?: string) =>
      by.post<Alert & Refused>(path, { version, answer, ...(note === undefined ? {} : { note }) });
    expect((await say(commander, 1, 'safe')).body.error.code).toBe('role.denied');
    expect((await say(liaison, 1, 'fine')).status).toBe(400);
    const checking = await say(liaison, 1, 'checking', '已电话联系带队干部');
    expect(checking).toMatchObject({ status: 200, body: { version: 2, deviation: { answer: 'checking' } } });
    expect((await say(liaison, 1, 'safe')).body.error.code).toBe('alert.stale');
    expect((await say(liaison, 2, 'checking')).body.error.code).toBe('alert.illegal-step');
    const reason = {
      version: 2,
      reason: '等待答复',
      until: new Date(Date.now() + 30 * MINUTE).toISOString(),
    };
    expect((await commander.post(`/api/alerts/${card?.id}/shelve`, reason)).status).toBe(200);

    const help = await say(liaison, 3, 'help-wanted', '车辆故障，请就近接应');
    expect(help).toMatchObject({
      status: 200,
      body: { version: 4, severity: 2, state: 'raised', until: null },
    });
    await screen.until(() => cards(patrol)[0]?.version === 4, 'the answer');
    const [told] = cards(patrol);
    expect(told).toMatchObject({ deviation: { asks: 'armed-police', answer: 'help-wanted' } });
    expect(JSON.stringify(told)).not.toContain('车辆故障');
    const read = await commander.get<Alert>(`/api/alerts/${card?.id}`);
    expect(read.body.timeline.at(-1)).toMatchObject({
      fact: 'alert.answered',
      reason: '车辆故障，请就近接应',
    });
    expect(screen.raw.join('')).not.toContain('车辆故障');
  });

  it('is nobody else’s: the desk sees nothing of a police team', async () => {
    const patrol = await onShift();
    await drive(patrol, [20, 8], { east: 1_500 });
    await shows(patrol, ['lost-contact', 'off-beat']);
    expect(cards(patrol, desk)).toEqual([]);
    expect(desk.raw.join('')).not.toContain(patrol.team);
  });
});

describe('the rules', () => {
  const rules = async (): Promise<DeviationRules> =>
    (await admin.get<DeviationRules>('/api/deviation-rules')).body;

  it('are changed by an administrator, at the version he saw, and hold at the next look', async () => {
    const first = await rules();
    expect(first).toEqual({ version: 0, rules: [...FIRST_DEVIATION_RULES] });
    const patrol = await onShift({ mode: 'motorcycle' });
    await drive(patrol, [8, 0], { east: 1_500, step: 20 });
    await shows(patrol, []);
    const own = {
      kind: 'off-beat',
      level: null,
      force: 'police',
      mode: 'motorcycle',
      afterS: 300,
      clearS: 60,
      bound: 150,
    };
    const wanted = { version: 0, rules: [...first.rules, own] };
    const changed = await admin.post<DeviationRules>('/api/deviation-rules', wanted);
    expect(changed).toMatchObject({ status: 200, body: { version: 1 } });
    expect(changed.body.rules).toContainEqual(own);
    const stale = await admin.post<Refused>('/api/deviation-rules', wanted);
    expect(stale).toMatchObject({ status: 409, body: { error: { code: 'deviation-rules.stale' } } });
    const twice = await admin.post<Refused>('/api/deviation-rules', { version: 1, rules: [own, own] });
    expect(twice).toMatchObject({ status: 409, body: { error: { code: 'deviation-rules.doubled' } } });
    expect((await commander.post('/api/deviation-rules', wanted)).status).toBe(403);
    const mute = { version: 1, rules: [{ ...own, bound: null }] };
    expect((await admin.post('/api/deviation-rules', mute)).status).toBe(400);
    const [card] = await shows(patrol, ['off-beat']);
    expect(card?.deviation).toMatchObject({ limitS: 300, bound: 150 });
  });
});
