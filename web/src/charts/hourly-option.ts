import { type Figure, toMs } from '@app/shared';
import type { EChartsCoreOption } from 'echarts/core';
import { clockText } from '../ui/time-format.js';
import { letters, LOOK } from './chart-look.js';

/** `above` and `below` stand outside of the usual band; without history nothing is unusual. */
export type Standing = 'above' | 'below' | 'usual' | 'unknown';

/** Where a figure stands against its usual band. An hour that still runs cannot be low yet. */
export function standingOf({ value, low, high }: Figure, isRunning = false): Standing {
  if (value === null || low === null || high === null) return 'unknown';
  if (value > high) return 'above';
  return value < low && !isRunning ? 'below' : 'usual';
}

/** Incidents by hour as bars in front of the band that these weekday hours usually keep within. */
export function hourlyOption(hours: readonly Figure[], timeZone: string, px: number): EChartsCoreOption {
  const band = {
    type: 'line',
    step: 'middle',
    stack: 'band',
    symbol: 'none',
    silent: true,
    lineStyle: { opacity: 0 },
  };
  return {
    grid: { left: px * 2.2, right: px * 0.7, top: px * 0.7, bottom: px * 1.7 },
    xAxis: {
      type: 'category',
      data: hours.map(({ from }) => clockText(toMs(from), timeZone).slice(0, 2)),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: LOOK.line } },
      axisLabel: { ...letters(px, LOOK.faint), interval: 3 },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      splitNumber: 3,
      splitLine: { lineStyle: { color: LOOK.line } },
      axisLabel: letters(px, LOOK.faint),
    },
    series: [
      { ...band, name: 'low', data: hours.map(({ low }) => low ?? 0) },
      {
        ...band,
        name: 'band',
        areaStyle: { color: LOOK.band, opacity: 0.75 },
        data: hours.map(({ low, high }) => (high ?? 0) - (low ?? 0)),
      },
      {
        type: 'line',
        step: 'middle',
        z: 6,
        symbol: 'none',
        silent: true,
        lineStyle: { color: LOOK.usual, width: px / 9, type: 'dashed' },
        data: hours.map(({ usual }) => usual),
      },
      {
        type: 'bar',
        z: 5,
        barWidth: '46%',
        data: hours.map((hour, index) => ({
          value: hour.value,
          itemStyle: {
            color: standingOf(hour, index === hours.length - 1) === 'above' ? LOOK.above : LOOK.actual,
            opacity: index === hours.length - 1 ? 0.55 : 0.9,
          },
        })),
      },
    ],
  };
}
