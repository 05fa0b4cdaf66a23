import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Centre, coarsen, type Session, type Sos, type SosCard, type Team } from '@app/shared';
import { EmergencyButton } from '../../server/src/teams/emergency-button.js';
import { Database } from '../../server/src/platform/database.js';
import { openApp, type Person, type RunningApp } from '../support/app.js';
import { Screen } from '../support/screen.js';

type Refused = { error: { code: string } };

let running: RunningApp;
let duty: Person;
let screen: Screen;
let teams: Team[];

beforeAll(async () => {
  running = await openApp();
  duty = await running.signIn('duty');
  const { body } = await duty.get<Session>('/api/session');
  screen = await Screen.joined(duty, body.centre.id);
  teams = (await duty.get<{ items: Team[] }>('/api/teams?limit=20')).body.items;
}, 120_000);
afterAll(async () => {
  screen?.close();
  await running?.close();
});

const team = (n: number): Team => {
  const found = teams[n];
  if (!found) throw new Error(`team ${n} wanted`);
  return found;
};
const cards = () =>
  [...screen.picture.items()].filter(({ kind }) => kind === 'sos').map(({ card }) => card as SosCard);
const cardOf = (id: string) => cards().find((card) => card.team === id);

async function press(of: Team, observedAt: number): Promise<boolean> {
  const [device] = await running.app
    .get(Database)
    .query<{ id: string }>('select id from device where team = $1 limit 1', [of.id]);
  if (!device) throw new Error('a device of the team wanted');
  const place = [98.25, 39.75] as const;
  return running.app.get(EmergencyButton).press({ device: device.id, team: of.id, observedAt, place });
}

describe('the emergency button', () => {
  it('is on the screen with place and age, once, however often it is told', async () => {
    const at = Date.now();
    expect(await press(team(0), at)).toBe(true);
    await screen.until(() => cardOf(team(0).id) !== undefined, 'the call on the screen');
    expect(cardOf(team(0).id)).toMatchObject({
      callSign: team(0).callSign,
      state: 'calling',
      presses: 1,
      at: new Date(at).toISOString(),
      place: { lng: 98.25, lat: 39.75, observedAt: new Date(at).toISOString() },
    });
    // Held down: each report says so again.
    expect(await press(team(0), at + 10_000)).toBe(false);
    expect(cards().filter((card) => card.team === team(0).id)).toHaveLength(1);
  });

  it('is one call also when somebody presses again, or calls for them, at the same time', async () => {
    const calls = Array.from({ length: 6 }, () => duty.post<Sos>('/api/sos', { team: team(1).id }));
    const answers = await Promise.all(calls);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(Math.max(...answers.map(({ body }) => body.presses))).toBe(6);
    await screen.until(() => cardOf(team(1).id)?.presses === 6, 'six presses of one call');
    expect(screen.faults).toEqual([]);
  });
});

describe('a call for help', () => {
  it('is answered by one, ended by a person with an outcome, and then gone from the screens', async () => {
    const { body: call } = await duty.post<Sos>('/api/sos', { team: team(2).id, lng: 98.3, lat: 39.8 });
    const commander = await running.signIn('commander');
    const both = await Promise.all([
      duty.post<Sos & Refused>(`/api/sos/${call.id}/answer`, {}),
      commander.post<Sos & Refused>(`/api/sos/${call.id}/answer`, {}),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)?.body.error.code).toBe('sos.stale');
    await screen.until(() => cardOf(team(2).id)?.state === 'answered', 'answered');

    await duty.post('/api/sos', { team: team(2).id });
    const early = await duty.post<Refused>(`/api/sos/${call.id}/end`, { version: 2, outcome: 'helped' });
    expect([early.status, early.body.error.code]).toEqual([409, 'sos.stale']);
    const ended = await duty.post<Sos>(`/api/sos/${call.id}/end`, { version: 3, outcome: 'helped' });
    expect(ended.body).toMatchObject({ state: 'ended', outcome: 'helped', mayStep: false });
    await screen.until(() => cardOf(team(2).id) === undefined, 'gone');
    const again = await duty.post<Refused>(`/api/sos/${call.id}/end`, { version: 4, outcome: 'helped' });
    expect([again.status, again.body.error.code]).toEqual([409, 'sos.ended']);
    const [line] = await running.app
      .get(Database)
      .query<{ detail: object }>("select detail from audit where action = 'sos.ended' and subject = $1", [
        `sos:${call.id}`,
      ]);
    expect(line?.detail).toEqual({ team: team(2).id, outcome: 'helped' });
    // The next one is a new call.
    const { body: next } = await duty.post<Sos>('/api/sos', { team: team(2).id });
    expect([next.id === call.id, next.presses]).toEqual([false, 1]);
  });

  it('without a place is where the team was last, or nowhere', async () => {
    const silent = teams.find(({ id, position }) => position === null && cardOf(id) === undefined);
    const known = teams.find(({ id, position }) => position !== null && cardOf(id) === undefined);
    for (const [of, isPlaced] of [
      [silent, false],
      [known, true],
    ] as const) {
      if (!of) continue;
      const { body } = await duty.post<Sos>('/api/sos', { team: of.id });
      expect(body.place !== null).toBe(isPlaced);
    }
    expect(silent ?? known).toBeDefined();
  });

  it('is nobody’s who does not see the team', async () => {
    const { items } = (await duty.get<{ items: Centre[] }>('/api/centres')).body;
    const away = items.find(
      ({ id, level }) => level === 'county' && id !== team(0).centre && !team(0).sharedWith.includes(id),
    );
    const stranger = await running.signIn('county', away?.id);
    const call = cardOf(team(0).id);
    const listed = await stranger.get<{ items: Sos[] }>('/api/sos');
    expect(listed.body.items.map(({ id }) => id)).not.toContain(call?.id);
    for (const [path, body] of [
      [`/api/sos/${call?.id}/answer`, {}],
      [`/api/sos/${call?.id}/end`, { version: 1, outcome: 'helped' }],
    ] as const) {
      const refused = await stranger.post<Refused>(path, body);
      expect([refused.status, refused.body.error.code]).toEqual([404, 'sos.unknown']);
    }
    const called = await stranger.post<Refused>('/api/sos', { team: team(0).id });
    expect([called.status, called.body.error.code]).toEqual([404, 'team.unknown']);
    const half = await duty.post<Refused>('/api/sos', { team: team(0).id, lng: 98 });
    expect([half.status, half.body.error.code]).toEqual([400, 'request.malformed']);
  });

  it('keeps its audience when the tree changes', async () => {
    const admin = await running.signIn('admin');
    const { items } = (await admin.get<{ items: Centre[] }>('/api/centres')).body;
    const county = items.find(({ level }) => level === 'county');
    const names = { hans: '试验镇', hant: '試驗鎮', en: 'Trial Town' };
    const made = await admin.post<Centre>('/api/centres', { parent: county?.id, level: 'town', names });
    expect(made.status).toBe(201);
    const rows = await running.app
      .get(Database)
      .query<{ same: boolean }>(
        'select sos.seen_by = team.seen_by as same from sos join team on team.id = sos.team',
      );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every(({ same }) => same)).toBe(true);
  });

  it('of a team whose places are not released shows them while it is open, says so, and nothing after it', async () => {
    const commander = await running.signIn('commander');
    const draft = { callSign: '武巡求助', mode: 'vehicle', tier: 3, forces: { 'armed-police': 4 } };
    const { body: made } = await commander.post<Team>('/api/teams', { ...draft, centre: team(0).centre });
    expect(made.grain).toBe('coarse');
    const place = { lng: 98.23456, lat: 39.76543 };
    const early = await Screen.joined(duty, screen.scope);
    const before = early.cursor;
    early.close();
    const called = { team: made.id, ...place };
    const key = { 'idempotency-key': 'a call of who is not released' };
    const { body: call } = await duty.post<Sos>('/api/sos', called, key);
    await screen.until(() => cardOf(made.id) !== undefined, 'the call on the screen');
    expect(cardOf(made.id)?.place).toMatchObject(place);
    const database = running.app.get(Database);
    const shown = await database.query(
      "select detail from audit where action = 'sos.place-shown' and subject = $1",
      [`sos:${call.id}`],
    );
    expect(shown).toMatchObject([{ detail: { team: made.id, grain: 'coarse', presses: 1 } }]);

    const ended = await duty.post<Sos>(`/api/sos/${call.id}/end`, { version: 1, outcome: 'helped' });
    expect(ended.status).toBe(200);
    const [lng, lat] = coarsen([place.lng, place.lat]);
    const listed = await duty.get<{ items: Sos[] }>('/api/sos?open=false');
    expect(listed.body.items.find(({ id }) => id === call.id)?.place).toMatchObject({ lng, lat });
    // The same request again answers as it did, but for the place.
    const again = await duty.post<Sos>('/api/sos', called, key);
    expect(again.body).toMatchObject({ id: call.id, place: { lng, lat } });
    const told = await database.query<{ card: SosCard | null }>(
      'select card from journal where id = $1 order by seq',
      [call.id],
    );
    expect(told.map(({ card }) => card?.place && [card.place.lng, card.place.lat])).toEqual([
      [lng, lat],
      undefined,
    ]);
    const late = await Screen.joined(duty, screen.scope, before);
    expect(JSON.stringify(late.entries)).toContain(call.id);
    expect(JSON.stringify([...late.entries, late.raw])).not.toContain(String(place.lng));
    late.close();
  });

  it('follows its team to a centre that gets it, and leaves with it', async () => {
    const commander = await running.signIn('commander');
    const { items } = (await commander.get<{ items: Centre[] }>('/api/centres')).body;
    const called = team(3);
    const away = items.find(
      ({ id, level }) => level === 'county' && id !== called.centre && !called.sharedWith.includes(id),
    );
    if (!away) throw new Error('another county wanted');
    const { body: call } = await duty.post<Sos>('/api/sos', { team: called.id });
    const helper = await Screen.joined(await running.signIn('county', away.id), away.id);
    expect(helper.picture.get('sos', call.id)).toBeUndefined();
    const share = async (sharedWith: string[]) => {
      const { version } = (await commander.get<Team>(`/api/teams/${called.id}`)).body;
      const { status } = await commander.ask('PATCH', `/api/teams/${called.id}`, { version, sharedWith });
      expect(status).toBe(200);
    };
    await share([...called.sharedWith, away.id]);
    await helper.until(
      () => helper.picture.get('sos', call.id) !== undefined,
      'the call where the team is shared',
    );
    const steps = (await (await running.signIn('county', away.id)).get<{ items: Sos[] }>('/api/sos')).body
      .items;
    expect(steps.map(({ id }) => id)).toContain(call.id);
    await share(called.sharedWith);
    await helper.until(() => helper.picture.get('sos', call.id) === undefined, 'gone with the team');
    expect(helper.faults).toEqual([]);
    helper.close();
  });
});
