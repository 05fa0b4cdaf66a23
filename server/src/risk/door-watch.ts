import { Injectable } from '@nestjs/common';
import type { PositionDoor } from '@app/shared';
import type { EntityManager } from 'typeorm';
import { CentreTree } from '../access/centre-tree.js';
import type { Draft } from '../journal/journal.js';
import { AlertDesk } from './alert-desk.js';
import { AlertRepository } from './alert.repository.js';
import { isOpen } from './alert.rules.js';
import type { AlertRow } from './alert.table.js';
import { DoorHeard } from './door-heard.query.js';
import { raiseDoor, type SilentDoor, silentDoors } from './door-silence.rules.js';

/** As long as a watch that begins anew looks back. */
const KNOWN_MS = 2 * 3_600_000;

/** Ms since 1970. */
export type SilentTo = ReadonlyMap<PositionDoor, number>;

/** What a look at the doors found. */
export interface DoorFindings {
  readonly found: readonly SilentDoor[];
  readonly over: readonly AlertRow[];
  /** Until when doors were silent, or are: the silence of whoever last spoke through one counts from then. */
  readonly silentTo: SilentTo;
}

/**
 * Watches doors by when devices were last heard through each. It remembers nothing: an alert that runs says that a door is
 * silent, and the first word through it, of whomever, ends it.
 */
@Injectable()
export class DoorWatch {
  constructor(
    private readonly tree: CentreTree,
    private readonly alerts: AlertRepository,
    private readonly desk: AlertDesk,
    private readonly heard: DoorHeard,
  ) {}

  /** `now` in ms since 1970. */
  async look(now: number): Promise<DoorFindings> {
    const rows = await this.alerts.doorsSince(now - KNOWN_MS);
    const running = rows.filter(({ door }) => door?.to === null);
    const last = await this.heard.lastByDoor();
    const isOver = ({ door }: AlertRow) => door !== null && (last.get(door.door) ?? -Infinity) > door.from;
    const over = running.filter(isOver);
    const known = new Set(running.filter((alert) => !isOver(alert)).map(({ door }) => door?.door));
    const silent = silentDoors(await this.heard.speakers(), now);
    const found = silent.filter(({ door, from }) => !known.has(door) && (last.get(door) ?? from) <= from);
    const silentTo = new Map<PositionDoor, number>();
    for (const alert of rows)
      if (alert.door && isHeld(alert)) silentTo.set(alert.door.door, alert.door.to ?? now);
    for (const { door } of found) silentTo.set(door, now);
    return { found, over, silentTo };
  }

  /** No draft where one that runs is known already: the index of running ones says so, not this process. */
  raise(tx: EntityManager, silent: SilentDoor, now: number): Promise<Draft[]> {
    const homes = silent.speakers.map(({ home }) => home);
    const centre = this.tree.commonAncestor(homes) ?? this.tree.root()?.id;
    if (centre === undefined) return Promise.resolve([]);
    const anchor = this.tree.get(centre)?.anchor ?? [0, 0];
    const moved = raiseDoor(silent, { id: this.desk.clock.mint(), centre, anchor, now });
    return this.desk.write(tx, moved, { by: null, reason: null, now });
  }

  async end(tx: EntityManager, { id }: AlertRow, now: number): Promise<Draft[]> {
    const alert = await this.alerts.lock(tx, id);
    if (!alert?.door || alert.door.to !== null) return [];
    return this.desk.end(tx, alert, { door: { ...alert.door, to: now } }, now);
  }
}

/** One that people have dismissed, or ended by hand, is none of a door: its devices are called silent again. */
const isHeld = (alert: AlertRow): boolean => isOpen(alert) || alert.door?.to !== null;
