import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Centre, DutyShift, Incident, Instruction, NewDevice, Team } from '@app/shared';
import { Tailer } from '../../server/src/journal/tailer.js';
import { Person } from '../support/app.js';
import { act, FourLevels, read, refused, type Refused, tell } from '../support/four-levels.js';
import { Screen } from '../support/screen.js';

const reason = '按流程办理';
const hour = () => new Date(Date.now() + 3_600_000).toISOString();

let house: FourLevels;
let chief: Person;
let east: Person;
let town: Person;
let sister: Person;
let village: Person;

beforeAll(async () => {
  house = await FourLevels.open();
  [chief, east, town, sister, village] = [
    await house.person('city', 'commander'),
    await house.person('east', 'commander'),
    await house.person('town', 'duty'),
    await house.person('sister', 'duty'),
    await house.person('village'),
  ];
}, 120_000);
afterAll(() => house?.close());

/** Changes a centre as it stands now. What joins afterwards joins the new tree and is not asked to join again. */
async function change(id: string, to: object): Promise<{ status: number; body: Centre & Partial<Refused> }> {
  const { version } = (await house.admin.get<Centre>(`/api/centres/${id}`)).body;
  const answer = await house.admin.ask<Centre & Partial<Refused>>('PATCH', `/api/centres/${id}`, {
    version,
    ...to,
  });
  await house.app.app.get(Tailer).poll();
  return answer;
}

describe('a team in the middle of an assignment', () => {
  async function sent(): Promise<{ incident: Incident; team: Team }> {
    const team = await house.team('town');
    const accepted = await act(town, await house.reported(town), 'accept');
    return { incident: await act(town, accepted, 'dispatch', { teams: [team.id] }), team };
  }
  const close = async ({ id }: Team) => {
    const { version } = (await east.get<Team>(`/api/teams/${id}`)).body;
    return east.ask<Team & Partial<Refused>>('PATCH', `/api/teams/${id}`, { version, close: {} });
  };

  it('is not closed, and the refusal names what binds it; recalled, it is', async () => {
    const { incident, team } = await sent();
    const busy = await close(team);
    expect([busy.status, busy.body.error?.code]).toEqual([409, 'team.busy']);
    expect(busy.body.error?.detail).toMatchObject({ incidents: [incident.id] });
    await act(town, incident, 'recall', { team: team.id });
    expect((await close(team)).status).toBe(200);
    const again = await read(town, incident);
    expect(again.status).toBe('accepted');
    expect(await refused(town, again, 'dispatch', { teams: [team.id] })).toMatchObject({
      code: 'team.unknown',
    });
  });

  it('that is closed and sent at the same moment is one or the other', async () => {
    for (let round = 0; round < 4; round++) {
      const team = await house.team('town');
      const accepted = await act(town, await house.reported(town), 'accept');
      const [closed, told] = await Promise.all([
        close(team),
        tell(town, accepted, 'dispatch', { teams: [team.id] }),
      ]);
      const now = await read(town, accepted);
      const isSent = told.status === 200;
      expect([closed.status, told.status]).toEqual(isSent ? [409, 200] : [200, expect.any(Number)]);
      expect(now.assignments.map(({ team: one }) => one)).toEqual(isSent ? [team.id] : []);
    }
  });

  it('goes on without its device: no position comes any more, and no step is lost', async () => {
    const { incident, team } = await sent();
    const device = (await house.admin.post<NewDevice>('/api/devices', { team: team.id })).body;
    const fix = { device: device.id, at: new Date().toISOString(), lng: 98.29, lat: 39.77 };
    const radio = house.app.withToken(device.secret ?? '');
    expect((await radio.post('/api/positions', [fix])).status).toBe(200);
    expect((await house.admin.ask('DELETE', `/api/devices/${device.id}`)).status).toBeLessThan(300);
    expect((await radio.post('/api/positions', [fix])).status).toBe(401);
    const there = await act(town, incident, 'arrive', { team: team.id });
    expect(there.assignments[0]).toMatchObject({ team: team.id, step: 'arrived' });
    await act(town, there, 'clear', { team: team.id });
  });
});

describe('a centre that gets another parent', () => {
  it('keeps what it holds; an offer that waits is answered by whom it was made to, and both are told', async () => {
    const mine = await house.reported(village);
    const offered = await act(village, await house.reported(village), 'hand-up', { reason });
    const returned = await act(village, await house.reported(village), 'hand-up', { reason });
    expect((await change(house.at.village.id, { parent: house.at.sister.id })).status).toBe(200);
    const screens = [
      await Screen.joined(village, house.at.village.id),
      await Screen.joined(town, house.at.town.id),
    ];

    // Who stands above it now acts in its place; who did before does not, but for what was offered.
    expect(await act(sister, await read(sister, mine), 'accept')).toMatchObject({ status: 'accepted' });
    expect(await refused(town, mine, 'accept')).toMatchObject({ code: 'incident.unknown' });
    const taken = await act(town, await read(town, offered), 'accept-offer');
    expect(taken.centre).toBe(house.at.town.id);
    const back = await act(town, await read(town, returned), 'return-offer', { reason });
    expect(back.centre).toBe(house.at.village.id);
    for (const screen of screens) {
      await screen.sees(taken.id, taken.version);
      expect(screen.faults).toEqual([]);
      screen.close();
    }
    // The way up leads to the new parent.
    const up = await act(village, await read(village, returned), 'hand-up', { reason });
    expect(up.course?.offers.map(({ to }) => to)).toEqual([house.at.sister.id]);
    expect((await change(house.at.village.id, { parent: house.at.town.id })).status).toBe(200);
  });

  it('while its incident is handed up at the same moment ends with one who has it and both who know', async () => {
    for (const parent of ['sister', 'town'] as const) {
      const mine = await house.reported(village);
      const [moved, told] = await Promise.all([
        change(house.at.village.id, { parent: house.at[parent].id }),
        tell(village, mine, 'hand-up', { reason }),
      ]);
      expect([moved.status, told.status]).toEqual([200, 200]);
      const now = await read(chief, mine);
      const [offer] = now.course?.offers ?? [];
      expect([house.at.sister.id, house.at.town.id]).toContain(offer?.to);
      const by = offer?.to === house.at.town.id ? town : sister;
      expect(await act(by, await read(by, mine), 'accept-offer')).toMatchObject({ centre: offer?.to });
    }
  });
});

describe('a centre that closes with work on its desk', () => {
  it('leaves its incidents, its shift and its instructions to its successor, who ends them', async () => {
    const desk = await house.admin.post<Centre>('/api/centres', {
      parent: house.at.east.id,
      level: 'town',
      names: { hans: '临时社区', hant: '臨時社區', en: 'Interim' },
    });
    const { id } = desk.body;
    const account = { name: 'interim-desk', password: 'Gobi-Wind-42-Sand', role: 'duty', centre: id };
    await house.admin.post('/api/accounts', account);
    const session = await house.app
      .nobody()
      .post('/api/session', { account: account.name, password: account.password });
    const officer = new Person(house.app.url, {
      cookie: session.headers.getSetCookie()[0]?.split(';')[0] ?? '',
    });
    const shift = (await officer.post<DutyShift>('/api/duty-shifts', {})).body;
    const held = await act(officer, await house.reported(officer), 'accept');
    const order = { to: [id], text: '值守', dueAt: hour() };
    const sent = (await east.post<{ items: Instruction[] }>('/api/instructions', order)).body.items[0];

    expect((await change(id, { close: { successor: house.at.sister.id } })).status).toBe(200);

    expect(await act(sister, await read(sister, held), 'complete')).toMatchObject({ status: 'handled' });
    const relieved = await sister.post<DutyShift>(`/api/duty-shifts/${shift.id}/relieve`, {
      version: shift.version,
      reason: '中心撤并',
    });
    // Nobody comes after: a desk that is closed is kept by nobody.
    expect([relieved.status, relieved.body.state, relieved.body.next]).toEqual([200, 'lapsed', null]);
    const { rows } = await house.client.query(
      `select 1 from duty_shift where centre = $1 and state in ('on', 'handing')`,
      [id],
    );
    expect(rows).toEqual([]);
    const signed = await sister.post<Instruction>(`/api/instructions/${sent?.id}/sign`, {
      version: sent?.version,
    });
    expect([signed.status, signed.body.state]).toEqual([200, 'signed']);
  });
});
