import { Injectable } from '@nestjs/common';
import { type AuditAction, type Evidence, EVIDENCE_MOST, type Id, type IncidentId } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Audit } from '../access/audit.js';
import type { Caller } from '../access/caller.js';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import { EvidenceShelf } from './evidence-shelf.js';
import { EvidenceRepository, type EvidenceRow, shown } from './evidence.repository.js';
import { IncidentReading } from './incident-reading.js';
import { IncidentRepository } from './incident.repository.js';
import type { IncidentRow } from './incident.table.js';

/** Evidence as one caller may see it: whoever may read its incident, and every reading is written down. */
@Injectable()
export class EvidenceReader {
  constructor(
    private readonly audit: Audit,
    private readonly incidents: IncidentRepository,
    private readonly evidence: EvidenceRepository,
    private readonly shelf: EvidenceShelf,
    private readonly database: Database,
    private readonly reading: IncidentReading,
  ) {}

  async list(by: Caller, incident: IncidentId): Promise<Evidence[]> {
    await this.reading.told(by, await this.requireIncident(by, incident), 'evidence');
    return (await this.evidence.list(incident)).map(shown);
  }

  /** The bytes of one piece. @throws Fault `evidence.unknown`, whether it is foreign, gone or unknown */
  async read(by: Caller, id: Id): Promise<{ row: EvidenceRow; bytes: Uint8Array }> {
    const row = await this.evidence.find(id);
    const state = row && (await this.incidents.find(row.incident));
    if (!row || !state || !this.reading.maySee(by, state.incident))
      throw new Fault('evidence.unknown', { id });
    this.reading.requireWhole(by, row.incident, state);
    const bytes = await this.shelf.read(row);
    await this.database.transaction((tx) => this.tell(tx, by, 'evidence.read', row));
    return { row, bytes };
  }

  /** @throws Fault `incident.unknown` `incident.sealed`, as reading it does; with `tx` its row is locked */
  async requireIncident(by: Caller, id: IncidentId, tx?: EntityManager): Promise<IncidentRow> {
    const state = tx ? await this.incidents.lock(tx, id) : await this.incidents.find(id);
    return this.reading.requireWhole(by, id, state).incident;
  }

  /** @throws Fault `evidence.too-many` when, with the one that is being added, there are more than an incident may have */
  async requireRoom(tx: EntityManager, incident: IncidentId): Promise<void> {
    if ((await this.evidence.count(tx, incident)) > EVIDENCE_MOST)
      throw new Fault('evidence.too-many', { most: EVIDENCE_MOST });
  }

  async tell(tx: EntityManager, by: Caller, action: AuditAction, row: EvidenceRow): Promise<void> {
    const { id, incident, type, bytes, sha256 } = row;
    const detail = { incident, type, bytes, sha256 };
    await this.audit.write(tx, { caller: by, action, subject: `evidence:${id}`, outcome: 'done', detail });
  }
}
