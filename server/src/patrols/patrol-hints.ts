import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { BEATS_TOPIC, type CentreId, type ScopeId, type TeamId, type VISITS_TOPIC } from '@app/shared';
import { CentreTree } from '../access/centre-tree.js';
import { Asides } from '../platform/asides.js';

/** Hints gather for so long: a sweep that judges a hundred shifts is one word, said once its commits are done. */
const GATHER_MS = 1_000;

type Topic = typeof VISITS_TOPIC | typeof BEATS_TOPIC;

/** Tells whoever may read them that visits or the ground of a centre have changed: no word of which, or by whom. */
@Injectable()
export class PatrolHints implements OnApplicationShutdown {
  readonly #changed = new Map<Topic, Set<ScopeId>>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly tree: CentreTree,
    private readonly asides: Asides,
  ) {}

  /**
   * `team`: whose handheld is told too. A hint that is lost costs as long as a screen waits before it looks by itself.
   */
  changed(topic: Topic, centre: CentreId, team?: TeamId): void {
    const scopes = this.#changed.get(topic) ?? new Set();
    for (const scope of this.tree.lineage(centre)) scopes.add(scope);
    this.#changed.set(topic, team === undefined ? scopes : scopes.add(team));
    this.#timer ??= setTimeout(() => this.#say(), GATHER_MS);
  }

  onApplicationShutdown(): void {
    clearTimeout(this.#timer);
  }

  #say(): void {
    this.#timer = undefined;
    for (const [topic, scopes] of this.#changed)
      for (const scope of scopes) this.asides.say({ scope, topic, data: { changed: true } });
    this.#changed.clear();
  }
}
