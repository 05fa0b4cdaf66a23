import type { IncidentStatus } from '@app/shared';
import type { EChartsCoreOption } from 'echarts/core';
import { AGE_BANDS, type AgeBand } from '../store/tallies.js';
import type { Texts } from '../ui/catalogue.js';
import { AGE_COLOUR, letters, LOOK } from './chart-look.js';

export type StatusAgeTable = ReadonlyMap<IncidentStatus, Readonly<Record<AgeBand, readonly string[]>>>;

/** Open incidents as one bar per status, cut by age; only what has waited long has a colour. */
export function statusAgeOption(table: StatusAgeTable, text: Texts, px: number): EChartsCoreOption {
  const statuses = [...table.keys()];
  const totals = statuses.map((status) =>
    AGE_BANDS.reduce((sum, band) => sum + (table.get(status)?.[band].length ?? 0), 0),
  );
  return {
    grid: { left: px * 0.5, right: px * 2.4, top: px * 0.2, bottom: px * 0.2, containLabel: true },
    xAxis: { type: 'value', show: false, max: Math.max(4, ...totals) },
    yAxis: {
      type: 'category',
      inverse: true,
      data: statuses.map((status) => text.status[status]),
      axisTick: { show: false },
      axisLine: { show: false },
      axisLabel: { ...letters(px), interval: 0, margin: px * 0.55 },
    },
    series: [
      ...AGE_BANDS.map((band, index) => ({
        type: 'bar',
        stack: 'age',
        barWidth: '56%',
        barMaxWidth: px * 1.3,
        itemStyle: { color: AGE_COLOUR[index] },
        data: statuses.map((status) => table.get(status)?.[band].length ?? 0),
      })),
      {
        type: 'bar',
        stack: 'age',
        silent: true,
        label: {
          show: true,
          position: 'right',
          distance: px * 0.35,
          formatter: ({ dataIndex }: { dataIndex: number }) => String(totals[dataIndex] ?? 0),
          ...letters(px * 1.1, LOOK.actual),
        },
        data: statuses.map(() => 0),
      },
    ],
  };
}
