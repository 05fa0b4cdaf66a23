import { Injectable } from '@nestjs/common';
import type { Erased, Erasure } from '@app/shared';
import type { Caller } from '../access/caller.js';
import { EraseIncidentText } from '../incidents/erase-incident-text.js';
import { EraseContest } from '../patrols/erase-contest.js';
import { ErasePatrolText } from '../patrols/erase-patrol-text.js';
import { Database } from '../platform/database.js';
import { DeskEraser } from './desk-eraser.js';
import { DeskHints } from './desk-hints.js';

/** Erases a text by hand. What it belonged to stays; the audit says who erased it and why. */
@Injectable()
export class EraseText {
  constructor(
    private readonly database: Database,
    private readonly incidents: EraseIncidentText,
    private readonly visits: EraseContest,
    private readonly patrols: ErasePatrolText,
    private readonly desk: DeskEraser,
    private readonly hints: DeskHints,
  ) {}

  /** @throws Fault `incident.unknown` `duty-log.unknown` `instruction.unknown` `visit.unknown` and others of each */
  async run(by: Caller, asked: Erasure): Promise<Erased> {
    const { kind, id } = asked;
    if (asked.kind === 'incident') return { kind, id, texts: await this.incidents.run(by, asked) };
    if (asked.kind === 'visit') return { kind, id, texts: await this.visits.run(by, asked) };
    if (asked.kind === 'instruction')
      return {
        kind,
        id,
        texts: await this.database.transaction((tx) => this.desk.instruction(tx, by, asked)),
      };
    if (asked.kind === 'duty-log') {
      const { centre, texts } = await this.database.transaction((tx) => this.desk.line(tx, by, asked));
      this.hints.logChanged(centre);
      return { kind, id, texts };
    }
    return { kind, id, texts: await this.patrols.run(by, asked) };
  }
}
