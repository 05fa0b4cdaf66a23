import { type Candidate, toMs } from '@app/shared';
import { useCentreName } from '../../link/installation.js';
import { type Texts, useText } from '../../ui/catalogue.js';
import { ageText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { distanceText, forceParts } from './desk-words.js';

export interface CandidateRowProps {
  readonly candidate: Candidate;
  readonly isActive: boolean;
  readonly isTicked: boolean;
  readonly onTick: () => void;
}

/** One team: how far, how long, in which state and strength, and what its home keeps; or why it cannot go. */
export function CandidateRow({ candidate, isActive, isTicked, onTick }: CandidateRowProps) {
  const text = useText();
  const now = useNow();
  const centreName = useCentreName();
  const { team, callSign, mode, tier, status, forces, centre, reason, observedAt, warnings } = candidate;
  const isFree = reason === null;
  const mayTick = isFree || candidate.override !== undefined;
  const age = observedAt === null ? undefined : ageText(now - toMs(observedAt), text);
  return (
    <div
      id={`candidate-${team}`}
      data-team={team}
      role="option"
      aria-selected={isTicked}
      aria-disabled={!mayTick}
      className={`candidate ${isFree ? '' : mayTick ? 'is-busy' : 'is-unfree'} ${isActive ? 'is-active' : ''}`}
      onClick={mayTick ? onTick : undefined}
    >
      <span>
        {mayTick && <input type="checkbox" tabIndex={-1} readOnly checked={isTicked} aria-label={callSign} />}
      </span>
      <span className="candidate-name">
        <b>{callSign}</b>
        <small className="soft" title={text.desk.tier(tier)}>
          {tier}′ {text.mode[mode]}
        </small>
      </span>
      <span>{candidate.distanceM === null ? '—' : distanceText(candidate.distanceM, text)}</span>
      <span>{candidate.minutes === null ? '—' : text.desk.minutes(candidate.minutes)}</span>
      <span className="candidate-state">
        {isFree ? text.teamStatus[status] : reasonText(candidate, text)}
        {age !== undefined && (
          <small className={warnings.length > 0 ? 'is-warned' : 'soft'}>{text.desk.positionAge(age)}</small>
        )}
      </span>
      <span className="candidate-forces">
        {forceParts(forces, text).map((part) => (
          <span key={part}>{part}</span>
        ))}
      </span>
      <span className={`candidate-left ${isFree && candidate.leavesFree === 0 ? 'is-warned' : ''}`}>
        {text.desk.leaves(candidate.leavesFree)}
        <small className="soft">{centreName(centre)}</small>
      </span>
    </div>
  );
}

function reasonText({ reason, busyWith, status }: Candidate, text: Texts): string {
  if (reason === null) return '';
  if (reason !== 'busy') return text.desk.unfree[reason];
  const numbers = busyWith.map(({ number }) => number).join(text.listComma);
  return numbers === '' ? text.teamStatus[status] : text.desk.busyWith(text.teamStatus[status], numbers);
}
