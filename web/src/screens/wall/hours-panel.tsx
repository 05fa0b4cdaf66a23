import { type Figures, toMs } from '@app/shared';
import { useCallback, useMemo } from 'react';
import { Chart, type ChartHit } from '../../charts/chart.js';
import { hourlyOption } from '../../charts/hourly-option.js';
import { FIGURES_STALE_MS } from '../../link/figures.js';
import { useInstallation } from '../../link/installation.js';
import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { Panel } from '../../ui/panel.js';
import { clockText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { useRootPx } from '../../ui/use-root-px.js';

/** Incidents by hour of the last day, before the band that is usual for these hours of this weekday. */
export function HoursPanel({ figures }: { figures: Figures | undefined }) {
  const text = useText();
  const now = useNow();
  const px = useRootPx();
  const { settings } = useInstallation();
  const showList = useWall((wall) => wall.showList);
  const option = useMemo(
    () => hourlyOption(figures?.hours ?? [], settings.timeZone, px * 0.9),
    [figures, settings, px],
  );
  const onHit = useCallback(
    ({ index }: ChartHit) => {
      const hour = figures?.hours[index];
      if (!hour?.list) return;
      const [from, to] = [hour.from, hour.to].map((at) => clockText(toMs(at), settings.timeZone));
      showList({ of: 'query', query: hour.list, title: text.wall.hour(from ?? '', to ?? '') });
    },
    [figures, settings, showList, text],
  );
  const at = figures ? toMs(figures.at) : null;
  const isBlind = useWall((wall) => wall.sight.state === 'blind');
  const isOld = at !== null && (isBlind || now - at > FIGURES_STALE_MS);
  const state = at === null ? 'none' : isOld ? 'stale' : 'live';
  const weeks = figures?.hours.at(-1)?.weeks ?? 0;
  return (
    <Panel title={text.wall.hours} observedAt={at} state={state} className="hours">
      <Chart option={option} label={text.wall.hours} onHit={onHit} />
      <p className="chart-key">
        <i className="key-actual" /> {text.wall.hoursCount} <i className="key-band" /> {text.wall.hoursBand} ·{' '}
        {weeks > 0 ? text.wall.sameHours(weeks) : text.wall.usualNone}
      </p>
    </Panel>
  );
}
