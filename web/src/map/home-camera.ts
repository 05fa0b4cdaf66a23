import type { BBox } from '@app/shared';
import type { MapEngine, Off } from './engine.js';

/** A map that nobody has touched for this long goes home. */
const HOME_AFTER_MS = 60_000;

/**
 * Where the map is at rest, and when it may go back there: never while somebody holds it, and not before a minute
 * has passed since. What is shown on request (`visit`) counts as held from that moment.
 */
export class HomeCamera {
  readonly #engine: MapEngine;
  readonly #onHome: () => void;
  readonly #offs: Off[];
  #home: BBox;
  #paddingPx: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(engine: MapEngine, home: { box: BBox; paddingPx: number }, onHome: () => void) {
    this.#engine = engine;
    this.#home = home.box;
    this.#paddingPx = home.paddingPx;
    this.#onHome = onHome;
    this.#offs = [engine.onHeld(() => this.#hold())];
    engine.fit(home.box, home.paddingPx, 0);
  }

  get isAway(): boolean {
    return this.#timer !== undefined;
  }

  /** A new home; goes there at once unless somebody holds the map. */
  settle(box: BBox, paddingPx: number): void {
    this.#home = box;
    this.#paddingPx = paddingPx;
    if (!this.isAway) this.#engine.fit(box, paddingPx, 0);
  }

  /** Shows a box because a person asked for it. */
  visit(box: BBox, paddingPx: number): void {
    this.#engine.fit(box, paddingPx, 400);
    this.#hold();
  }

  goHome(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#engine.fit(this.#home, this.#paddingPx, 600);
    this.#onHome();
  }

  destroy(): void {
    clearTimeout(this.#timer);
    for (const off of this.#offs) off();
  }

  #hold(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.goHome(), HOME_AFTER_MS);
  }
}
