import { useEffect, useState } from 'react';
import { recallTeam } from '../../link/incidents.js';
import { useText } from '../../ui/catalogue.js';
import { FaultNote } from './fault-note.js';
import { useSent } from './sent.store.js';

const SHOWN_MS = 60_000;

/** Says who was just sent, and takes each of them back with one click. */
export function SentToast() {
  const text = useText();
  const { sent, without, forget } = useSent();
  const [recalling, setRecalling] = useState<ReadonlySet<string>>(new Set());
  const [fault, setFault] = useState<unknown>();
  const count = sent?.teams.length ?? 0;

  useEffect(() => {
    if (count === 0) return undefined;
    const timer = setTimeout(forget, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [sent, count, forget]);
  useEffect(() => setFault(undefined), [sent?.incident]);
  if (!sent) return null;

  const recall = async (teams: readonly string[]) => {
    setFault(undefined);
    setRecalling(new Set(teams));
    // One after the other: each step raises the version that the next one must name.
    for (const team of teams) {
      try {
        await recallTeam(sent.incident, team);
        without(team);
      } catch (cause) {
        setFault(cause);
        break;
      }
    }
    setRecalling(new Set());
  };

  return (
    <aside className="toast" role="status">
      <p>
        {text.desk.sentTo(sent.number)}
        {sent.teams.map(({ id, callSign }) => (
          <button
            key={id}
            type="button"
            className="button is-recall"
            disabled={recalling.size > 0}
            onClick={() => void recall([id])}
          >
            {text.desk.recallOne(callSign)}
          </button>
        ))}
        {count > 1 && (
          <button
            type="button"
            className="button is-recall"
            disabled={recalling.size > 0}
            onClick={() => void recall(sent.teams.map(({ id }) => id))}
          >
            {text.desk.recallAll}
          </button>
        )}
        <button type="button" className="button" onClick={forget}>
          {text.wall.close}
        </button>
      </p>
      <FaultNote fault={fault} />
    </aside>
  );
}
