import { Injectable } from '@nestjs/common';
import type { TeamId } from '@app/shared';

/** Where a team was last, WGS 84; heading and speed NaN when unknown, `observedAt` in ms since 1970. */
export interface LastFix {
  readonly lng: number;
  readonly lat: number;
  readonly headingDeg: number;
  readonly speedKmh: number;
  readonly observedAt: number;
}

/** The port through which teams are told where they are; positions, which stands below, provides it. */
@Injectable()
export class LastFixes {
  #source: (team: TeamId) => LastFix | undefined = () => undefined;

  provide(source: (team: TeamId) => LastFix | undefined): void {
    this.#source = source;
  }

  of(team: TeamId): LastFix | undefined {
    return this.#source(team);
  }
}
