import { Injectable } from '@nestjs/common';
import type { Incident, IncidentAction, IncidentReport } from '@app/shared';
import type { Caller } from '../access/caller.js';
import { AdvanceIncident } from '../incidents/advance-incident.js';
import { KeepEvidence } from '../incidents/keep-evidence.js';
import { MergeIncidents } from '../incidents/merge-incidents.js';
import { ReportIncident } from '../incidents/report-incident.js';
import { StoryClock } from '../platform/clock.js';
import { Fault } from '../platform/fault.js';
import { madePhoto } from './made-photo.js';

const MINUTE = 60_000;

/** Something that somebody did so many minutes ago. `key` makes its second time harmless. */
interface Beat {
  readonly ago: number;
  readonly happen: (key: string) => Promise<void>;
}

type Said = object | (() => object);

/** An incident of the story: what was told of it last. */
export interface Thread {
  readonly incident: Incident;
  step(ago: number, by: Caller, action: IncidentAction, said?: Said): Thread;
  photo(ago: number, by: Caller, name: string): Thread;
}

/** The use cases with which incidents are told. */
@Injectable()
export class IncidentDeeds {
  constructor(
    readonly clock: StoryClock,
    readonly report: ReportIncident,
    readonly advance: AdvanceIncident,
    readonly merge: MergeIncidents,
    readonly evidence: KeepEvidence,
  ) {}
}

/**
 * What happened in the last hours, written down in any order and played from the oldest on, each thing at its own
 * moment and through the command that a person would have used.
 */
export class Story {
  readonly #beats: Beat[] = [];

  constructor(
    /** The present, ms since 1970. */
    readonly now: number,
    private readonly deeds: IncidentDeeds,
  ) {}

  add(ago: number, happen: Beat['happen']): void {
    this.#beats.push({ ago, happen });
  }

  /** The instant so many minutes ago, or, below zero, to come. */
  at(ago: number): string {
    return new Date(this.now - ago * MINUTE).toISOString();
  }

  report(ago: number, by: Caller, report: IncidentReport): Thread {
    let told: Incident | undefined;
    const { deeds } = this;
    this.add(ago, async (key) => {
      told = await deeds.report.run(report, by, key);
    });
    const thread: Thread = {
      get incident() {
        if (!told) throw new Error('the story tells of an incident before it was reported');
        return told;
      },
      step: (later, who, action, said = {}) => {
        this.add(later, async (key) => {
          const { id, version } = thread.incident;
          const step = { version, ...(typeof said === 'function' ? (said as () => object)() : said) };
          const deed = action === 'merge' ? deeds.merge : deeds.advance;
          told = await deed.run({ id, action, step }, who, key);
        });
        return thread;
      },
      photo: (later, who, name) => {
        this.add(later, async (key) => {
          await deeds.evidence.run(who, thread.incident.id, { name, bytes: madePhoto() }, key);
        });
        return thread;
      },
    };
    return thread;
  }

  async play(): Promise<void> {
    const beats = this.#beats.toSorted((a, b) => b.ago - a.ago);
    for (const [i, { ago, happen }] of beats.entries())
      await this.deeds.clock.during(this.now - ago * MINUTE, () => happen(`demo-present-${i}`));
  }
}

/** A step without a key of its own: where it was taken already, it is refused by the version that it knew. */
export async function unlessDone(step: () => Promise<unknown>): Promise<void> {
  try {
    await step();
  } catch (error) {
    if (!(error instanceof Fault) || !/\.(stale|ended|illegal-step)$/.test(error.code)) throw error;
  }
}
