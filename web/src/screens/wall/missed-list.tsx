import { type AlertCard, type IncidentCard, type TeamCard, toMs } from '@app/shared';
import type { Changed } from '../../link/freshness.js';
import { missedThings } from '../../store/missed.js';
import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { SeverityMark } from '../../ui/severity-mark.js';
import { ageText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { IncidentName } from '../desk/sensitive-mark.js';
import { usePlaceText } from '../desk/use-place-text.js';
import { useAlertSentence } from './use-alert-sentence.js';

const MOST_ROWS = 10;

/** What changed while nothing was proven, newest first: each thing once, as it is now, with how often it changed. */
export function MissedList({ missed }: { missed: readonly Changed[] }) {
  const text = useText();
  const things = missedThings(missed);
  const rest = things.length - MOST_ROWS;
  return (
    <>
      <ol className="missed">
        {things.slice(0, MOST_ROWS).map((thing) => (
          <MissedRow key={`${thing.kind}:${thing.id}`} {...thing} />
        ))}
      </ol>
      {rest > 0 && <p className="missed-rest">{text.wall.missedMore(rest)}</p>}
    </>
  );
}

function MissedRow({ kind, id, count }: Changed & { readonly count: number }) {
  const text = useText();
  const incident = useWall((wall) => wall.incidents.get(id));
  const alert = useWall((wall) => wall.alerts.get(id));
  const team = useWall((wall) => wall.teams.get(id));
  const select = useWall((wall) => wall.select);
  const times = count > 1 && <span className="soft">×{count}</span>;
  const open = (of: 'incident' | 'alert', what: React.ReactNode) => (
    <li>
      <button type="button" onClick={() => select({ kind: of, id })}>
        {what} {times}
      </button>
    </li>
  );
  if (kind === 'incident' && incident) return open(kind, <MissedIncident card={incident} />);
  if (kind === 'alert' && alert) return open(kind, <MissedAlert card={alert} />);
  return (
    <li>
      {kind === 'team' && team ? <MissedTeam card={team} /> : text.wall.missedOther} {times}
    </li>
  );
}

function MissedIncident({ card }: { card: IncidentCard }) {
  const text = useText();
  const now = useNow();
  const placeOf = usePlaceText();
  return (
    <>
      <SeverityMark severity={card.severity} /> {card.number} <IncidentName card={card} /> {placeOf(card)}{' '}
      {text.status[card.status]} <span className="age">{ageText(now - toMs(card.statusAt), text)}</span>
    </>
  );
}

function MissedAlert({ card }: { card: AlertCard }) {
  const text = useText();
  const now = useNow();
  const sentenceOf = useAlertSentence();
  return (
    <>
      <SeverityMark severity={card.severity} /> {sentenceOf(card)}{' '}
      <span className="age">{ageText(now - toMs(card.since), text)}</span>
    </>
  );
}

function MissedTeam({ card }: { card: TeamCard }) {
  const text = useText();
  const now = useNow();
  return (
    <>
      {card.callSign} {text.teamStatus[card.status]}{' '}
      <span className="age">{ageText(now - toMs(card.statusAt), text)}</span>
    </>
  );
}
