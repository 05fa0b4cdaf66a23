import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FrameDecoder, type NewDevice, type Roster, type Team } from '@app/shared';
import { cloneDatabase, connected, once, openApp, Person } from '../support/app.js';
import { openRedis } from '../support/redis.js';
import { CITY, iso, Positions } from '../support/positions.js';

let city: Positions;

beforeAll(async () => {
  city = await Positions.open();
});

afterAll(() => city.close());

describe('the fleet', () => {
  it('shows a screen where its teams are', async () => {
    const { id, person, team } = await city.newDevice({}, city.teams[3]?.id);
    const scope = city.teams[3]?.centre ?? '';
    const screen = await connected(city.commander.socket('/live'));
    const decoder = new FrameDecoder(scope);
    screen.on('roster', (roster: Roster) => decoder.useRoster(roster));
    const shown = once<Uint8Array>(screen, 'positions', (bytes) => {
      decoder.apply(new Uint8Array(bytes));
      const slot = Array.from({ length: decoder.count }, (_, i) => i).find((i) => decoder.teamOf(i) === team);
      return (
        slot !== undefined &&
        decoder.present[slot] === 1 &&
        Math.abs((decoder.lng[slot] ?? 0) - 98.3001) < 1e-5
      );
    });
    const joined = (await screen.emitWithAck('join', { protocol: 1, scope })) as {
      ok: boolean;
      roster: Roster;
    };
    expect(joined.ok).toBe(true);
    expect(joined.roster.slots).toContain(team);
    decoder.useRoster(joined.roster);
    await person.post('/api/positions', [{ device: id, at: iso(Date.now()), lng: 98.3001, lat: 39.77 }]);
    await shown;
    screen.disconnect();
  });

  it('is there again after a restart, from the tracks', async () => {
    const { id, person, team } = await city.newDevice({}, city.teams[4]?.id);
    const at = iso(Date.now());
    await person.post('/api/positions', [{ device: id, at, ...CITY }]);
    const second = await openApp({ databaseUrl: city.app.databaseUrl });
    const again = new Person(second.url, city.commander.headers);
    expect((await again.get<Team>(`/api/teams/${team}`)).body.position).toMatchObject({
      ...CITY,
      observedAt: at,
    });
    await second.close();
  });

  it('of one process knows what another has stored, through Redis', async () => {
    const redis = await openRedis();
    const shared = await cloneDatabase('city');
    const env = { REDIS_URL: redis.url };
    const [here, there] = [
      await openApp({ databaseUrl: shared.url, env }),
      await openApp({ databaseUrl: shared.url, env }),
    ];
    const chief = await here.signIn('commander');
    const [team] = (await chief.get<{ items: Team[] }>('/api/teams')).body.items;
    const { body } = await chief.post<NewDevice>('/api/devices', { team: team?.id });
    const at = iso(Date.now());
    await here.withToken(body.secret ?? '').post('/api/positions', [{ device: body.id, at, ...CITY }]);
    const far = new Person(there.url, chief.headers);
    const deadline = Date.now() + 10_000;
    let seen: Team['position'] = null;
    while (!seen && Date.now() < deadline)
      seen = (await far.get<Team>(`/api/teams/${team?.id}`)).body.position;
    expect(seen).toMatchObject({ ...CITY, observedAt: at });
    await here.close();
    await there.close();
    await shared.drop();
    await redis.close();
  });
});
