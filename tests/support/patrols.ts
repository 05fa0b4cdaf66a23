import {
  type Centre,
  type Checkpoint,
  emptyTerminalFix,
  type FixesAnswer,
  type Force,
  JT808,
  MAX_FIXES,
  type Mode,
  type NewDevice,
  type PatrolPlanned,
  type Team,
  type Visit,
  type VisitBoard,
  writeFixes,
  writeTerminalFix,
} from '@app/shared';
import { Terminal } from '../../server/src/demo/client/terminal.js';
import type { TrackFix } from '../../server/src/patrols/stays.js';
import { VisitSchedule } from '../../server/src/patrols/visit.schedule.js';
import { Database } from '../../server/src/platform/database.js';
import { Jt808Door } from '../../server/src/positions/doors/jt808/jt808.door.js';
import type { Person, RunningApp } from './app.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SHIFT_MS = 4 * HOUR;
const PER_BATCH = 20;

export interface Patrolling {
  readonly team: string;
  readonly device: string;
  readonly door: Person;
  /** Of a terminal: what it registers by. */
  readonly number: string | null;
}

interface PatrolTerms {
  readonly forces?: Partial<Record<Force, number>>;
  readonly mode?: Mode;
  readonly checkpoint: string;
  readonly terminal?: boolean;
}

/** Teams on a shift of four hours that began three and a half hours ago: fixes of most of it are no news from the future. */
export class Patrols {
  /** When the shift began, ms since 1970: whole minutes. */
  readonly start = Math.floor(Date.now() / MINUTE) * MINUTE - SHIFT_MS + 30 * MINUTE;
  #made = 0;
  readonly #codes = new Map<string, string>();

  private constructor(
    readonly running: RunningApp,
    readonly commander: Person,
    /** The centre of all its teams and checkpoints. */
    readonly home: string,
  ) {}

  static async open(running: RunningApp): Promise<Patrols> {
    const commander = await running.signIn('commander');
    const { items } = (await commander.get<{ items: Centre[] }>('/api/centres')).body;
    return new Patrols(running, commander, items.find(({ level }) => level === 'county')?.id ?? '');
  }

  get schedule(): VisitSchedule {
    return this.running.app.get(VisitSchedule);
  }

  async checkpoint(place: { lng: number; lat: number; radiusM: number }, forces: readonly Force[] = []) {
    const names = { hans: `验证点${++this.#made}`, hant: '', en: '' };
    const terms = { centre: this.home, names, ...place, dwellS: 120, visits: { 3: 4 }, forces };
    return (await this.commander.post<Checkpoint>('/api/checkpoints', terms)).body.id;
  }

  /** A team that owes a checkpoint a visit in each hour of its shift. */
  async onShift({
    forces = { police: 2 },
    mode = 'vehicle',
    checkpoint,
    terminal,
  }: PatrolTerms): Promise<Patrolling> {
    const callSign = `验${++this.#made}`;
    const draft = { callSign, centre: this.home, mode, tier: 3, forces, status: 'rest' };
    const team = (await this.commander.post<Team>('/api/teams', draft)).body.id;
    const number = terminal ? String(19_000_000_000 + this.#made) : null;
    const device = (
      await this.commander.post<NewDevice>('/api/devices', { team, ...(number ? { terminal: number } : {}) })
    ).body;
    const plan = { team, level: 3, order: 'free', beats: [], checkpoints: [checkpoint], version: 0 };
    await this.commander.post('/api/patrol-plans', plan);
    const from = new Date(Date.now() + 32 * HOUR).toISOString().slice(0, 10);
    const terms = { teams: [team], pattern: 'peak', from, days: 1, crews: ['A'] };
    await this.commander.post<PatrolPlanned>('/api/shifts', terms);
    await this.running.app
      .get(Database)
      .query('update patrol_shift set starts_at = $2, ends_at = $3 where team = $1', [
        team,
        new Date(this.start),
        new Date(this.start + SHIFT_MS),
      ]);
    await this.schedule.sweep();
    return { team, device: device.id, number, door: this.running.withToken(device.secret ?? '') };
  }

  /** Fixes as a track has them, told as of this shift, through the door that the device has. Answers those kept apart. */
  async tell(patrol: Patrolling, fixes: readonly TrackFix[], by = patrol.door): Promise<number> {
    const past = fixes.filter(({ at }) => at < Date.now());
    if (patrol.number !== null) return this.#tellAsTerminal(patrol.number, past);
    let flagged = 0;
    for (let from = 0; from < past.length; from += MAX_FIXES) {
      const batch = past.slice(from, from + MAX_FIXES).map(({ at, lng, lat }) => ({
        device: patrol.device,
        at: new Date(at).toISOString(),
        lng,
        lat,
      }));
      const { body } = await by.post<FixesAnswer>('/api/positions', batch);
      if (body.rejected.length > 0) throw new Error(`refused: ${JSON.stringify(body.rejected[0])}`);
      flagged += body.flagged.length;
    }
    return flagged;
  }

  async #tellAsTerminal(number: string, fixes: readonly TrackFix[]): Promise<number> {
    const terminal = new Terminal({ number, dialect: 'y2019' });
    await terminal.open(this.running.app.get(Jt808Door).port ?? 0);
    const code = this.#codes.get(number) ?? (await terminal.register()).code;
    this.#codes.set(number, code);
    if ((await terminal.authenticate(code)) !== 0) throw new Error(`terminal ${number} was refused`);
    for (let from = 0; from < fixes.length; from += PER_BATCH) {
      const bodies = fixes
        .slice(from, from + PER_BATCH)
        .map((fix) =>
          writeTerminalFix({ ...emptyTerminalFix(), ...fix, isFixed: true, signal: 28, satellites: 14 }),
        );
      const result = await terminal.say(JT808.locationBatch, writeFixes(bodies, true));
      if (result !== 0) throw new Error(`a batch of terminal ${number} was answered ${result}`);
    }
    terminal.close();
    await terminal.gone();
    return 0;
  }

  async visitsOf({ team }: Pick<Patrolling, 'team'>, by = this.commander): Promise<Visit[]> {
    const span = {
      from: new Date(this.start - HOUR).toISOString(),
      to: new Date(this.start + SHIFT_MS + HOUR).toISOString(),
    };
    const query = new URLSearchParams({ ...span, team });
    return (await by.get<VisitBoard>(`/api/visits?${query.toString()}`)).body.items;
  }
}
