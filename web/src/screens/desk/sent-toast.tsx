import { useEffect, useState } from 'react';
import { recallTeam } from '../../link/incidents.js';
import { useText } from '../../ui/catalogue.js';
import { FaultNote } from './fault-note.js';
import { useWall } from '../../store/wall.store.js';
import { type Sent, useSent } from './sent.store.js';

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
  useLeaveOut(sent, without);
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

/** Who has reported off, or was taken back elsewhere, is not offered to be recalled any more. */
function useLeaveOut(sent: Sent | undefined, without: (team: string) => void): void {
  const card = useWall((wall) => (sent ? wall.incidents.get(sent.incident) : undefined));
  const isKnown = useWall((wall) => wall.isKnown);
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    if (!sent || !isKnown) return;
    const keyOf = (team: string) => `${sent.incident}:${team}`;
    const bound = new Set(card?.teams.map(({ id }) => keyOf(id)));
    // The picture learns of a dispatch after its answer: only who was seen there can be gone.
    for (const { id } of sent.teams) if (seen.has(keyOf(id)) && !bound.has(keyOf(id))) without(id);
    if ([...bound].some((key) => !seen.has(key))) setSeen(new Set([...seen, ...bound]));
  }, [card, isKnown, seen, sent, without]);
}
