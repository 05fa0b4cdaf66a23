import { type ReportCard, toMs } from '@app/shared';
import { useMemo } from 'react';
import { useCentreName, useInstallation } from '../../link/installation.js';
import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { SeverityMark } from '../../ui/severity-mark.js';
import { isBelow } from '../desk/centre-branches.js';
import { ReportLine } from '../desk/report-line.js';
import '../desk/reports.css';

/** Reports on their way from or to a centre and those below it, those whose clock runs out first on top. */
export function ReportTable({ scope, onIncident }: { scope: string; onIncident: (id: string) => void }) {
  const text = useText();
  const { centres } = useInstallation();
  const centreName = useCentreName();
  const cards = useWall((wall) => wall.reports);
  const isKnown = useWall((wall) => wall.isKnown);
  const mine = useMemo(
    () =>
      [...cards.values()]
        .filter(
          ({ from, to }) => isBelow(centres, from, scope) || (to !== null && isBelow(centres, to, scope)),
        )
        .sort(byDue),
    [cards, centres, scope],
  );
  if (!isKnown) return <p className="soft">{text.state.loading}</p>;
  if (mine.length === 0) return <p className="soft">{text.reports.noneOpen}</p>;
  return (
    <ul className="report-list">
      {mine.map((report) => (
        <li key={report.id} className="report-of">
          <SeverityMark severity={report.severity} size={1.5} />
          <span className="number">{report.number}</span>
          <span>{text.category[report.category]}</span>
          <span>{centreName(report.from)}</span>
          <ReportLine report={report} onOpen={() => onIncident(report.incident)} />
        </li>
      ))}
    </ul>
  );
}

const dueOf = ({ dueAt }: ReportCard): number => (dueAt === null ? Infinity : toMs(dueAt));
const byDue = (a: ReportCard, b: ReportCard): number =>
  Number(b.overdue) - Number(a.overdue) || dueOf(a) - dueOf(b);
