import { Injectable } from '@nestjs/common';
import type { Id, IncidentId, Role } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Audit } from '../access/audit.js';
import type { Caller } from '../access/caller.js';
import { Database } from '../platform/database.js';
import { Fault } from '../platform/fault.js';
import { CallerVault, type Sealed } from './caller-vault.js';
import { IncidentReading } from './incident-reading.js';
import type { IncidentState } from './incident-step.js';
import { IncidentRepository } from './incident.repository.js';

type SealedRow = Sealed & { readonly incident: IncidentId };

/** Who may be told a number at all; of which incident says `IncidentReading`. */
export const CALLER_ROLES: readonly Role[] = ['duty', 'commander', 'staff'];

/** Numbers of those who called: sealed, told only to whoever handles the incident, each telling in the audit. */
@Injectable()
export class CallerBook {
  constructor(
    private readonly vault: CallerVault,
    private readonly audit: Audit,
    private readonly incidents: IncidentRepository,
    private readonly database: Database,
    private readonly reading: IncidentReading,
  ) {}

  async keep(tx: EntityManager, incident: IncidentId, phone: string): Promise<void> {
    const { keyId, nonce, sealed } = this.vault.seal(incident, phone);
    await tx.query('insert into incident_caller (incident, key_id, nonce, sealed) values ($1, $2, $3, $4)', [
      incident,
      keyId,
      nonce,
      sealed,
    ]);
  }

  /** @throws Fault `incident.unknown` `incident.sealed` `scope.denied`; `caller.unknown` when none was told, or it was erased */
  async read(by: Caller, id: IncidentId): Promise<string> {
    const state = this.reading.requireWhole(by, id, await this.incidents.find(id));
    this.reading.requireAct(by, state);
    this.reading.requireHandling(by, state.incident);
    const [row] = await this.database.query<SealedRow>(`${SELECT} where incident = $1`, [id]);
    const line = { caller: by, action: 'caller.read', subject: `incident:${id}` } as const;
    await this.database.transaction((tx) =>
      this.audit.write(tx, { ...line, outcome: row ? 'done' : 'refused' }),
    );
    if (!row) throw new Fault('caller.unknown', { id });
    return this.vault.open(id, row);
  }

  /** Whether there is a number, and `read` would tell it to this caller. Nothing is told here, nor written down. */
  async isFor(
    by: Caller,
    { incident }: Pick<IncidentState, 'incident'>,
    tx: EntityManager = this.database.manager,
  ): Promise<boolean> {
    if (by.via !== 'session' || !CALLER_ROLES.includes(by.role)) return false;
    if (!this.reading.isHandling(by, incident)) return false;
    const rows = await tx.query<unknown[]>('select from incident_caller where incident = $1', [incident.id]);
    return rows.length > 0;
  }

  async erase(tx: EntityManager, incident: IncidentId): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>('delete from incident_caller where incident = $1', [
      incident,
    ]);
    return count > 0;
  }

  /** Seals some anew that lie under another key than today's; answers how many. */
  async reseal(tx: EntityManager, limit: number): Promise<number> {
    const rows = await tx.query<SealedRow[]>(
      `${SELECT} where key_id <> $1 order by incident limit $2 for update skip locked`,
      [this.vault.currentKey, limit],
    );
    for (const row of rows) await this.#reseal(tx, row);
    return rows.length;
  }

  async #reseal(tx: EntityManager, row: SealedRow): Promise<void> {
    const id: Id = row.incident;
    const { keyId, nonce, sealed } = this.vault.seal(id, this.vault.open(id, row));
    await tx.query('update incident_caller set key_id = $2, nonce = $3, sealed = $4 where incident = $1', [
      id,
      keyId,
      nonce,
      sealed,
    ]);
  }
}

const SELECT = 'select incident, key_id as "keyId", nonce, sealed from incident_caller';
