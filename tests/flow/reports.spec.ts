import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { unzipSync } from 'fflate';
import { writeFile } from 'node:fs/promises';
import {
  type Centre,
  type Incident,
  type PictureItem,
  type Report,
  type Alert,
  type ClockSettings,
  FIRST_CLOCKS,
  SOON_SHARE,
} from '@app/shared';
import { Database } from '../../server/src/platform/database.js';
import { openApp, type Person, type RunningApp } from '../support/app.js';
import { charactersOf, fontsOf } from '../support/docx-font.js';
import { fireIn } from '../support/fire.js';
import { mint } from '../support/facts.js';

type Refused = { error: { code: string; detail: Record<string, unknown> } };

let running: RunningApp;
let city: Person;
let county: Person;
let sibling: Person;
let admin: Person;
let home: Centre;
let root: Centre;

beforeAll(async () => {
  running = await openApp();
  city = await running.signIn('duty');
  admin = await running.signIn('admin');
  const { items } = (await city.get<{ items: Centre[] }>('/api/centres')).body;
  const [first, second] = items.filter(({ level }) => level === 'county');
  if (!first || !second || !items[0]) throw new Error('a city with two counties');
  [home, root] = [first, items[0]];
  county = await running.signIn('county', first.id);
  sibling = await running.signIn('county', second.id);
}, 120_000);
afterAll(() => running?.close());

/** An incident that the county itself holds: outside every centre below it. */
async function accepted(severity = 2): Promise<Incident> {
  const report = {
    category: 'fire',
    severity,
    lng: 100.5,
    lat: 38.9,
    place: '城关派出所北侧',
    source: 'hotline',
  };
  const told = { ...report, description: '仓库起火，浓烟较大' };
  const { body } = await county.post<Incident>('/api/incidents', told);
  const step = await county.post<Incident>(`/api/incidents/${body.id}/accept`, {
    version: 1,
    note: '已通知消防',
  });
  expect(step.status).toBe(200);
  return step.body;
}

const listed = async (incident: string, by: Person = county): Promise<Report[]> =>
  (await by.get<{ items: Report[] }>(`/api/incidents/${incident}/reports`)).body.items ?? [];
const begun = async (incident: string, kind = 'first') =>
  county.post<Report & Refused>('/api/reports', { incident, kind });
const sent = ({ id, version }: Report, by: Person = county) =>
  by.post<Report & Refused>(`/api/reports/${id}/send`, { version });
const taken = ({ id, version }: Report, by: Person = city) =>
  by.post<Report & Refused>(`/api/reports/${id}/acknowledge`, { version });
async function picture(scope: string, by: Person): Promise<PictureItem[]> {
  const { body } = await by.get<{ snapshot: PictureItem[] }>(`/api/journal?scope=${scope}`);
  return body.snapshot.filter(({ kind }) => kind === 'report');
}

describe('a report upward', () => {
  it('goes from the record to a draft, is edited, sent, acknowledged, and never changed again', async () => {
    const incident = await accepted();
    const [wanted] = await listed(incident.id);
    const limit = FIRST_CLOCKS['report-first'][2];
    expect(wanted).toMatchObject({
      kind: 'first',
      state: 'wanted',
      from: home.id,
      to: root.id,
      overdue: false,
    });
    expect(Date.parse(wanted?.dueAt ?? '') - Date.parse(incident.recordedAt)).toBe(limit * 60_000);
    const soon = Date.parse(wanted?.dueAt ?? '') - Date.parse(wanted?.soonAt ?? '');
    expect(soon).toBe(limit * 60_000 * SOON_SHARE);

    const draft = (await begun(incident.id)).body;
    expect(draft).toMatchObject({ id: wanted?.id, state: 'draft', actions: ['edit', 'send'] });
    expect(draft.body).toMatchObject({
      source: '12345热线',
      place: expect.stringContaining('城关派出所北侧'),
      nature: expect.stringContaining('仓库起火，浓烟较大'),
      measures: expect.stringContaining('受理 已通知消防'),
      receivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d$/),
    });
    expect((await begun(incident.id)).body).toEqual(draft);
    expect((await listed(incident.id, city))[0]?.body).toEqual(draft.body);

    const body = { ...draft.body, losses: '暂无伤亡', leaders: '街道值班领导已到场' };
    const edit = await county.ask<Report>('PATCH', `/api/reports/${draft.id}`, {
      version: draft.version,
      body,
    });
    expect([edit.status, edit.body.body]).toEqual([200, body]);
    const stale = await county.ask<Refused>('PATCH', `/api/reports/${draft.id}`, {
      version: draft.version,
      body,
    });
    expect([stale.status, stale.body.error.code]).toEqual([409, 'report.stale']);

    const sending = await sent(edit.body);
    expect([sending.status, sending.body.state, sending.body.actions]).toEqual([200, 'sent', []]);
    const again = await county.ask<Refused>('PATCH', `/api/reports/${draft.id}`, {
      version: sending.body.version,
      body: {},
    });
    expect([again.status, again.body.error.code]).toEqual([409, 'report.illegal-step']);
    const database = running.app.get(Database);
    await expect(database.query(`update report set body = '{}' where id = $1`, [draft.id])).rejects.toThrow(
      'is not changed',
    );
    await expect(database.query('delete from report where id = $1', [draft.id])).rejects.toThrow(
      'is not changed',
    );

    const [cards] = [(await picture(root.id, city)).map(({ id }) => id)];
    expect(cards).toContain(draft.id);
    const own = await taken(sending.body, county);
    expect([own.status, own.body.error.code]).toEqual([403, 'scope.denied']);
    const receipt = await taken(sending.body);
    expect([receipt.status, receipt.body]).toEqual([
      200,
      expect.objectContaining({ state: 'acknowledged', acknowledgedBy: expect.any(String) }),
    ]);
    expect((await picture(root.id, city)).map(({ id }) => id)).not.toContain(draft.id);
    expect((await listed(incident.id)).find(({ id }) => id === draft.id)?.body).toEqual(body);
  });

  it('is numbered, wants the next one, and ends with the final one', async () => {
    const incident = await accepted();
    const early = await begun(incident.id, 'follow-up');
    expect([early.status, early.body.error.code]).toEqual([409, 'report.illegal-step']);
    await sent((await begun(incident.id)).body);
    expect((await listed(incident.id)).map(({ kind, ordinal, state }) => [kind, ordinal, state])).toEqual([
      ['first', 1, 'sent'],
      ['follow-up', 1, 'wanted'],
    ]);
    const one = (await begun(incident.id, 'follow-up')).body;
    expect(one.body.progress).toBe('待派遣');
    const lacks = await sent(one);
    expect([lacks.status, lacks.body.error.detail]).toEqual([400, { fields: ['measures'] }]);
    const edit = { version: one.version, body: { ...one.body, measures: '继续处置' } };
    await sent((await county.ask<Report>('PATCH', `/api/reports/${one.id}`, edit)).body);
    await begun(incident.id, 'follow-up');
    expect((await listed(incident.id)).at(-1)).toMatchObject({ kind: 'follow-up', ordinal: 2 });

    const { version } = (await county.get<Incident>(`/api/incidents/${incident.id}`)).body;
    await county.post(`/api/incidents/${incident.id}/complete`, { version, note: '明火扑灭' });
    const final = (await begun(incident.id, 'final')).body;
    expect(final.body.measures).toContain('明火扑灭');
    const done = { version: final.version, body: { ...final.body, losses: '过火面积 20 平方米' } };
    expect(
      (await sent((await county.ask<Report>('PATCH', `/api/reports/${final.id}`, done)).body)).status,
    ).toBe(200);
    expect((await begun(incident.id, 'follow-up')).body.error.code).toBe('report.illegal-step');
  });

  it('shows as overdue on both levels when its clock ran out, once', async () => {
    const incident = await accepted(1);
    await fireIn(running, 31 * 60_000);
    for (const [by, scope] of [
      [county, home.id],
      [city, root.id],
    ] as const) {
      const card = (await picture(scope, by)).find(({ card: { incident: of } }) => of === incident.id)?.card;
      expect(card).toMatchObject({ state: 'wanted', overdue: true, version: 2 });
    }
    const { items } = (await county.get<{ items: Alert[] }>('/api/alerts')).body;
    const alert = items.find(({ incidents, clock }) => incidents.includes(incident.id) && clock?.overdue);
    expect(alert).toMatchObject({
      centre: home.id,
      severity: 1,
      clock: { stage: 'report-first', limitMinutes: 30, number: incident.number },
    });
    const late = await sent((await begun(incident.id)).body);
    expect(late.body).toMatchObject({ state: 'sent', overdue: true });
    expect((await county.get(`/api/alerts/${alert?.id}`)).body).toMatchObject({ state: 'resolved' });
  });

  it('is wanted of nobody for a mild incident, and goes when the incident is rejected', async () => {
    expect(await listed((await accepted(4)).id)).toEqual([]);
    const incident = await accepted(3);
    expect((await listed(incident.id)).map(({ state }) => state)).toEqual(['wanted']);
    await county.post(`/api/incidents/${incident.id}/reject`, { version: incident.version, reason: '误报' });
    expect(await listed(incident.id)).toEqual([]);
    expect((await picture(home.id, county)).some(({ card }) => card['incident'] === incident.id)).toBe(false);
  });

  it('is nobody else’s: its sibling sees nothing of it, a card holds no text', async () => {
    const incident = await accepted();
    const draft = (await begun(incident.id)).body;
    expect((await sibling.get(`/api/incidents/${incident.id}/reports`)).status).toBe(404);
    expect((await sent(draft, sibling)).status).toBe(404);
    expect((await sibling.get(`/api/reports/${draft.id}/file?format=pdf`)).status).toBe(404);
    expect((await city.get(`/api/reports/${mint()}/file?format=pdf`)).status).toBe(404);
    const open = (await city.get<{ items: Report[] }>('/api/reports')).body.items;
    expect(open.map(({ id }) => id)).toContain(draft.id);
    expect(JSON.stringify(await picture(home.id, county))).not.toContain('浓烟');
  });

  it('sent by two at once is sent once', async () => {
    const draft = (await begun((await accepted()).id)).body;
    const answers = await Promise.all([sent(draft), sent(draft), sent(draft)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });
});

describe('a report as a file', () => {
  it('is a PDF that carries the characters it shows, and a DOCX that can be edited', async () => {
    const draft = (await begun((await accepted()).id)).body;
    const read = async (format: string) => {
      const answer = await fetch(`${city.url}/api/reports/${draft.id}/file?format=${format}`, {
        headers: city.headers,
      });
      expect(answer.status).toBe(200);
      return Buffer.from(await answer.arrayBuffer());
    };
    const pdf = await read('pdf');
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.toString('latin1')).toMatch(/\/BaseFont \/[A-Z]{6}\+NotoSansSC-Regular/);
    expect(pdf.toString('latin1')).toContain('/FontFile2');
    expect(pdf.length).toBeLessThan(400_000);
    const docx = await read('docx');
    const [text] = Object.entries(unzipSync(new Uint8Array(docx))).flatMap(([name, bytes]) =>
      name === 'word/document.xml' ? [Buffer.from(bytes).toString()] : [],
    );
    expect(text).toContain('突发事件信息（首报）');
    expect(text).toContain('仓库起火，浓烟较大');
    const parts = unzipSync(new Uint8Array(docx));
    const part = (name: string) => Buffer.from(parts[name] ?? []).toString();
    expect(part('word/settings.xml')).toContain('<w:embedTrueTypeFonts/>');
    expect(part('word/fontTable.xml')).toMatch(/w:name="Noto Sans SC".*<w:embedRegular .*<w:embedBold /);
    expect(part('word/styles.xml')).toContain('w:eastAsia="Noto Sans SC"');
    const fonts = fontsOf(parts);
    expect(fonts.map((font) => font.readUInt32BE(0))).toEqual([0x00010000, 0x00010000]);
    for (const known of fonts.map(charactersOf)) {
      expect('首报仓库起火浓烟较大2026，'.split('').filter((sign) => !known.has(sign))).toEqual([]);
      expect(known.has('龘')).toBe(false);
    }
    expect(docx.length).toBeLessThan(200_000);
    const folder = process.env['LOOK'];
    if (folder)
      await Promise.all([writeFile(`${folder}/report.pdf`, pdf), writeFile(`${folder}/report.docx`, docx)]);
  });
});

describe('the limits of reporting clocks', () => {
  it('are rules by level like all others, set by the administrator', async () => {
    const { version, rules } = (await admin.get<ClockSettings>('/api/clocks')).body;
    const rule = { level: home.level, category: null, severity: 4, stage: 'report-first' } as const;
    const change = { version, rules: [...rules, { ...rule, kind: 'emergency', value: 40 }] };
    expect((await county.post('/api/clocks', change)).status).toBe(403);
    expect((await admin.post('/api/clocks', change)).status).toBe(200);
    const incident = await accepted(4);
    const [wanted] = await listed(incident.id);
    expect(Date.parse(wanted?.dueAt ?? '') - Date.parse(incident.recordedAt)).toBe(40 * 60_000);
  });
});
