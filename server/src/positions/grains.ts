import { Injectable } from '@nestjs/common';
import { coarsen, type PositionRelease, type TeamId } from '@app/shared';
import { CentreTree } from '../access/centre-tree.js';
import type { Entry } from '../journal/pictures.js';
import { Tailer } from '../journal/tailer.js';
import type { FlaggedFix } from './position.rules.js';

/** A place with what it says of the motion there; NaN when unknown. */
interface Placed {
  readonly team: TeamId;
  readonly lng: number;
  readonly lat: number;
  readonly headingDeg: number;
  readonly speedKmh: number;
}

/**
 * How fine the positions of teams may be, as their forces release them: from the journal, so every process knows what
 * the screens know. Only those that are not precise are held.
 */
@Injectable()
export class Grains {
  readonly #held = new Map<TeamId, Exclude<PositionRelease, 'precise'>>();
  #changed: (team: TeamId) => void = () => undefined;

  constructor(
    private readonly tree: CentreTree,
    private readonly tailer: Tailer,
  ) {
    tailer.listen({
      entries: (entries) => this.#follow(entries),
      reloaded: () => this.load(),
    });
  }

  /** Is called with each team whose positions are to be finer or coarser from now on. */
  onChange(listener: (team: TeamId) => void): void {
    this.#changed = listener;
  }

  of(team: TeamId): PositionRelease {
    return this.#held.get(team) ?? 'precise';
  }

  /** The fix as it may be kept; undefined when it may not. Applied twice it is the same. */
  released<Fix extends Placed>(fix: Fix): Fix | undefined {
    const grain = this.#held.get(fix.team);
    if (grain === undefined) return fix;
    if (grain === 'on-request') return undefined;
    const [lng, lat] = coarsen([fix.lng, fix.lat]);
    return { ...fix, lng, lat, headingDeg: NaN, speedKmh: NaN };
  }

  /** Fixes as they may be kept, in their order. */
  releasedAll<Fix extends Placed>(fixes: readonly Fix[]): readonly Fix[] {
    return this.#held.size === 0 ? fixes : fixes.flatMap((fix) => this.released(fix) ?? []);
  }

  releasedApart(apart: readonly FlaggedFix[]): readonly FlaggedFix[] {
    if (this.#held.size === 0) return apart;
    return apart.flatMap(({ fix, code }) => {
      const kept = this.released(fix);
      return kept ? [{ fix: kept, code }] : [];
    });
  }

  /** Every open team is in the root's picture. */
  load(): void {
    const root = this.tree.root();
    if (!root) return;
    for (const { kind, id, card } of this.tailer.pictures.of(root.id).items())
      if (kind === 'team') this.#take(id, card);
  }

  #follow(entries: readonly Entry[]): void {
    for (const { kind, id, card } of entries) if (kind === 'team' && card !== null) this.#take(id, card);
  }

  #take(team: TeamId, card: Readonly<Record<string, unknown>>): void {
    const { grain } = card;
    const next = grain === 'coarse' || grain === 'on-request' ? grain : 'precise';
    if (next === this.of(team)) return;
    if (next === 'precise') this.#held.delete(team);
    else this.#held.set(team, next);
    this.#changed(team);
  }
}
