import { Device, NewDevice, Session, Team } from '@app/shared';
import { Api } from '../client/api.js';
import { Refused } from '../client/refused.js';
import { say } from '../client/say.js';

const FIRST_NUMBER = 10_648_000_000;
const AT_ONCE = 8;

/** A device that may register by its number: its code from before, if it had one, was rotated away. */
export interface FreshTerminal {
  readonly device: string;
  readonly number: string;
}

/** A terminal for every team, as the demo's administrator: one that is there is rotated, a missing one is made. */
export async function provideTerminals(url: string, stop: AbortSignal): Promise<FreshTerminal[]> {
  const admin = new Api(url, stop);
  await admin.post('/session', { demo: 'admin' }, Session);
  const devices = (await admin.list('/devices', {}, Device)).filter(({ revokedAt }) => revokedAt === null);
  const terminals = new Map(
    devices.filter(({ terminal }) => terminal !== null).map((one) => [one.team, one]),
  );
  const teams = await admin.list('/teams', {}, Team);
  const wanted = teams.map(({ id, callSign }, place) => ({ id, callSign, place }));
  const fresh: FreshTerminal[] = [];

  async function work(): Promise<void> {
    for (let team = wanted.pop(); team && !stop.aborted; team = wanted.pop()) {
      const held = terminals.get(team.id);
      const device = held
        ? await admin.post(`/devices/${held.id}/rotate`, {}, NewDevice)
        : await make(admin, team, teams.length);
      fresh.push({ device: device.id, number: device.terminal ?? '' });
    }
  }

  await Promise.all(Array.from({ length: AT_ONCE }, work));
  say('terminals.provided', { terminals: fresh.length, made: fresh.length - terminals.size });
  return fresh;
}

/** Numbers that somebody else's terminals have are passed over. */
async function make(
  admin: Api,
  { id, callSign, place }: { id: string; callSign: string; place: number },
  step: number,
): Promise<NewDevice> {
  for (let number = FIRST_NUMBER + place; ; number += step) {
    try {
      const draft = { team: id, name: `${callSign} 808`, terminal: String(number) };
      return await admin.post('/devices', draft, NewDevice);
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== 'device.taken') throw error;
    }
  }
}
