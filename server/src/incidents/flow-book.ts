import { Injectable } from '@nestjs/common';
import { countedBy, type EvidenceWanted, type FlowRules, type IncidentAction } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { EvidenceRepository } from './evidence.repository.js';
import { evidenceWanted } from './evidence-wanted.rules.js';
import type { IncidentState, Teller } from './incident-step.js';
import { Rulebooks } from './rulebooks.js';

/** What a city adds to the table of the flow, as it bears on one incident. */
@Injectable()
export class FlowBook {
  constructor(
    private readonly books: Rulebooks,
    private readonly evidence: EvidenceRepository,
  ) {}

  async rules(): Promise<FlowRules> {
    return (await this.books.current()).flow;
  }

  /** What the next steps of somebody want of evidence, and how much of it there is. */
  async wanted(
    by: Teller,
    state: IncidentState,
    actions: readonly IncidentAction[],
    tx: EntityManager | undefined,
  ): Promise<EvidenceWanted[]> {
    const book = await this.books.current();
    const wanted: EvidenceWanted[] = [];
    for (const action of actions) {
      const rule = evidenceWanted(state, { action, by, book });
      if (!rule) continue;
      const seen = countedBy(rule, await this.evidence.seen(state.incident.id, rule.action, tx));
      wanted.push({ action: rule.action, what: rule.what, least: rule.least, seen });
    }
    return wanted;
  }
}
