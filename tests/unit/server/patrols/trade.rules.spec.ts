import { describe, expect, it } from '@jest/globals';
import { TRADE_ACTIONS, TRADE_STATES } from '@app/shared';
import { stepTrade, tradeActionsFor, type Trader } from '../../../../server/src/patrols/trade.rules.js';
import type { TradeRow } from '../../../../server/src/patrols/patrol-shift.table.js';

const trade: TradeRow = {
  id: 'trade',
  give: 's1',
  take: 's2',
  state: 'asked',
  version: 1,
  reason: 'training day',
  askedBy: 'asker',
  askedAt: 0,
};
const asker: Trader = { account: 'asker', role: 'commander', ofGive: true, ofTake: true };
const taker: Trader = { account: 'taker', role: 'duty', ofGive: false, ofTake: true };
const giver: Trader = { account: 'giver', role: 'duty', ofGive: true, ofTake: false };
const commander: Trader = { account: 'commander', role: 'commander', ofGive: true, ofTake: true };
const people = { asker, taker, giver, commander };

describe('a trade', () => {
  it('lets these people do these things', () => {
    const may = TRADE_STATES.map((state) => [
      state,
      ...Object.values(people).map((by) => tradeActionsFor({ ...trade, state }, by).join(' ')),
    ]);
    expect(may).toEqual([
      ['asked', 'withdraw', 'agree decline', 'decline', 'agree decline'],
      ['agreed', 'withdraw', 'decline', 'decline', 'approve decline'],
      ['approved', '', '', '', ''],
      ['declined', '', '', '', ''],
      ['withdrawn', '', '', '', ''],
    ]);
  });

  it.each(TRADE_ACTIONS)('takes the step %s exactly where it is offered', (action) => {
    for (const state of TRADE_STATES)
      for (const by of Object.values(people)) {
        const row = { ...trade, state };
        expect(stepTrade(row, action, by).ok).toBe(tradeActionsFor(row, by).includes(action));
      }
  });

  it('is never agreed to or approved by whoever asked for it', () => {
    expect(stepTrade(trade, 'agree', asker)).toMatchObject({ code: 'trade.own' });
    expect(stepTrade({ ...trade, state: 'agreed' }, 'approve', asker)).toMatchObject({ code: 'trade.own' });
  });
});
