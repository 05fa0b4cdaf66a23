import { type ReportCard, toMs } from '@app/shared';
import { useCentreName, useInstallation } from '../../link/installation.js';
import { useText } from '../../ui/catalogue.js';
import { momentText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';

/** One report: what it is, how far it has come, and its clock; one whose clock ran out stands out. */
export function ReportLine({ report, onOpen }: { report: ReportCard; onOpen: () => void }) {
  const text = useText();
  const now = useNow();
  const { settings } = useInstallation();
  const centreName = useCentreName();
  const { kind, ordinal, state, to, dueAt, soonAt, sentAt, acknowledgedAt } = report;
  const when = (at: string) => momentText(toMs(at), now, settings.timeZone);
  const isLate = report.overdue || (sentAt === null && dueAt !== null && toMs(dueAt) <= now);
  const isSoon = sentAt === null && typeof soonAt === 'string' && toMs(soonAt) <= now;
  // Sent late is told, and hurries nobody any more.
  const late = sentAt === null ? 'due is-over' : 'is-warned';
  const standing = isLate ? late : isSoon ? 'due is-soon' : 'soft';
  return (
    <button type="button" className="report-line" onClick={onOpen}>
      <b>{text.reports.title(kind, ordinal)}</b>
      <span className={`report-state is-${state}`}>{text.reports.state[state]}</span>
      <span className="soft">
        {text.reports.toCentre}
        {to === null ? text.reports.outside : centreName(to) || '—'}
      </span>
      <span className={standing}>
        {isLate && `${text.reports.overdue} `}
        {sentAt === null && dueAt !== null && `${text.reports.due} ${when(dueAt)}`}
        {sentAt !== null && `${text.reports.state.sent} ${when(sentAt)}`}
        {acknowledgedAt !== null && ` · ${text.reports.state.acknowledged} ${when(acknowledgedAt)}`}
      </span>
    </button>
  );
}
