import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Draft, Journal } from '../journal/journal.js';
import { Clock } from '../platform/clock.js';
import { Leader } from '../platform/leader.js';
import { DeviationDesk } from './deviation-desk.js';
import { DeviationWatch } from './deviation-watch.js';
import { DoorWatch } from './door-watch.js';

const EVERY_MS = 10_000;

/** The leader watches doors and teams on shift; each finding is one transaction that commits only while it leads. */
@Injectable()
export class DeviationSchedule implements OnModuleInit {
  constructor(
    private readonly leader: Leader,
    private readonly journal: Journal,
    private readonly watch: DeviationWatch,
    private readonly desk: DeviationDesk,
    private readonly doors: DoorWatch,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.leader.onLead(() => this.watch.forget());
    this.leader.every('deviations', EVERY_MS, () => this.look());
  }

  /** Looks once and tells what has begun and what is over. */
  async look(): Promise<void> {
    const now = this.clock.now();
    const doors = await this.doors.look(now);
    for (const one of doors.found) await this.#tell((tx) => this.doors.raise(tx, one, now));
    for (const alert of doors.over) await this.#tell((tx) => this.doors.end(tx, alert, now));
    const { found, over } = await this.watch.look(await this.desk.running(), doors.silentTo, now);
    for (const one of found) await this.#tell((tx) => this.desk.raise(tx, one, now));
    for (const alert of over) await this.#tell((tx) => this.desk.end(tx, alert, now));
    if (found.length + over.length + doors.found.length + doors.over.length > 0) this.journal.wake();
  }

  #tell(work: (tx: EntityManager) => Promise<Draft[]>): Promise<void> {
    return this.leader.transaction(async (tx) => {
      await this.journal.append(tx, await work(tx));
    });
  }
}
