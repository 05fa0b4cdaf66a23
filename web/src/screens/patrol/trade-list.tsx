import type { Trade } from '@app/shared';
import { useInstallation } from '../../link/installation.js';
import { stepTrade } from '../../link/patrol.js';
import { useText } from '../../ui/catalogue.js';
import { useChange } from '../admin/use-change.js';
import { EraseWords } from '../desk/erase-words.js';
import { FaultNote } from '../desk/fault-note.js';
import { WrittenWords } from '../desk/written-words.js';
import { Part } from '../../ui/part.js';
import { shiftTitle } from './shift-board.js';

interface TradeListProps {
  readonly trades: readonly Trade[];
  readonly readAt: number | null;
  readonly onDone: () => void;
}

/** Trades that wait for the other side, or for a commander. */
export function TradeList({ trades, readAt, onDone }: TradeListProps) {
  const text = useText();
  const { settings } = useInstallation();
  const change = useChange(onDone);
  if (trades.length === 0) return null;
  return (
    <Part title={text.patrol.trades(trades.length)} observedAt={readAt}>
      {trades.map((trade) => (
        <div key={trade.id} className="trade">
          <p>
            {shiftTitle(trade.give, text, settings.timeZone)} ⇄{' '}
            {shiftTitle(trade.take, text, settings.timeZone)}
          </p>
          <p className="soft">
            {text.patrol.tradeState[trade.state]} · <WrittenWords words={trade.reason} />
          </p>
          <p className="note-acts">
            {trade.actions.map((action) => (
              <button
                key={action}
                type="button"
                className="button is-small"
                disabled={change.isBusy}
                onClick={() => void change.run(() => stepTrade(trade, action))}
              >
                {text.patrol.tradeAction[action]}
              </button>
            ))}
          </p>
          {trade.reason !== '' && <EraseWords of={{ kind: 'shift-trade', id: trade.id }} onDone={onDone} />}
        </div>
      ))}
      <FaultNote fault={change.fault} onClose={change.forgive} />
    </Part>
  );
}
