import type { ReactNode } from 'react';
import { useText } from './catalogue.js';
import { ageText } from './time-format.js';
import { useNow } from './use-now.js';

/** `none`: nothing was ever received. That never looks like "there is nothing". */
export type PanelState = 'live' | 'stale' | 'none';

export interface PanelProps {
  readonly title: ReactNode;
  /** When the contents were true, by the server's clock (ms); null when nothing was received. */
  readonly observedAt: number | null;
  readonly state: PanelState;
  /** Stands at the right of the title. */
  readonly corner?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A box with its title and the age of what it shows. Old contents are dimmed, never blanked. */
export function Panel({ title, observedAt, state, corner, className = '', children }: PanelProps) {
  const text = useText();
  return (
    <section className={`panel is-${state} ${className}`}>
      <header className="panel-head">
        <h2>{title}</h2>
        {corner}
        <Age at={observedAt} />
      </header>
      <div className="panel-body">
        {state === 'none' ? <p className="panel-none">{text.state.none}</p> : children}
      </div>
    </section>
  );
}

/** The age of something, counted on once per second; "no data" without a time. */
export function Age({ at }: { at: number | null }) {
  const text = useText();
  const now = useNow();
  return <span className="age">{at === null ? text.state.none : ageText(now - at, text)}</span>;
}
