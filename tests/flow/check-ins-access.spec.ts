import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AuditEntry, type Checkpoint, type CodeSheet, codeText, toInstant } from '@app/shared';
import { CheckInRig } from '../support/check-in-rig.js';
import { mint } from '../support/facts.js';

// Who may check in, and who may print what is read.

type List<T> = { items: T[]; next: string | null };
type Refused = { error: { code: string } };

let rig: CheckInRig;

beforeAll(async () => {
  rig = await CheckInRig.open();
}, 120_000);
afterAll(() => rig?.close());

describe('who may', () => {
  it('check in: the handheld of a team, at what it owes or what lies in its home', async () => {
    const by = await rig.patrol();
    const draft = {
      id: mint(),
      device: mint(),
      checkpoint: by.point.id,
      code: 'A',
      at: toInstant(Date.now()),
    };
    expect((await rig.commander.post<Refused>('/api/check-ins', draft)).body.error.code).toBe('role.denied');
    const foreign = await rig.commander.post<Checkpoint>('/api/checkpoints', {
      centre: rig.counties[1]?.id,
      names: { hans: '别处', hant: '', en: '' },
      lng: 98.1,
      lat: 39.9,
      radiusM: 60,
      dwellS: 120,
      visits: { 3: 1 },
    });
    for (const checkpoint of [foreign.body.id, mint()])
      expect((await by.handheld.post('/api/check-ins', { ...draft, checkpoint })).status).toBe(404);
  });

  it('print codes: whoever may change the checkpoint; it is in the audit, the secret is not', async () => {
    const by = await rig.patrol();
    const sibling = await rig.app.signIn('county', rig.counties[1]?.id);
    const path = `/api/checkpoints/${by.point.id}/code`;
    expect((await sibling.post(path, {})).status).toBe(404);
    const { body } = await rig.commander.post<CodeSheet>(path, {});
    expect(body.secret).toBe(by.sheet.secret);
    expect(body.tag.text).toBe(codeText(by.point.id, body.tag.code));
    expect(body.tag.svg).toMatch(/^<svg/);
    const admin = await rig.app.signIn('admin');
    const subject = encodeURIComponent(`checkpoint:${by.point.id}`);
    const audit = (await admin.get<List<AuditEntry>>(`/api/audit?subject=${subject}`)).body.items;
    expect(audit.map(({ action }) => action)).toEqual([
      'checkpoint.code-read',
      'checkpoint.code-made',
      'checkpoint.created',
    ]);
    expect(JSON.stringify(audit)).not.toContain(body.secret);
  });
});
