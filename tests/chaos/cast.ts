import type { Centre, NewDevice, Team } from '@app/shared';
import type { Guest } from './crowd.js';
import type { Stage } from './stage.js';
import type { Cast } from './writers.js';

const TEAMS = 6;
const DEVICES = 2;

/** Signs in who writes, and makes them teams and devices of their own, which the simulator does not move. */
export async function gather(stage: Stage): Promise<Cast> {
  const duty = await stage.signIn('duty');
  const admin = await stage.signIn('admin');
  const centres = (await duty.get<{ items: Centre[] }>('/api/centres')).body.items;
  const counties = centres.filter(({ level }) => level === 'county');
  const teams: Team[] = [];
  for (let i = 0; i < TEAMS; i++) {
    const centre = counties[i % counties.length]?.id;
    const draft = { callSign: `破-${i}`, centre, mode: 'vehicle', tier: 3, forces: { police: 2 } };
    const { status, body } = await admin.post<Team>('/api/teams', draft);
    if (status !== 201) throw new Error(`a team was refused: ${status} ${JSON.stringify(body)}`);
    teams.push(body);
  }
  const devices: NewDevice[] = [];
  for (const { id } of teams.slice(0, DEVICES))
    devices.push((await admin.post<NewDevice>('/api/devices', { team: id })).body);
  return { duty, admin, centres, teams, devices };
}

/** Who watches: the city twice, two centres below it by people of their own, one of each lower level, and a team. */
export async function invite(stage: Stage, { duty, centres, teams }: Cast): Promise<Guest[]> {
  const of = (level: string, index = 0) =>
    centres.filter((centre) => centre.level === level)[index]?.id ?? '';
  const county = async (index: number): Promise<Guest> => {
    const scope = of('county', index);
    return { name: `county ${index + 1}`, scope, person: await stage.signIn('county', scope) };
  };
  return [
    { name: 'city 1', scope: of('city'), person: duty },
    { name: 'city 2', scope: of('city'), person: duty },
    await county(0),
    await county(1),
    { name: 'town', scope: of('town'), person: duty },
    { name: 'community', scope: of('community'), person: duty },
    { name: 'team', scope: teams[0]?.id ?? '', person: duty },
  ];
}
