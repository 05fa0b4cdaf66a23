import type { EvidenceWanted as Wanted, Incident } from '@app/shared';
import { useEffect } from 'react';
import { useText } from '../../ui/catalogue.js';

/** A photograph that somebody sends from the street changes nothing in the picture: so often it is looked for. */
const LOOK_MS = 5000;

export interface EvidenceWantedProps {
  readonly incident: Pick<Incident, 'evidence'>;
  readonly onLook: () => void;
}

/** What the next steps still lack of evidence, told before anybody presses one. */
export function EvidenceWanted({ incident, onLook }: EvidenceWantedProps) {
  const text = useText();
  const lacking = lackingOf(incident);
  const isLacking = lacking.length > 0;
  useEffect(() => {
    if (!isLacking) return undefined;
    const timer = setInterval(onLook, LOOK_MS);
    return () => clearInterval(timer);
  }, [isLacking, onLook]);
  if (!isLacking) return null;
  return (
    <p className="evidence-wanted">
      {lacking.map(({ action, what, least, seen }) => (
        <span key={action}>{text.flow.evidence.wanted(text.action[action], what, { least, seen })}</span>
      ))}
    </p>
  );
}

/** What is wanted and not there yet. */
const lackingOf = ({ evidence = [] }: Pick<Incident, 'evidence'>): readonly Wanted[] =>
  evidence.filter(({ seen, least }) => seen < least);
