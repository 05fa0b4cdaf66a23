import { Injectable } from '@nestjs/common';
import type { TeamId } from '@app/shared';

/** Ms since 1970; Infinity: it is not over. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

type Source = (team: TeamId, around: Span) => Promise<readonly Span[]>;

/** The port through which the doors know when a team is on shift; patrols, which stands below, provides it. */
@Injectable()
export class ShiftSpans {
  #source: Source = () => Promise.resolve([]);

  provide(source: Source): void {
    this.#source = source;
  }

  /** When the team was on shift, of what touches a time. */
  of(team: TeamId, around: Span): Promise<readonly Span[]> {
    return this.#source(team, around);
  }
}
