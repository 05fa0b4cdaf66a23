import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ENDED_STATUSES } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Clocks, type Due } from '../clocks/clocks.js';
import type { Draft } from '../journal/journal.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Leader } from '../platform/leader.js';
import { CallerBook } from './caller-book.js';
import { IncidentErasure } from './incident-erasure.js';
import { IncidentHooks } from './incident-hooks.js';
import type { IncidentRow } from './incident.table.js';

/** Kinds of due times: what was told of a person, and what was told in free text, has been kept long enough. */
const CALLER_ERASURE = 'caller.erasure';
const TEXT_ERASURE = 'text.erasure';

const DAY_MS = 86_400_000;
const RESEAL_MS = 3_600_000;
const AT_ONCE = 200;

/** Erases by durable due times from the end of an incident; one that opens again keeps what it has. */
@Injectable()
export class ErasureSchedule implements OnModuleInit {
  constructor(
    private readonly clocks: Clocks,
    private readonly hooks: IncidentHooks,
    private readonly leader: Leader,
    private readonly callers: CallerBook,
    private readonly erasure: IncidentErasure,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.hooks.onMoved(async (tx, before, after): Promise<Draft[]> => {
      if (isEnded(before.incident) !== isEnded(after.incident)) await this.#follow(tx, after.incident);
      return [];
    });
    this.clocks.register(CALLER_ERASURE, (tx, due) => this.#erase(tx, due));
    this.clocks.register(TEXT_ERASURE, (tx, due) => this.#erase(tx, due));
    this.leader.every('caller keys', RESEAL_MS, () => this.reseal());
  }

  /** Brings every number under today's key. */
  async reseal(): Promise<void> {
    for (let sealed = AT_ONCE; sealed === AT_ONCE && this.leader.isLeader;)
      sealed = await this.leader.transaction((tx) => this.callers.reseal(tx, AT_ONCE));
  }

  async #follow(tx: EntityManager, incident: IncidentRow): Promise<void> {
    const { id: subject, closedAt, statusAt } = incident;
    if (!isEnded(incident)) return this.clocks.cancel(tx, [CALLER_ERASURE, TEXT_ERASURE], subject);
    const from = closedAt ?? statusAt;
    const { callerDays, textDays } = this.config;
    return this.clocks.set(
      tx,
      { kind: CALLER_ERASURE, subject, dueAt: from + callerDays * DAY_MS },
      { kind: TEXT_ERASURE, subject, dueAt: from + textDays * DAY_MS },
    );
  }

  async #erase(tx: EntityManager, { kind, subject }: Due): Promise<Draft[]> {
    // It may have been opened again at this very moment.
    if (!(await this.erasure.isEnded(tx, subject))) return [];
    if (kind === CALLER_ERASURE) await this.callers.erase(tx, subject);
    else await this.erasure.run(tx, subject, { part: 'all', byHand: false });
    return [];
  }
}

const isEnded = ({ status }: IncidentRow): boolean => ENDED_STATUSES.includes(status);
