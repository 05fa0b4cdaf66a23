import { useEffect } from 'react';
import { useFigures } from '../../link/figures.js';
import { type ListAsk, useWall } from '../../store/wall.store.js';
import { FiguresRow } from '../wall/figures-row.js';
import { HoursPanel } from '../wall/hours-panel.js';
import { StatusAgePanel } from '../wall/status-age-panel.js';
import { TeamsPanel } from '../wall/teams-panel.js';

/** The figures and charts of the wall; each leads to the list that equals it. */
export function FiguresTab({ scope, onList }: { scope: string; onList: (list: ListAsk) => void }) {
  const figures = useFigures(scope);
  const list = useWall((wall) => wall.list);
  const showList = useWall((wall) => wall.showList);
  useEffect(() => {
    if (!list) return;
    showList(undefined);
    onList(list);
  }, [list, showList, onList]);
  return (
    <div className="centre-figures">
      <FiguresRow figures={figures} />
      <HoursPanel figures={figures} />
      <StatusAgePanel figures={figures} />
      <TeamsPanel />
    </div>
  );
}
