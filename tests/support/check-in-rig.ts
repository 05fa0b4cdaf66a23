import { expect } from '@jest/globals';
import { type Centre, type CheckIn, type Handheld, toInstant, type VisitBoard } from '@app/shared';
import { VisitSchedule } from '../../server/src/patrols/visit.schedule.js';
import { Database } from '../../server/src/platform/database.js';
import { openApp, type Person, type RunningApp } from './app.js';
import { mint } from './facts.js';
import { type Patrol, type PatrolAsked, patrolOnShift, shownAt } from './patrol.js';

const HOUR = 3_600_000;

/** With a name that the handheld made for its machine. */
type Crew = Patrol & { readonly machine: string };

/** The demo city, and crews whose handhelds read the codes of a checkpoint. */
export class CheckInRig {
  #made = 0;

  private constructor(
    readonly app: RunningApp,
    readonly commander: Person,
    readonly counties: readonly Centre[],
  ) {}

  static async open(): Promise<CheckInRig> {
    const app = await openApp();
    return CheckInRig.#on(app).catch(async (error: unknown) => {
      await app.close();
      throw error;
    });
  }

  static async #on(app: RunningApp): Promise<CheckInRig> {
    const commander = await app.signIn('commander');
    const { items } = (await commander.get<{ items: Centre[] }>('/api/centres')).body;
    return new CheckInRig(
      app,
      commander,
      items.filter(({ level }) => level === 'county'),
    );
  }

  close(): Promise<void> {
    return this.app.close();
  }

  get schedule(): VisitSchedule {
    return this.app.app.get(VisitSchedule);
  }

  get database(): Database {
    return this.app.app.get(Database);
  }

  async patrol(part: Pick<PatrolAsked, 'isGpsBlind' | 'forces'> = {}): Promise<Crew> {
    const { app, commander, counties } = this;
    const callSign = `打卡${++this.#made}`;
    const asked = { app, commander, centre: counties[0]?.id ?? '', callSign, ...part };
    return { ...(await patrolOnShift(asked)), machine: mint() };
  }

  async checkIn(by: Crew, at: number, part: { id?: string; code?: string } = {}): Promise<CheckIn> {
    const { handheld, machine, point } = by;
    const draft = {
      id: mint(),
      device: machine,
      checkpoint: point.id,
      code: shownAt(by, at),
      at: toInstant(at),
      ...part,
    };
    const { status, body } = await handheld.post<CheckIn>('/api/check-ins', draft);
    expect([status, body]).toEqual([201, expect.objectContaining({ id: draft.id, at: toInstant(at) })]);
    return body;
  }

  async call({ handheld, machine: device }: Crew): Promise<Handheld> {
    return (await handheld.post<Handheld>('/api/handheld', { device })).body;
  }

  /** As if the handheld had not been heard of since a while; the database's clock alone knows. */
  async lastHeard({ machine }: Crew, at: number): Promise<void> {
    await this.database.query('update handheld_contact set at = $2 where device = $1', [
      machine,
      new Date(at),
    ]);
  }

  /** The handheld was heard of at the shift's begin and is back only now; the secret is as old as the shift. */
  async wasOffline(by: Crew): Promise<void> {
    await this.call(by);
    await this.lastHeard(by, by.startsAt);
    await this.database.query('update checkpoint_code set from_at = $2 where checkpoint = $1', [
      by.point.id,
      new Date(by.startsAt - HOUR),
    ]);
  }

  async visitsOf({ team, startsAt }: Crew): Promise<VisitBoard['items']> {
    const query = new URLSearchParams({
      team: team.id,
      from: toInstant(startsAt - HOUR),
      to: toInstant(startsAt + 5 * HOUR),
    });
    return (await this.commander.get<VisitBoard>(`/api/visits?${query.toString()}`)).body.items;
  }

  /** Of each visit its state, what it is credited by, and its flags. */
  async brief(by: Crew): Promise<string[]> {
    return (await this.visitsOf(by)).map(({ state, credit, flags }) => [state, credit, ...flags].join(' '));
  }
}
