import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Sos, type SosDraft, type TeamId, toMs } from '@app/shared';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller.js';
import { Idempotency } from '../access/idempotency.js';
import { Clock } from '../platform/clock.js';
import { Fault } from '../platform/fault.js';
import { type Draft, Journal } from '../journal/journal.js';
import { EmergencyButton } from './emergency-button.js';
import { LastFixes } from './last-fixes.js';
import { callSos, type SosCall, type SosMoved, type SosPlace, sosView } from './sos.rules.js';
import { SosDesk } from './sos-desk.js';

const DAY_MS = 86_400_000;

/** When it was pressed, as far as that is possible: a call is never refused for its clock. */
const pressedAtOf = ({ at }: SosDraft, now: number): number =>
  at === undefined ? now : Math.min(now, Math.max(toMs(at), now - DAY_MS));

/** A team calls for help: by the button of a device, or by somebody who heard it on the radio. */
@Injectable()
export class CallSos implements OnModuleInit {
  constructor(
    private readonly journal: Journal,
    private readonly desk: SosDesk,
    private readonly button: EmergencyButton,
    private readonly fixes: LastFixes,
    private readonly idempotency: Idempotency,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.button.onPressed(async (tx, { team, observedAt, recordedAt, place }) => {
      const told = place && { lng: place[0], lat: place[1], observedAt };
      const { draft } = await this.#call(tx, team, { observedAt, recordedAt, place: told ?? undefined });
      return [draft];
    });
  }

  /** @throws Fault `team.unknown`, `scope.denied` for a team that is seen but not one's own */
  run(draft: SosDraft, by: Caller, key: string | null): Promise<Sos> {
    const once = { key, route: 'POST /api/sos', body: draft };
    return this.journal.transaction((tx) =>
      this.idempotency.once(tx, by, once, async () => {
        const now = this.clock.now();
        const { team, lng, lat } = draft;
        const pressedAt = pressedAtOf(draft, now);
        await this.desk.requireOwn(team, by);
        const place =
          lng === undefined || lat === undefined ? undefined : { lng, lat, observedAt: pressedAt };
        const { moved, draft: entry } = await this.#call(tx, team, {
          observedAt: pressedAt,
          recordedAt: now,
          place,
        });
        await this.desk.note(tx, by, moved);
        await this.journal.append(tx, [entry]);
        return sosView(moved.next, by.handheld === undefined);
      }),
    );
  }

  async #call(
    tx: EntityManager,
    id: TeamId,
    call: Omit<SosCall, 'id'>,
  ): Promise<{ moved: SosMoved; draft: Draft }> {
    const { team, open } = await this.desk.openOf(tx, id);
    if (!team) throw new Fault('team.unknown', { id });
    const place = call.place ?? this.#lastPlace(id);
    const moved = callSos(open, team, { ...call, place, id: this.clock.mint() });
    await this.desk.places.noteShown(tx, team, moved);
    return { moved, draft: await this.desk.write(tx, moved, call.recordedAt) };
  }

  #lastPlace(team: TeamId): SosPlace | undefined {
    const fix = this.fixes.of(team);
    return fix && { lng: fix.lng, lat: fix.lat, observedAt: fix.observedAt };
  }
}
