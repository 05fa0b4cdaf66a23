import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useText } from '../../../ui/catalogue.js';
import { LanguageSwitch } from '../../../ui/language-switch.js';
import { FaultNote } from '../../desk/fault-note.js';
import { CodeCard } from './code-card.js';
import { useCodeSheets } from './use-code-sheets.js';
import '../../desk/desk.css';
import './codes.css';

/** A whole page each, a card each, or four cards on a page, to be cut. */
const PAPERS = ['a6', 'a4x4', 'a4'] as const;
type Paper = (typeof PAPERS)[number];
/** CSS knows no word for A6. */
const SIZE_OF = { a6: '105mm 148mm', a4x4: 'A4 portrait', a4: 'A4 portrait' } as const satisfies Record<
  Paper,
  string
>;

/** The codes of checkpoints as they are printed. */
export function CodesScreen() {
  const text = useText();
  const [address] = useSearchParams();
  const points = address.getAll('point');
  const [paper, setPaper] = useState<Paper>('a6');
  const { sheets, fault, isBusy, reload, renew, forgive } = useCodeSheets(points);
  return (
    <main className="codes">
      <style>{`@page { size: ${SIZE_OF[paper]}; margin: 0; }`}</style>
      <header className="codes-bar">
        <h1>{text.codes.title(points.length)}</h1>
        <span className="tabs" role="tablist">
          {PAPERS.map((key) => (
            <button
              key={key}
              type="button"
              role="tab"
              aria-selected={key === paper}
              onClick={() => setPaper(key)}
            >
              {text.codes.paper[key]}
            </button>
          ))}
        </span>
        <button
          type="button"
          className="button is-primary"
          disabled={!sheets}
          onClick={() => globalThis.print()}
        >
          {text.codes.print}
        </button>
        <Renewal isBusy={isBusy} onRenew={renew} />
        <LanguageSwitch />
        <p className="soft">{text.codes.hint}</p>
        <FaultNote fault={fault} onRetry={sheets || isBusy ? undefined : reload} onClose={forgive} />
        {isBusy && <p className="soft">{text.state.loading}</p>}
      </header>
      <div className={`code-pages is-${paper}`}>
        {sheets?.map((sheet) => (
          <CodeCard key={sheet.checkpoint} sheet={sheet} />
        ))}
      </div>
    </main>
  );
}

/** Whoever has a picture of a printed code can show it from home: then it is made anew, and hung anew. */
function Renewal({ isBusy, onRenew }: { isBusy: boolean; onRenew: () => void }) {
  const text = useText();
  const [isAsked, setAsked] = useState(false);
  if (!isAsked)
    return (
      <button type="button" className="button" disabled={isBusy} onClick={() => setAsked(true)}>
        {text.codes.renew}
      </button>
    );
  return (
    <span className="note-acts is-warned">
      {text.codes.renewAsk}
      <button
        type="button"
        className="button is-recall"
        onClick={() => {
          setAsked(false);
          onRenew();
        }}
      >
        {text.codes.renewYes}
      </button>
      <button type="button" className="button" onClick={() => setAsked(false)}>
        {text.wall.close}
      </button>
    </span>
  );
}
