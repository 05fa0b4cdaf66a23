import {
  type Difference,
  type JournalBatch,
  type Joined,
  Picture,
  type PictureItem,
  type Pulse,
  type Roster,
  type ScopeEntry,
  slotsOfRuns,
} from '@app/shared';
import type { Changed } from './freshness.js';

/** What an arrival changed: entities put or deleted, or everything. */
export interface PictureChange {
  readonly whole: boolean;
  /** What entries have put or deleted; none when everything was replaced. */
  readonly changed: readonly (Changed & { readonly fact: string })[];
  /** With `whole`: what differs from the picture before, unless there was none. */
  readonly differing?: readonly Changed[];
}

/** `gap`: join again with the cursor held. `digest`: the picture is wrong, join again without one. */
export type ChainResult = 'ok' | 'gap' | 'digest';

/** The durable lane of one scope as a screen holds it: picture, cursor, and whether they are provable. */
export class ScopeChain {
  picture = new Picture();
  cursor: string | undefined;
  readonly #tell: (change: PictureChange) => void;
  #doubted: { readonly picture: Picture; readonly found: Omit<Difference, 'scope' | 'entity'> } | undefined;

  constructor(tell: (change: PictureChange) => void) {
    this.#tell = tell;
  }

  /** Takes the answer of a join; `digest` when what stands afterwards is not what the server holds. */
  join({ mode, snapshot = [], backlog = [], cursor, digest }: Joined): ChainResult {
    if (mode === 'snapshot') this.#replace(snapshot);
    else this.#apply(backlog);
    this.cursor = cursor;
    return this.#check(digest);
  }

  journal({ after, cursor, entries }: JournalBatch): ChainResult {
    if (after !== this.cursor) return 'gap';
    this.#apply(entries);
    this.cursor = cursor;
    return 'ok';
  }

  pulse({ cursor, digest }: Pulse): ChainResult {
    return cursor === this.cursor ? this.#check(digest) : 'gap';
  }

  /** The roster that a join answered, which may be told by the teams of the picture; undefined when it cannot be read. */
  rosterOf(told: Joined['roster']): Roster | undefined {
    if ('slots' in told) return told;
    const { scope, version } = told;
    const slots = slotsOfRuns(told, this.picture.idsOf('team'));
    return slots && { scope, version, slots };
  }

  /**
   * What was wrong, once a snapshot has taken the place of a picture that differed; told once. What has changed since
   * counts as a difference too, when nothing else does.
   */
  takeDifference(scope: string): Difference | undefined {
    const doubted = this.#doubted;
    if (!doubted || doubted.picture === this.picture) return undefined;
    this.#doubted = undefined;
    return { scope, ...doubted.found, entity: firstDiffering(doubted.picture, this.picture) };
  }

  #check(digest: string): ChainResult {
    const ours = this.picture.digest.hex();
    if (ours === digest) return 'ok';
    this.#doubted ??= { picture: this.picture, found: { cursor: this.cursor ?? '', ours, theirs: digest } };
    this.cursor = undefined;
    return 'digest';
  }

  #replace(items: readonly PictureItem[]): void {
    const before = this.picture;
    this.picture = new Picture();
    for (const item of items) this.picture.apply(item);
    const differs = before.size === 0 ? [] : [...differing(before, this.picture)];
    this.#tell({ whole: true, changed: [], differing: differs });
  }

  #apply(entries: readonly ScopeEntry[]): void {
    const changed = entries.filter((entry) => this.picture.apply(entry));
    if (changed.length > 0) this.#tell({ whole: false, changed });
  }
}

function firstDiffering(ours: Picture, theirs: Picture): Difference['entity'] {
  for (const { kind, id } of differing(ours, theirs)) {
    const [mine, other] = [ours.get(kind, id)?.version ?? null, theirs.get(kind, id)?.version ?? null];
    return { kind, id, ours: mine, theirs: other };
  }
  return null;
}

/** What has another version in the other picture, or is not there; then what is there alone. */
function* differing(ours: Picture, theirs: Picture): Iterable<Changed> {
  for (const { kind, id, version } of ours.items())
    if (theirs.get(kind, id)?.version !== version) yield { kind, id };
  for (const { kind, id } of theirs.items()) if (!ours.get(kind, id)) yield { kind, id };
}
