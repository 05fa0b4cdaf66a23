import { Injectable } from '@nestjs/common';
import {
  type Id,
  isForbidden,
  type PatrolShift,
  REST_HOURS,
  toInstant,
  type Trade,
  type TradeAction,
  type TradeDraft,
  type TradeStep,
} from '@app/shared';
import type { EntityManager } from 'typeorm';
import { Access } from '../access/access.js';
import type { Caller } from '../access/caller.js';
import { Idempotency } from '../access/idempotency.js';
import { type Draft, Journal } from '../journal/journal.js';
import { settle } from '../platform/decision.js';
import { Fault } from '../platform/fault.js';
import { PatrolShiftDesk } from './patrol-shift-desk.js';
import { PatrolShiftReader } from './patrol-shift-reader.js';
import { PatrolShiftRepository } from './patrol-shift.repository.js';
import { tradeCrews } from './patrol-shift.rules.js';
import type { PatrolShiftRow, TradeRow } from './patrol-shift.table.js';
import { conflictsOf } from './shift-conflict.rules.js';
import { stepTrade, tradeActionsFor, tradeBar, type Trader } from './trade.rules.js';

const REST_MS = REST_HOURS * 3_600_000;

/** The two shifts of a trade, as they are now. */
interface Sides {
  readonly give: PatrolShiftRow;
  readonly take: PatrolShiftRow;
}

/** Trades of shifts: asked for by one side, agreed to by the other, approved by a commander. */
@Injectable()
export class TradeShifts {
  constructor(
    private readonly access: Access,
    private readonly journal: Journal,
    private readonly shifts: PatrolShiftRepository,
    private readonly reader: PatrolShiftReader,
    private readonly desk: PatrolShiftDesk,
    private readonly idempotency: Idempotency,
  ) {}

  /** @throws Fault `patrol-shift.unknown`, `scope.denied`, `trade.illegal-step` where they cannot be traded */
  ask(draft: TradeDraft, by: Caller, key: string | null): Promise<Trade> {
    const once = { key, route: 'POST /api/shift-trades', body: draft };
    return this.journal.transaction((tx) =>
      this.idempotency.once(tx, by, once, async () => {
        const sides = await this.#lockSides(tx, by, draft);
        if (!this.access.mayAct(by, sides.give.centre))
          throw new Fault('scope.denied', { seen: by.centre, wanted: sides.give.centre });
        const bar = tradeBar(sides.give, sides.take);
        const open = await this.shifts.openTrades([draft.give, draft.take], tx);
        if (bar !== null || open.length > 0)
          throw new Fault('trade.illegal-step', { bar: bar ?? 'traded', open: open.map(({ id }) => id) });
        const trade: TradeRow = {
          ...draft,
          id: this.desk.clock.mint(),
          state: 'asked',
          version: 1,
          askedBy: by.account,
          askedAt: this.desk.clock.now(),
        };
        await this.shifts.insertTrade(tx, trade);
        await this.desk.note(tx, by, trade);
        return this.#view(by, trade, sides, tx);
      }),
    );
  }

  /**
   * @throws Fault `trade.unknown`, `trade.stale`, `trade.illegal-step`, `trade.own`, `scope.denied`,
   * `patrol-shift.double-booked` with the conflicts that an approval would make
   */
  step(id: Id, action: TradeAction, { version }: TradeStep, by: Caller): Promise<Trade> {
    return this.journal.transaction(async (tx) => {
      const trade = await this.shifts.lockTrade(tx, id);
      if (!trade) throw new Fault('trade.unknown', { id });
      const sides = await this.#lockSides(tx, by, trade);
      if (trade.version !== version)
        throw new Fault('trade.stale', { seen: version, current: await this.#view(by, trade, sides, tx) });
      const next = settle(stepTrade(trade, action, this.#trader(by, sides)));
      await this.shifts.updateTrade(tx, next);
      await this.desk.note(tx, by, next);
      const drafts = next.state === 'approved' ? await this.#exchange(tx, by, sides) : [];
      const after = drafts.length > 0 ? await this.#reread(tx, sides) : sides;
      const answer = await this.#view(by, next, after, tx);
      await this.journal.append(tx, drafts);
      return answer;
    });
  }

  /** Trades that wait for somebody, of the shifts given. */
  async open(by: Caller, shifts: readonly PatrolShift[]): Promise<Trade[]> {
    const ids = shifts.map(({ id }) => id);
    const trades = await this.shifts.openTrades(ids);
    const rows = await this.shifts.findMany(trades.flatMap(({ give, take }) => [give, take]));
    const byId = new Map(rows.map((row) => [row.id, row]));
    const found: Trade[] = [];
    for (const trade of trades) {
      const [give, take] = [byId.get(trade.give), byId.get(trade.take)];
      if (give && take && this.access.mayRead(by, give.seenBy) && this.access.mayRead(by, take.seenBy))
        found.push(await this.#view(by, trade, { give, take }));
    }
    return found;
  }

  /** The crews change places, unless one of them would then be in two places at once. */
  async #exchange(tx: EntityManager, by: Caller, { give, take }: Sides): Promise<Draft[]> {
    const bar = tradeBar(give, take);
    if (bar !== null) throw new Fault('trade.illegal-step', { bar });
    const moves = tradeCrews(give, take);
    const rows = moves.map(({ next }) => next);
    const held = await this.shifts.within(
      {
        teams: [...new Set(rows.flatMap(({ team, crewOf }) => [team, crewOf]))],
        from: Math.min(give.startsAt, take.startsAt) - REST_MS,
        to: Math.max(give.endsAt, take.endsAt) + REST_MS,
      },
      tx,
    );
    const others = held.filter(({ id }) => id !== give.id && id !== take.id);
    const conflicts = conflictsOf([...others, ...rows]).filter(
      (conflict) => isForbidden(conflict) && rows.some(({ id }) => conflict.shifts.includes(id)),
    );
    if (conflicts.length > 0) throw new Fault('patrol-shift.double-booked', { conflicts });
    const drafts: Draft[] = [];
    for (const moved of moves)
      drafts.push(await this.desk.write(tx, moved, { by, now: this.desk.clock.now() }));
    return drafts;
  }

  async #lockSides(tx: EntityManager, by: Caller, { give, take }: { give: Id; take: Id }): Promise<Sides> {
    const rows = await this.shifts.lockMany(tx, [give, take]);
    return this.#sidesOf(
      rows.filter(({ seenBy }) => this.access.mayRead(by, seenBy)),
      { give, take },
    );
  }

  async #reread(tx: EntityManager, { give, take }: Sides): Promise<Sides> {
    return this.#sidesOf(await this.shifts.findMany([give.id, take.id], tx), {
      give: give.id,
      take: take.id,
    });
  }

  #sidesOf(rows: readonly PatrolShiftRow[], ids: { give: Id; take: Id }): Sides {
    const find = (id: Id) => {
      const row = rows.find((known) => known.id === id);
      if (!row) throw new Fault('patrol-shift.unknown', { id });
      return row;
    };
    return { give: find(ids.give), take: find(ids.take) };
  }

  #trader(by: Caller, { give, take }: Sides): Trader {
    return {
      account: by.account,
      role: by.role,
      ofGive: this.access.mayAct(by, give.centre),
      ofTake: this.access.mayAct(by, take.centre),
    };
  }

  async #view(by: Caller, trade: TradeRow, sides: Sides, tx?: EntityManager): Promise<Trade> {
    const { id, state, version, reason, askedAt } = trade;
    const [give, take] = await this.reader.views(by, [sides.give, sides.take], tx);
    if (!give || !take) throw new Fault('trade.unknown', { id });
    const actions = tradeActionsFor(trade, this.#trader(by, sides));
    return { id, give, take, state, version, reason, askedAt: toInstant(askedAt), actions };
  }
}
