import { useText } from '../../ui/catalogue.js';

interface UnlistedNoteProps {
  readonly listed: number;
  /** Visits that are left out, as their force does not release where they are. */
  readonly withheld: number;
}

/** Why the list is empty, or shorter than what is owed: nothing and nothing told never look alike. */
export function UnlistedNote({ listed, withheld }: UnlistedNoteProps) {
  const text = useText();
  if (withheld > 0)
    return (
      <p className="visits-withheld" role="status">
        {text.ground.withheldVisits(withheld)}
      </p>
    );
  if (listed > 0) return null;
  return (
    <p className="panel-empty">
      {text.ground.noVisits}
      <br />
      <span className="soft">{text.ground.noVisitsHint}</span>
    </p>
  );
}
