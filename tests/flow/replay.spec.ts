import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { SetupLink } from '../../server/src/access/setup-link.js';
import { Api } from '../../server/src/demo/client/api.js';
import { type Plan, planOf } from '../../server/src/demo/replay/plan.js';
import { type Inputs, readInputs } from '../../server/src/demo/replay/read-files.js';
import { ReplayState } from '../../server/src/demo/replay/replay-state.js';
import { Sender } from '../../server/src/demo/replay/sender.js';
import { makeTeams, setUpCity } from '../../server/src/demo/replay/set-up.js';
import { readSettings } from '../../server/src/demo/replay/settings.js';
import { verify } from '../../server/src/demo/replay/verify.js';
import { openApp, type RunningApp } from '../support/app.js';

let app: RunningApp;
let inputs: Inputs;
let plan: Plan;
let folder: string;
let file: string;

beforeAll(async () => {
  app = await openApp({ template: 'empty', env: { TIME_ZONE: 'America/Los_Angeles' } });
  inputs = await readInputs(readSettings(['tests/support/recording.jsonl.gz', '--speed', 'max']));
  plan = planOf(inputs.recording);
  folder = await mkdtemp(join(tmpdir(), 'replay-'));
  file = join(folder, 'replay-state.json');
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

/** One run of the replay, as the command does it; stopped after some answers when `stopAfter` says so. */
async function run(state: ReplayState, stopAfter = Infinity): Promise<Api> {
  const stop = new AbortController();
  const code = app.app.get(SetupLink).path?.split('setup=')[1] ?? null;
  const { rows } = inputs.recording;
  await setUpCity(app.url, code, { city: inputs.city, rows, state, stop: stop.signal });
  const api = new Api(app.url, stop.signal, state.kept.token ?? '');
  await makeTeams(api, rows, state);
  const sender = new Sender(
    api,
    state,
    stop.signal,
    () => undefined,
    () => {
      if (state.kept.counts.sent >= stopAfter) stop.abort();
    },
  );
  await sender.run(plan.tasks, { speed: 'max' });
  await state.save();
  return api;
}

async function select<T>(sql: string): Promise<T[]> {
  const client = new pg.Client(app.databaseUrl);
  await client.connect();
  try {
    return (await client.query(sql)).rows as T[];
  } finally {
    await client.end();
  }
}

describe('a replay of a recording', () => {
  it('goes on where it was stopped, and every call and unit step is stored as it was told', async () => {
    await run(await ReplayState.open(file, inputs.fingerprint), 90);
    const stopped = await ReplayState.open(file, inputs.fingerprint);
    expect(stopped.kept.counts.sent).toBeGreaterThanOrEqual(90);
    expect(stopped.kept.counts.sent).toBeLessThan(plan.tasks.length);

    const api = await run(stopped);
    expect(stopped.kept.counts).toMatchObject({
      sent: plan.tasks.length,
      accepted: plan.tasks.length,
      rejected: {},
    });
    const verdict = await verify(api, inputs.recording.rows, stopped.kept.incidents, () => undefined);
    expect(verdict.differences).toEqual([]);
    expect(verdict).toMatchObject({ calls: 13, flags: { 'out-of-order': plan.outOfOrder } });
    expect(verdict.flags['team-was-busy']).toBeGreaterThan(0);
  });

  it('doubles nothing when its last two seconds were forgotten in a kill', async () => {
    const state = await ReplayState.open(file, inputs.fingerprint);
    Object.assign(state.kept, { next: 0, ahead: [], incidents: {} });
    const before = await select<{ count: string }>('select count(*) from timeline');
    await run(state);
    expect(state.kept.counts.rejected).toEqual({});
    expect(await select('select count(*) from timeline')).toEqual(before);
    expect(await select('select count(*)::int from incident')).toEqual([{ count: 13 }]);
  });

  it('is not resumed with another recording or mapping', async () => {
    await expect(ReplayState.open(file, 'another')).rejects.toThrow('holds the replay of another recording');
  });

  it('gives every report to the centre of its ZIP code, and to the city where there is none', async () => {
    const rows = await select<{ external_id: string; code: string | null }>(
      'select i.external_id, c.code from incident i join centre c on c.id = i.centre',
    );
    const areas = new Map(
      inputs.recording.rows.flatMap(({ call, report }) => (report ? [[call, report.area]] : [])),
    );
    for (const { external_id: externalId, code } of rows)
      expect([externalId, code]).toEqual([externalId, areas.get(externalId)]);
  });

  it('never gives a negative duration, and starts no clock for the past', async () => {
    const wrong = await select(
      `select number from incident
        where accepted_at < occurred_at or dispatched_at < accepted_at or arrived_at < dispatched_at
           or handled_at < coalesce(arrived_at, dispatched_at) or closed_at < handled_at or due_at is not null`,
    );
    expect(wrong).toEqual([]);
    expect(await select('select id from alert')).toEqual([]);
  });

  it('leaves the call open whose unit was never cleared', async () => {
    const open = await select<{ external_id: string; status: string }>(
      "select external_id, status from incident where status <> 'closed'",
    );
    expect(open).toEqual([{ external_id: '201050029', status: 'handling' }]);
  });
});
