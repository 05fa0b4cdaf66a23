import type { Figures } from '@app/shared';
import { useCallback, useMemo } from 'react';
import { AGE_COLOUR } from '../../charts/chart-look.js';
import { Chart, type ChartHit } from '../../charts/chart.js';
import { statusAgeOption } from '../../charts/status-age-option.js';
import { AGE_BANDS, openByStatusAndAge } from '../../store/tallies.js';
import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { Panel } from '../../ui/panel.js';
import { useNow } from '../../ui/use-now.js';
import { usePictureState } from './use-panel-state.js';
import { useRootPx } from '../../ui/use-root-px.js';

const EVERY_MS = 15_000;

/** Open incidents by status and age, counted from the picture on this wall. */
export function StatusAgePanel({ figures }: { figures: Figures | undefined }) {
  const text = useText();
  const px = useRootPx();
  const state = usePictureState();
  const incidents = useWall((wall) => wall.incidents);
  const showList = useWall((wall) => wall.showList);
  // Ages step every 15 s: a chart that is drawn anew each second helps nobody.
  const now = Math.floor(useNow() / EVERY_MS) * EVERY_MS;
  const table = useMemo(() => openByStatusAndAge(incidents.values(), now), [incidents, now]);
  const option = useMemo(() => statusAgeOption(table, text, px * 0.9), [table, text, px]);
  const onHit = useCallback(
    ({ series }: ChartHit) => {
      const status = [...table.keys()][series];
      const cells = status && table.get(status);
      if (!cells) return;
      const ids = AGE_BANDS.flatMap((band) => cells[band]);
      showList({ of: 'open', ids, title: text.status[status] });
    },
    [table, showList, text],
  );
  const total = [...table.values()].reduce(
    (sum, cells) => sum + AGE_BANDS.reduce((n, band) => n + cells[band].length, 0),
    0,
  );
  const usual = figures?.open;
  const range =
    usual?.low === null || usual?.high === null || !usual
      ? undefined
      : `${Math.round(usual.low)}–${Math.round(usual.high)}`;
  return (
    <Panel title={text.wall.statusAge} className="status-age" {...state}>
      <Chart option={option} label={text.wall.statusAge} onHit={onHit} />
      <p className="chart-key">
        {AGE_BANDS.map((band, index) => (
          <span key={band}>
            <i style={{ background: AGE_COLOUR[index] }} /> {text.wall.ageBands[band]}
          </span>
        ))}
        <span>{range ? text.wall.openUsual(total, range) : text.wall.usualNone}</span>
      </p>
    </Panel>
  );
}
