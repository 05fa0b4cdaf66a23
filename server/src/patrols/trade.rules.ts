import { type AccountId, type Role, TRADE_FLOW, type TradeAction, type TradeState } from '@app/shared';
import { accept, type Decision, refuse } from '../platform/decision.js';
import type { PatrolShiftRow, TradeRow } from './patrol-shift.table.js';

/** Who takes a step: on which sides of the trade they may act. */
export interface Trader {
  readonly account: AccountId;
  readonly role: Role;
  readonly ofGive: boolean;
  readonly ofTake: boolean;
}

/** Why two shifts cannot be traded; null when they can. */
export function tradeBar(give: PatrolShiftRow, take: PatrolShiftRow): 'same' | 'begun' | null {
  if (give.id === take.id || (give.crew === take.crew && give.crewOf === take.crewOf)) return 'same';
  return give.state === 'planned' && take.state === 'planned' ? null : 'begun';
}

/** Actions that the state of a trade allows somebody: nobody agrees to, or approves, what they asked for themselves. */
export function tradeActionsFor(trade: TradeRow, by: Trader): TradeAction[] {
  const legal = Object.keys(TRADE_FLOW[trade.state]) as TradeAction[];
  return legal.filter((action) => mayTake(trade, action, by));
}

function mayTake({ askedBy }: TradeRow, action: TradeAction, by: Trader): boolean {
  const isOwn = by.account === askedBy;
  if (action === 'withdraw') return isOwn;
  if (action === 'agree') return !isOwn && by.ofTake;
  if (action === 'approve') return !isOwn && by.role === 'commander' && by.ofGive && by.ofTake;
  return !isOwn && (by.ofTake || by.ofGive);
}

/** Moves a trade one step along TRADE_FLOW, or says why it may not move. */
export function stepTrade(trade: TradeRow, action: TradeAction, by: Trader): Decision<TradeRow> {
  const to = (TRADE_FLOW[trade.state] as Partial<Record<TradeAction, TradeState>>)[action];
  if (to === undefined)
    return refuse('trade.illegal-step', {
      from: trade.state,
      action,
      legal: Object.keys(TRADE_FLOW[trade.state]),
    });
  if (!mayTake(trade, action, by))
    return refuse(by.account === trade.askedBy ? 'trade.own' : 'scope.denied', {
      action,
      wanted:
        action === 'approve' ? 'a commander of both teams who did not ask' : 'somebody of the other side',
    });
  return accept({ ...trade, state: to, version: trade.version + 1 });
}
