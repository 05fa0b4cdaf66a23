import { useText } from '../../ui/catalogue.js';
import { DuplicateWords, useDuplicates } from '../desk/duplicate-choice.js';
import type { ReportDraft } from './report-draft.js';

/** Open incidents that the report may be about already, while it is typed. */
export function ReportDuplicates({
  draft: { category, lng, lat },
  onOpen,
}: {
  draft: ReportDraft;
  onOpen: (id: string) => void;
}) {
  const text = useText();
  const isWhole = category !== null && lng !== null && lat !== null;
  const found = useDuplicates(isWhole ? { category, lng, lat } : undefined);
  if (!found || found.length === 0) return null;
  return (
    <div className="note is-stale" role="status">
      <p>
        <strong>{text.flow.duplicates}</strong>
      </p>
      <ul className="note-list duplicates">
        {found.slice(0, 3).map((one) => (
          <li key={one.id}>
            <DuplicateWords duplicate={one} />
            <button type="button" className="button is-small" onClick={() => onOpen(one.id)}>
              {text.desk.openIncident}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
