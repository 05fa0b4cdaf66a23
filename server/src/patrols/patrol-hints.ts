import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { BEATS_TOPIC, type CentreId, type VISITS_TOPIC } from '@app/shared';
import { CentreTree } from '../access/centre-tree.js';
import { Asides } from '../platform/asides.js';

/** Hints gather for so long: a sweep that judges a hundred shifts is one word, said once its commits are done. */
const GATHER_MS = 1_000;

type Topic = typeof VISITS_TOPIC | typeof BEATS_TOPIC;

/** Tells whoever may read them that visits or the ground of a centre have changed: no word of which, or by whom. */
@Injectable()
export class PatrolHints implements OnApplicationShutdown {
  readonly #changed = new Map<Topic, Set<CentreId>>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly tree: CentreTree,
    private readonly asides: Asides,
  ) {}

  /** A hint that is lost costs as long as a screen waits before it looks by itself. */
  changed(topic: Topic, centre: CentreId): void {
    const centres = this.#changed.get(topic) ?? new Set();
    this.#changed.set(topic, centres.add(centre));
    this.#timer ??= setTimeout(() => this.#say(), GATHER_MS);
  }

  onApplicationShutdown(): void {
    clearTimeout(this.#timer);
  }

  #say(): void {
    this.#timer = undefined;
    for (const [topic, centres] of this.#changed) {
      const scopes = new Set([...centres].flatMap((centre) => this.tree.lineage(centre)));
      for (const scope of scopes) this.asides.say({ scope, topic, data: { changed: true } });
    }
    this.#changed.clear();
  }
}
