import { Injectable } from '@nestjs/common';
import type { ScopeId } from '@app/shared';
import { CentreTree } from '../access/centre-tree.js';
import { Tailer } from '../journal/tailer.js';

const ABOUT_INCIDENT = /^incident:([0-9a-f-]{36})(?::|$)/;

/** Who is told an ephemeral word: the room it was said in; about an incident, every centre that sees the incident. */
@Injectable()
export class AsideAudience {
  constructor(
    private readonly tailer: Tailer,
    private readonly tree: CentreTree,
  ) {}

  /** Whoever does not see the incident speaks to the own room alone. */
  of(scope: ScopeId, topic: string): ScopeId[] {
    const [, incident] = ABOUT_INCIDENT.exec(topic) ?? [];
    const { pictures } = this.tailer;
    const sees = (id: ScopeId) => incident !== undefined && pictures.of(id).get('incident', incident);
    if (!sees(scope)) return [scope];
    const others = this.tree.all().filter(({ id }) => id !== scope && sees(id));
    return [scope, ...others.map(({ id }) => id)];
  }
}
