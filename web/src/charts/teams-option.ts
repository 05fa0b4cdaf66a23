import { FORCES } from '@app/shared';
import type { EChartsCoreOption } from 'echarts/core';
import type { StatusTally } from '../store/tallies.js';
import type { Texts } from '../ui/catalogue.js';
import { letters, LOOK, widthOf } from './chart-look.js';

/** One grey-blue per force: which force it is decides nothing, so none of them shouts. */
export const FORCE_COLOUR = { police: '#7da2c8', 'armed-police': '#5d7f76', militia: '#8c86ad' } as const;

/** People by status of their team, cut by force, with the number of teams behind each bar. */
export function teamsOption(tallies: readonly StatusTally[], text: Texts, px: number): EChartsCoreOption {
  return {
    grid: {
      left: px * 0.5,
      right: px + Math.max(0, ...tallies.map((tally) => widthOf(sizeText(tally, text), px))),
      top: px * 0.2,
      bottom: px * 0.2,
      containLabel: true,
    },
    xAxis: { type: 'value', show: false },
    yAxis: {
      type: 'category',
      inverse: true,
      data: tallies.map(({ status }) => text.teamStatus[status]),
      axisTick: { show: false },
      axisLine: { show: false },
      axisLabel: { ...letters(px), interval: 0, margin: px * 0.55 },
    },
    series: [
      ...FORCES.map((force) => ({
        type: 'bar',
        stack: 'force',
        barWidth: '58%',
        barMaxWidth: px * 1.3,
        itemStyle: { color: FORCE_COLOUR[force] },
        data: tallies.map(({ forces }) => forces[force]),
      })),
      {
        type: 'bar',
        stack: 'force',
        silent: true,
        label: {
          show: true,
          position: 'right',
          distance: px * 0.35,
          formatter: ({ dataIndex }: { dataIndex: number }) => sizeText(tallies[dataIndex], text),
          ...letters(px, LOOK.text),
        },
        data: tallies.map(() => 0),
      },
    ],
  };
}

function sizeText(tally: StatusTally | undefined, { wall }: Texts): string {
  if (!tally) return '';
  const people = FORCES.reduce((sum, force) => sum + tally.forces[force], 0);
  return `${wall.teamCount(tally.teams.length)} · ${wall.headcount(people)}`;
}
