import { Centre, Id, type Mode, Session, TeamCard } from '@app/shared';
import { z } from 'zod';
import { Api } from '../client/api.js';
import { say } from '../client/say.js';
import type { Random } from './random.js';

const Made = z.object({ id: Id });
const AT_ONCE = 8;
const MODES_OF_LOAD: readonly Mode[] = ['vehicle', 'vehicle', 'foot', 'motorcycle'];

/** Makes synthetic teams with a device each, as the demo's administrator, until there are as many as wanted. */
export async function makeTeams(
  url: string,
  wanted: number,
  random: Random,
  stop: AbortSignal,
): Promise<void> {
  const admin = new Api(url, stop);
  await admin.post('/session', { demo: 'admin' }, Session);
  const there = await admin.list('/teams', {}, TeamCard);
  const centres = (await admin.get('/centres', z.object({ items: z.array(Centre) }))).items;
  const taken = new Set(there.map(({ callSign }) => callSign));
  const missing = Array.from({ length: Math.max(0, wanted - there.length) }, (_, i) => `试${i + 1}`);
  const signs = missing.filter((callSign) => !taken.has(callSign));
  let made = 0;

  async function work(): Promise<void> {
    for (let callSign = signs.pop(); callSign && !stop.aborted; callSign = signs.pop()) {
      const mode = random.pick(MODES_OF_LOAD);
      const centre = random.pick(centres).id;
      const draft = {
        callSign,
        centre,
        mode,
        tier: 3,
        forces: { police: 2, militia: 2 },
        status: 'patrolling',
      };
      const { id } = await admin.post('/teams', draft, Made);
      await admin.post('/devices', { team: id, name: callSign }, Made);
      made += 1;
    }
  }

  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (made > 0) say('teams.made', { made });
}
