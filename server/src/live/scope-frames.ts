import {
  type FrameGrid,
  FrameEncoder,
  type FrameMoment,
  type FrameView,
  RosterBook,
  type ScopeId,
  type TeamId,
} from '@app/shared';
import { type RosterNews, ScopeRoster } from './scope-roster.js';

/** What frames need of a fleet: columns by row, and the row of a team. */
export interface FleetColumns extends Omit<FrameView, 'count' | 'rows'> {
  /** Rises whenever a team gains or loses its row. */
  readonly layout: number;
  rowOf(team: TeamId): number | undefined;
}

export interface ScopeFrame {
  readonly tick: number;
  readonly bytes: Uint8Array;
  readonly isKeyframe: boolean;
  /** The same state as a keyframe, for a screen that joins or fell behind; good until the next frame. */
  readonly whole: () => Uint8Array;
  /** The roster that the frame names, when screens do not have it yet: it goes first. */
  readonly news: RosterNews | undefined;
}

/** The state of a tick as a keyframe: the delta of the next tick follows it. */
export interface WholeFrame {
  readonly tick: number;
  readonly bytes: Uint8Array;
}

/** A keyframe at least this often, in ticks, for whoever lost one without knowing. */
const KEYFRAME_TICKS = 30;

/**
 * The frames of one watched scope: exactly the teams of its picture, each in a slot; in the order of their ids at first,
 * so that a roster is told in few words. Every thirtieth tick gets a keyframe; the rest are deltas. No clock, no sockets.
 */
export class ScopeFrames {
  readonly #scope: ScopeId;
  readonly #book = new RosterBook();
  readonly #gridOf: () => FrameGrid;
  #grid: FrameGrid;
  #encoder: FrameEncoder;
  #rows = new Int32Array(0);
  #layout = -1;
  /** The roster version that the screens have. */
  #told: number;
  #lastKeyframe = -Infinity;
  #lastTick = -1;
  #isKeyframeWanted = true;
  #roster: ScopeRoster | undefined;

  /** `gridOf` is asked again when teams turn out to be off the grid: it may know better once there are fixes. */
  constructor(scope: ScopeId, gridOf: () => FrameGrid, teams: Iterable<TeamId>) {
    this.#scope = scope;
    this.#gridOf = gridOf;
    this.#grid = gridOf();
    this.#encoder = new FrameEncoder(scope, this.#grid);
    for (const team of [...teams].sort()) this.#book.assign(team);
    this.#book.takeChanged();
    this.#told = this.#book.version;
  }

  /**
   * What a screen that joins is told; it takes in changes that the next frame will tell the others. The same object as
   * long as it is the same roster.
   */
  get roster(): ScopeRoster {
    const { version, slots } = this.#book;
    if (this.#roster?.ids.version !== version)
      this.#roster = new ScopeRoster({ scope: this.#scope, version, slots: [...slots] });
    return this.#roster;
  }

  /** The last frame's state, for a screen that has today's roster; undefined when the next frame has another one. */
  get whole(): WholeFrame | undefined {
    if (this.#lastTick < 0 || this.#told !== this.#book.version) return undefined;
    return { tick: this.#lastTick, bytes: this.#encoder.current() };
  }

  put(team: TeamId): void {
    this.#book.assign(team);
  }

  drop(team: TeamId): void {
    this.#book.release(team);
  }

  /** Makes the roster exactly these teams. */
  sync(teams: Iterable<TeamId>): void {
    const wanted = new Set(teams);
    for (const team of this.#book.slots) if (team !== null && !wanted.has(team)) this.#book.release(team);
    for (const team of [...wanted].sort()) this.#book.assign(team);
  }

  /** The frame of a tick; ticks that follow one another make deltas. */
  frame(fleet: FleetColumns, { tick, at }: Omit<FrameMoment, 'roster'>): ScopeFrame {
    const { version } = this.#book;
    const news = this.#takeNews();
    this.#regrid();
    if (news || fleet.layout !== this.#layout) this.#findRows(fleet);
    const view = viewOf(fleet, this.#rows);
    const moment = { tick, at, roster: version };
    const isKeyframe = this.#isKeyframeWanted || this.#isKeyframeDue(tick);
    const bytes = isKeyframe ? this.#encoder.keyframe(view, moment) : this.#encoder.delta(view, moment);
    this.#lastTick = tick;
    if (isKeyframe) {
      this.#book.onKeyframe();
      this.#lastKeyframe = tick;
      this.#isKeyframeWanted = false;
    }
    return { tick, bytes, isKeyframe, news, whole: () => this.#encoder.current() };
  }

  #takeNews(): RosterNews | undefined {
    const { version } = this.#book;
    const after = this.#told;
    if (version === after) return undefined;
    this.#told = version;
    const changed = this.#book.takeChanged();
    return { roster: this.roster, change: { scope: this.#scope, version, after, changed } };
  }

  #regrid(): void {
    if (this.#encoder.offGrid === 0) return;
    const grid = this.#gridOf();
    if (grid.lng === this.#grid.lng && grid.lat === this.#grid.lat) return;
    this.#grid = grid;
    this.#encoder = new FrameEncoder(this.#scope, grid);
    this.#isKeyframeWanted = true;
  }

  #isKeyframeDue(tick: number): boolean {
    return tick - this.#lastKeyframe >= KEYFRAME_TICKS || tick !== (this.#lastTick + 1) >>> 0;
  }

  #findRows(fleet: FleetColumns): void {
    const { slots } = this.#book;
    if (this.#rows.length !== slots.length) this.#rows = new Int32Array(slots.length);
    slots.forEach((team, slot) => {
      this.#rows[slot] = (team === null ? undefined : fleet.rowOf(team)) ?? -1;
    });
    this.#layout = fleet.layout;
  }
}

function viewOf(fleet: FleetColumns, rows: Int32Array): FrameView {
  const { lng, lat, headingDeg, speedKmh, observedAt } = fleet;
  return { count: rows.length, rows, lng, lat, headingDeg, speedKmh, observedAt };
}
