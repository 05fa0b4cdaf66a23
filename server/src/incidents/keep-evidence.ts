import { Injectable } from '@nestjs/common';
import type { Evidence, IncidentId } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller.js';
import { Idempotency } from '../access/idempotency.js';
import { Clock } from '../platform/clock.js';
import { EvidenceExpiry } from './evidence-expiry.js';
import { EvidenceIntake, type SentFile } from './evidence-intake.js';
import { EvidenceReader } from './evidence-reader.js';
import { EvidenceShelf } from './evidence-shelf.js';
import { type EvidenceRow, shown } from './evidence.repository.js';

/** Takes in one piece of evidence: examined, stored, and told as kept only when both stand. */
@Injectable()
export class KeepEvidence {
  constructor(
    private readonly intake: EvidenceIntake,
    private readonly reader: EvidenceReader,
    private readonly shelf: EvidenceShelf,
    private readonly expiry: EvidenceExpiry,
    private readonly idempotency: Idempotency,
    private readonly clock: Clock,
  ) {}

  /** The same key and bytes answer with the piece that was kept the first time. */
  async run(by: Caller, incident: IncidentId, file: SentFile, key: string | null): Promise<Evidence> {
    await this.reader.requireIncident(by, incident);
    const { bytes, ...examined } = await this.intake.examine(file);
    const row: EvidenceRow = {
      ...examined,
      id: this.clock.mint(),
      incident,
      bytes: bytes.length,
      byAccount: by.account,
      byName: by.name,
      at: this.clock.now(),
    };
    const body = { name: file.name, sha256: row.sourceSha256 };
    const once = { key, route: `POST /api/incidents/${incident}/evidence`, body };
    return this.shelf.keep(row, bytes, (tx) =>
      this.idempotency.once(tx, by, once, () => this.#confirm(tx, by, row)),
    );
  }

  async #confirm(tx: EntityManager, by: Caller, row: EvidenceRow): Promise<Evidence> {
    const incident = await this.reader.requireIncident(by, row.incident, tx);
    await this.reader.requireRoom(tx, row.incident);
    await this.expiry.follow(tx, incident);
    await this.reader.tell(tx, by, 'evidence.kept', row);
    return shown(row);
  }
}
