import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Account, Centre } from '@app/shared';
import pg from 'pg';
import { CentreTree } from '../../server/src/access/centre-tree.js';
import { Tailer } from '../../server/src/journal/tailer.js';
import { Database } from '../../server/src/platform/database.js';
import { openApp, type Person, type RunningApp } from '../support/app.js';

interface Failure {
  readonly error: { readonly code: string };
}

const names = { hans: '新镇', hant: '新鎮', en: 'New Town' };
let running: RunningApp;
let admin: Person;
let client: pg.Client;
let root: Centre;
let from: Centre;
let to: Centre;

const rows = async <T>(sql: string, parameters: unknown[] = []) =>
  (await client.query(sql, parameters)).rows as T[];
const centres = async () => (await admin.get<{ items: Centre[] }>('/api/centres')).body.items;
const current = async (id: string) => (await admin.get<Centre>(`/api/centres/${id}`)).body;
const change = (id: string, body: object) => admin.ask<Centre & Failure>('PATCH', `/api/centres/${id}`, body);

beforeAll(async () => {
  running = await openApp();
  admin = await running.signIn('admin');
  client = new pg.Client(running.databaseUrl);
  await client.connect();
  const all = await centres();
  const first = all[0];
  const [a, b] = all.filter(({ parent }) => parent === first?.id);
  if (!first || !a || !b) throw new Error('no city');
  [root, from, to] = [first, a, b];
}, 120_000);
afterAll(async () => {
  await client?.end();
  await running?.close();
});

describe('a change of the tree', () => {
  it('raises its number, keeps a checkpoint and is one entry told to every centre', async () => {
    const [before] = await rows<{ tree: number; seq: string }>('select tree, seq from counter');
    const draft = { parent: from.id, level: 'town', names };
    const { status, body } = await admin.post<Centre>('/api/centres', draft);
    expect([status, body.name, body.parent, body.version]).toEqual([201, '新镇', from.id, 1]);
    const [after] = await rows<{ tree: number; seq: number }>('select tree, seq from counter');
    expect(after).toEqual({ tree: Number(before?.tree) + 1, seq: Number(before?.seq) + 1 });
    const [entry] = await rows<{ seen_by: string[]; card: null }>('select * from journal where seq = $1', [
      after?.seq,
    ]);
    expect(entry).toMatchObject({
      fact: 'tree.changed',
      kind: 'tree',
      id: root.id,
      card: null,
      tree: after?.tree,
    });
    expect(entry?.seen_by).toEqual(expect.arrayContaining([root.id, body.id, to.id]));
    const [checkpoint] = await rows('select * from checkpoint where seq = $1', [after?.seq]);
    expect(checkpoint).toMatchObject({ reason: 'tree', tree: after?.tree });
    const [same] = await rows<{ differ: number }>(
      `select count(*)::int as differ from checkpoint_item c full join picture p using (kind, id)
        where c.seq = $1 and (c.version is distinct from p.version or c.seen_by is distinct from p.seen_by)`,
      [after?.seq],
    );
    expect(same?.differ).toBe(0);
    expect(running.app.get(CentreTree).get(body.id)?.name).toBe('新镇');
  });

  it('computes every audience anew: the old parents lose what moves, the new ones see it', async () => {
    const [moved] = (await centres()).filter(({ parent }) => parent === from.id);
    const [team] = await rows<{ id: string; centre: string; seen_by: string[] }>(
      `select p.id, p.card->>'centre' as centre, p.seen_by from picture p
        where p.kind = 'team' and p.seen_by @> array[$1::uuid] limit 1`,
      [from.id],
    );
    if (!moved || !team) throw new Error('a team below the first county is wanted');
    const child = (await centres()).find(({ id }) => id === team.centre);
    const target = child?.id === from.id ? moved : (child ?? moved);
    const top = running.app.get(CentreTree).lineage(target.id).at(-3) ?? target.id;
    const { version } = await current(top);
    expect((await change(top, { version, parent: to.id })).status).toBe(200);
    const tree = running.app.get(CentreTree);
    const all = await rows<{ kind: string; centre: string | null; seen_by: string[] }>(
      "select kind, card->>'centre' as centre, seen_by from picture",
    );
    for (const { centre, seen_by } of all)
      if (centre !== null) expect(seen_by).toEqual(expect.arrayContaining(tree.lineage(centre)));
    const own = await rows<{ centre: string; seen_by: string[] }>('select centre, seen_by from team');
    for (const { centre, seen_by } of own)
      expect(seen_by).toEqual(expect.arrayContaining(tree.lineage(centre)));
    await running.app.get(Tailer).poll();
    expect(running.app.get(Tailer).pictures.head.tree).toBe(tree.version);
  });

  it('tells nobody new of what its folder names no parties of', async () => {
    // What is left of a request whose row is gone: the folder that speaks for requests says nothing of it.
    const id = crypto.randomUUID();
    await client.query(
      `insert into picture (kind, id, version, card, seen_by) values ('force-request', $1, 1, '{}', $2)`,
      [id, [to.id]],
    );
    const draft = { parent: to.id, level: 'town', names };
    const made = (await admin.post<Centre>('/api/centres', draft)).body;
    const { version } = await current(made.id);
    expect((await change(made.id, { version, parent: from.id })).status).toBe(200);
    const [row] = await rows<{ seen_by: string[] }>('select seen_by from picture where id = $1', [id]);
    expect(row?.seen_by).toEqual([to.id]);
    await client.query('delete from picture where id = $1', [id]);
  });

  it('is refused to an audience that was computed before it, until that is computed anew', async () => {
    const database = running.app.get(Database);
    const before = running.app.get(CentreTree).version;
    const append = (tree: number) =>
      database.source.transaction((tx) =>
        tx.query('select journal_append($1::jsonb, $2, $3)', [
          JSON.stringify([
            {
              draft: crypto.randomUUID(),
              at: new Date().toISOString(),
              fact: 'team.created',
              kind: 'team',
              id: crypto.randomUUID(),
              version: 1,
              card: null,
              seenBy: [root.id],
            },
          ]),
          tree,
          'test',
        ]),
      );
    await append(before);
    const { version } = await current(to.id);
    await change(to.id, { version, aliases: ['旧名'] });
    await expect(append(before)).rejects.toThrow(/tree changed/);
    await append(before + 1);
  });

  it('does not stop the desk: steps at the same time are all taken, under the new tree', async () => {
    const duty = await running.signIn('duty');
    const report = (i: number) =>
      duty.post<{ id: string; centre: string }>('/api/incidents', {
        category: 'traffic',
        severity: 4,
        lng: 98.2888 + i / 10_000,
        lat: 39.7721,
        source: 'phone',
      });
    const [changed, ...reports] = await Promise.all([
      admin.post<Centre>('/api/centres', { parent: to.id, level: 'town', names }),
      ...Array.from({ length: 10 }, (_, i) => report(i)),
    ]);
    expect(changed.status).toBe(201);
    expect(reports.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 201));
    const tree = running.app.get(CentreTree);
    const audiences = await rows<{ centre: string; seen_by: string[] }>(
      "select card->>'centre' as centre, seen_by from picture where kind = 'incident'",
    );
    for (const { centre, seen_by } of audiences)
      expect(seen_by).toEqual(expect.arrayContaining(tree.lineage(centre)));
  });
});

describe('a centre that closes', () => {
  it('hands its people and its business to its successor', async () => {
    const { body: town } = await admin.post<Centre>('/api/centres', {
      parent: from.id,
      level: 'town',
      names,
    });
    const draft = { name: 'town-desk', password: 'Gobi-Wind-42', role: 'staff', centre: town.id };
    await admin.post<Account>('/api/accounts', draft);
    const { status, body } = await change(town.id, { version: 1, close: { successor: to.id } });
    expect([status, body.successor]).toEqual([200, to.id]);
    expect(Date.parse(body.closedAt ?? '')).toBeGreaterThan(0);
    const [account] = await rows<{ centre: string }>("select centre from account where name = 'town-desk'");
    expect(account?.centre).toBe(to.id);
    const again = await change(town.id, { version: 2, names });
    expect([again.status, again.body.error.code]).toEqual([409, 'centre.illegal']);
  });
});

describe('whoever may not', () => {
  it('changes nothing', async () => {
    const [before] = await rows('select tree from counter');
    const draft = { parent: from.id, level: 'town', names };
    const duty = await running.signIn('duty');
    const codes = await Promise.all([
      duty.post<Failure>('/api/centres', draft),
      running.nobody().post<Failure>('/api/centres', draft),
      admin.post<Failure>('/api/centres', { ...draft, parent: '00000000-0000-7000-8000-000000000000' }),
      admin.post<Failure>('/api/centres', { ...draft, level: 'county' }),
      admin.post<Failure>('/api/centres', { ...draft, colour: 'red' }),
      change(from.id, { version: 99, names }),
    ]);
    expect(codes.map(({ body }) => body.error.code)).toEqual([
      'role.denied',
      'session.required',
      'centre.unknown',
      'centre.illegal',
      'request.unknown-field',
      'centre.stale',
    ]);
    expect(await rows('select tree from counter')).toEqual([before]);
  });
});
