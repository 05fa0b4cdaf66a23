import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import {
  type AlertCard,
  type Beat,
  type Centre,
  type Deviation,
  type FixesAnswer,
  LIAISON_DESKS,
  localMetres,
  type NewDevice,
  type PatrolPlanned,
  type Team,
  type TeamDraft,
} from '@app/shared';
import { Database } from '../../server/src/platform/database.js';
import { DeviationSchedule } from '../../server/src/risk/deviation.schedule.js';
import { DeviationWatch } from '../../server/src/risk/deviation-watch.js';
import { DeviceSeen } from '../../server/src/teams/device-seen.js';
import { openApp, type Person, type RunningApp } from './app.js';
import { insist } from './insist.js';
import { Screen } from './screen.js';

const MINUTE = 60_000;
const around = localMetres([98.2888, 39.7721]);
const CORNERS = [
  [-500, -500],
  [500, -500],
  [500, 500],
  [-500, 500],
  [-500, -500],
] as const;

interface Watched {
  readonly team: string;
  readonly callSign: string;
  readonly devices: readonly { readonly id: string; readonly door: Person }[];
}
type Of = Pick<Watched, 'team'>;

/** The demo city, teams whose beat is one square kilometre, and screens that are told of their deviations. */
export class DeviationRig {
  #made = 0;

  private constructor(
    readonly app: RunningApp,
    readonly commander: Person,
    /** The centre of all its teams, and their beat. */
    readonly ground: { readonly home: string; readonly beat: string },
    /** Of the whole city, and of the liaison desk of the armed police. */
    readonly screens: { readonly city: Screen; readonly desk: Screen },
  ) {}

  /** Given to the tests of a file before the first of them; none of them may break a promise of the wire on its screens. */
  static forAll(take: (rig: DeviationRig) => unknown): void {
    let rig: DeviationRig | undefined;
    beforeAll(async () => {
      rig = await DeviationRig.#open();
      await take(rig);
    }, 120_000);
    afterAll(() => rig?.close());
    afterEach(() => expect(rig?.faults).toEqual([]));
  }

  static async #open(): Promise<DeviationRig> {
    const app = await openApp();
    return DeviationRig.#on(app).catch(async (error: unknown) => {
      await app.close();
      throw error;
    });
  }

  static async #on(app: RunningApp): Promise<DeviationRig> {
    const commander = await app.signIn('commander');
    const { items } = (await commander.get<{ items: Centre[] }>('/api/centres')).body;
    const home = items.find(({ level }) => level === 'county')?.id ?? '';
    const city = await Screen.joined(commander, items[0]?.id ?? '');
    const desk = await Screen.joined(await app.signIn('liaison'), LIAISON_DESKS['armed-police-liaison'].id);
    const polygon = {
      type: 'Polygon',
      coordinates: [CORNERS.map(([east, north]) => around.toLngLat(east, north))],
    };
    const drawn = { centre: home, names: { hans: '偏离巡区', hant: '', en: '' }, ring: 'inner', polygon };
    const beat = (await commander.post<Beat>('/api/beats', drawn)).body.id;
    return new DeviationRig(app, commander, { home, beat }, { city, desk });
  }

  async close(): Promise<void> {
    this.screens.city.close();
    this.screens.desk.close();
    await this.app.close();
  }

  /** What broke a promise of the wire on its screens. */
  get faults(): string[] {
    return [...this.screens.city.faults, ...this.screens.desk.faults];
  }

  get schedule(): DeviationSchedule {
    return this.app.app.get(DeviationSchedule);
  }

  sql(text: string, parameters: unknown[]) {
    return this.app.app.get(Database).query(text, parameters);
  }

  /**
   * A team with a beat of a square kilometre and devices two hours old, whose shift began as long ago: but it is on only
   * from its first drive on, so that the server's own looks find nothing half made.
   */
  async onShift(draft: Partial<TeamDraft> = {}, devices = 1): Promise<Watched> {
    const callSign = `偏${++this.#made}`;
    const terms = { mode: 'vehicle', tier: 3, forces: { police: 2 }, status: 'patrolling' };
    const asked = { callSign, centre: this.ground.home, ...terms, ...draft };
    const team = (await this.commander.post<Team>('/api/teams', asked)).body.id;
    const doors = [];
    for (let n = 0; n < devices; n++) {
      const { id, secret } = (await this.commander.post<NewDevice>('/api/devices', { team })).body;
      doors.push({ id, door: this.app.withToken(secret ?? '') });
    }
    await this.#plan(team);
    return { team, callSign, devices: doors };
  }

  async #plan(team: string): Promise<void> {
    const { beat } = this.ground;
    const plan = { team, level: 3, order: 'free', beats: [beat], checkpoints: [], version: 0 };
    expect((await this.commander.post('/api/patrol-plans', plan)).status).toBe(200);
    const day = new Date(Date.now() + 32 * 60 * MINUTE).toISOString().slice(0, 10);
    const shift = { teams: [team], pattern: 'peak', from: day, days: 1, crews: ['A'] };
    expect((await this.commander.post<PatrolPlanned>('/api/shifts', shift)).status).toBe(201);
    const [from, to] = [new Date(Date.now() - 120 * MINUTE), new Date(Date.now() + 240 * MINUTE)];
    await this.sql('update patrol_shift set starts_at = $2, ends_at = $3, started_at = $2 where team = $1', [
      team,
      from,
      to,
    ]);
    await this.sql('update team set status_at = $2 where id = $1', [team, from]);
    await this.sql('update device set created_at = $2 where team = $1', [team, from]);
  }

  /** Fixes of every ten seconds between two minutes before now, at a place in metres from the middle of the beat. */
  async drive(
    { team, devices: [device] }: Watched,
    [from, to]: readonly [number, number],
    { east = 0, step = 0, speedKmh }: { east?: number; step?: number; speedKmh?: number } = {},
  ): Promise<void> {
    if (!device) throw new Error('no device');
    const now = Date.now();
    const fixes = Array.from({ length: Math.round((from - to) * 6) + 1 }, (_, i) => {
      const [lng, lat] = around.toLngLat(east + step * i + Math.sin(i), Math.cos(i));
      const at = new Date(now - from * MINUTE + i * 10_000).toISOString();
      return { device: device.id, at, lng, lat, ...(speedKmh === undefined ? {} : { speedKmh }) };
    });
    const { body } = await device.door.post<FixesAnswer>('/api/positions', fixes);
    expect(body).toMatchObject({ accepted: fixes.length, rejected: [] });
    await this.app.app.get(DeviceSeen).write();
    await this.sql(`update patrol_shift set state = 'on' where team = $1 and state = 'planned'`, [team]);
  }

  /** As a process that has just taken the lead looks, which knows nothing but what is stored. */
  async look(): Promise<void> {
    await this.app.app.get(DeviceSeen).write();
    this.app.app.get(DeviationWatch).forget();
    await this.schedule.look();
  }

  cards(of: Of, on = this.screens.city): AlertCard[] {
    return [...on.picture.items()]
      .filter(({ kind }) => kind === 'alert')
      .map(({ card }) => card as AlertCard)
      .filter(({ deviation }) => deviation?.team === of.team);
  }

  kindsOf(of: Of, on = this.screens.city): (Deviation | undefined)[] {
    return this.cards(of, on)
      .map(({ deviation }) => deviation?.kind)
      .sort();
  }

  rowsOf({ team }: Of) {
    return this.sql(
      `select id, state, deviation from alert where deviation->>'team' = $1 order by since, id`,
      [team],
    ) as Promise<{ id: string; state: string; deviation: { kind: string; to: number | null } }[]>;
  }

  /** Looks until the city's screen shows these deviations of a team and no others. */
  async shows(of: Of, kinds: readonly Deviation[]): Promise<AlertCard[]> {
    const isShown = () => String(this.kindsOf(of)) === String(kinds);
    await insist(async () => {
      await this.look();
      await this.screens.city.until(isShown, `${kinds.join()} of ${of.team}`);
      return true;
    });
    return this.cards(of);
  }
}
