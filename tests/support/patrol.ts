import {
  type Checkpoint,
  type CodeSheet,
  type Headcounts,
  type Id,
  type NewDevice,
  type PatrolPlanned,
  type Team,
} from '@app/shared';
import { rotatingCode, slotAt } from '../../server/src/patrols/check-code.js';
import { VisitSchedule } from '../../server/src/patrols/visit.schedule.js';
import { Database } from '../../server/src/platform/database.js';
import type { Person, RunningApp } from './app.js';

const HOUR = 3_600_000;

export interface Patrol {
  readonly team: Team;
  readonly device: Id;
  /** Speaks for the device. */
  readonly door: Person;
  readonly handheld: Person;
  readonly point: Checkpoint;
  readonly sheet: CodeSheet;
  /** Of its shift, ms since 1970. */
  readonly startsAt: number;
}

export interface PatrolAsked {
  readonly app: RunningApp;
  readonly commander: Person;
  readonly centre: Id;
  readonly callSign: string;
  readonly isGpsBlind?: boolean;
  readonly forces?: Headcounts;
}

/** A place in the town of the demo. */
export const PATROL_PLACE = [98.2888, 39.7721] as const;

/** A team on a shift that began two hours ago and goes on for two, with one checkpoint to be seen each hour. */
export async function patrolOnShift(asked: PatrolAsked): Promise<Patrol> {
  const { app, commander, centre, callSign, isGpsBlind = true, forces = { police: 2 } } = asked;
  const draft = { callSign, centre, mode: 'foot', tier: 1, forces, status: 'patrolling' };
  const team = (await commander.post<Team>('/api/teams', draft)).body;
  const device = (await commander.post<NewDevice>('/api/devices', { team: team.id })).body;
  const [lng, lat] = PATROL_PLACE;
  const names = { hans: `地下通道${callSign}`, hant: '', en: '' };
  const terms = { lng, lat, radiusM: 60, dwellS: 120, visits: { 3: 4 }, isGpsBlind };
  const point = (await commander.post<Checkpoint>('/api/checkpoints', { centre, names, ...terms })).body;
  const plan = { team: team.id, level: 3, order: 'free', beats: [], checkpoints: [point.id], version: 0 };
  await commander.post('/api/patrol-plans', plan);
  const startsAt = await shiftFor(app, commander, team.id);
  await app.app.get(VisitSchedule).sweep();
  const sheet = (await commander.post<CodeSheet>(`/api/checkpoints/${point.id}/code`, {})).body;
  const door = app.withToken(device.secret ?? '');
  const handheld = await handheldOf(app, team.id);
  return { team, device: device.id, door, handheld, point, sheet, startsAt };
}

/** Planned for another day, so that no rule of rest bears on it, and moved to where it is on, for two hours to come. */
export async function shiftFor(app: RunningApp, commander: Person, team: Id, hoursAgo = 2): Promise<number> {
  const from = new Date(Date.now() + 32 * HOUR).toISOString().slice(0, 10);
  const plan = { teams: [team], pattern: 'peak', from, days: 1, crews: ['A'] };
  const { status } = await commander.post<PatrolPlanned>('/api/shifts', plan);
  if (status !== 201) throw new Error(`a shift wanted, ${status} seen`);
  const now = Date.now();
  const startsAt = now - hoursAgo * HOUR;
  await app.app
    .get(Database)
    .query('update patrol_shift set starts_at = $2, ends_at = $3 where team = $1', [
      team,
      new Date(startsAt),
      new Date(now + 2 * HOUR),
    ]);
  return startsAt;
}

/** The demo's handheld of a team, signed in. */
export async function handheldOf(app: RunningApp, team: Id): Promise<Person> {
  const entered = await app.nobody().post('/api/session', { demo: 'patrol', team });
  const cookie = entered.headers.getSetCookie()[0]?.split(';')[0];
  if (!cookie) throw new Error(`sign-in of a handheld: ${entered.status}`);
  return app.withCookie(cookie);
}

/** What the display of the checkpoint shows at a time, ms since 1970. */
export const shownAt = ({ sheet }: Patrol, at: number): string =>
  rotatingCode(Buffer.from(sheet.secret, 'base64url'), slotAt(at));
