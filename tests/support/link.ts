import { FrameDecoder, type Picture } from '@app/shared';
import type { Sight } from '../../web/src/link/freshness.js';
import { LiveLink } from '../../web/src/link/live-link.js';
import type { LiveSocket } from '../../web/src/link/live-socket.js';

/** The link of a real screen, with the page left out: it joins, proves, resumes and comes back by itself. */
export class LinkedScreen {
  readonly decoder: FrameDecoder;
  /** Entities in the order in which their facts arrived, as `kind:id:version`, and how often each. */
  readonly told = new Map<string, number>();
  /** States of sight in order, without repetitions. */
  readonly sights: Sight['state'][] = [];
  readonly refusals: string[] = [];
  /** Pictures that were not the server's; there must be none. */
  repairs = 0;
  snapshots = 0;
  frames = 0;
  picture: Picture | undefined;
  /** Since when positions stand still, as the screen would say; null: they move. */
  stillSince: number | null = null;
  readonly #link: LiveLink;
  readonly #looks = new Set<() => void>();

  constructor(open: () => LiveSocket, scope: string) {
    this.decoder = new FrameDecoder(scope);
    this.#link = new LiveLink({
      scope,
      open,
      listener: {
        picture: (picture, { whole, changed }) => {
          this.picture = picture;
          if (whole) this.snapshots += 1;
          for (const { kind, id } of changed) this.#note(kind, id);
          this.#look();
        },
        sight: ({ state }) => {
          if (this.sights.at(-1) !== state) this.sights.push(state);
          this.#look();
        },
        caughtUp: () => undefined,
        repaired: (count) => (this.repairs = count),
        still: (since) => {
          this.stillSince = since;
          this.#look();
        },
        roster: (roster) => this.decoder.useRoster(roster),
        frame: (bytes) => {
          if (this.decoder.apply(bytes) !== 'ok') this.#link.askKeyframe();
          this.frames += 1;
          this.#look();
        },
        refused: (code) => this.refusals.push(code),
      },
    });
    this.#link.start();
  }

  close(): void {
    this.#link.stop();
  }

  has(id: string): boolean {
    return this.picture?.get('incident', id) !== undefined;
  }

  /** Where a team is by the last frame; undefined when no frame told. */
  placeOf(team: string): { readonly lng: number; readonly lat: number } | undefined {
    const { count, present, lng, lat } = this.decoder;
    for (let slot = 0; slot < count; slot++)
      if (present[slot] === 1 && this.decoder.teamOf(slot) === team)
        return { lng: lng[slot] ?? NaN, lat: lat[slot] ?? NaN };
    return undefined;
  }

  /** Resolves when it is so; looks whenever something arrives. */
  until(isMet: () => boolean, what: string, withinMs = 30_000): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!isMet()) return;
        clearTimeout(timer);
        this.#looks.delete(look);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#looks.delete(look);
        reject(new Error(`${what}: not within ${withinMs} ms`));
      }, withinMs);
      this.#looks.add(look);
      look();
    });
  }

  #note(kind: string, id: string): void {
    const key = `${kind}:${id}:${this.picture?.get(kind, id)?.version ?? 'gone'}`;
    this.told.set(key, (this.told.get(key) ?? 0) + 1);
  }

  #look(): void {
    for (const look of this.#looks) look();
  }
}
