// What a run of the bench leaves: the table on the terminal, .bench/bench.json and an SVG for every plot.
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { BenchRow, Plot } from './measure.js';

use([LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

/** What makes the figures of two runs comparable, or not. */
export interface Run {
  readonly isQuick: boolean;
  /** Processes that wanted a core in the minute before: other people's work, which falls on wall times and on p99. */
  readonly loadBefore: number;
}

/** Columns of a terminal: what is written in Chinese or with a full-width sign takes two. */
const widthOf = (text: string) => text.length + (text.match(/[\u2e80-\uffef]/g)?.length ?? 0);
const padded = (text: string, width: number) => text + ' '.repeat(Math.max(0, width - widthOf(text)));

/** One line per goal. */
export function tableOf(rows: readonly BenchRow[]): string {
  const lines = [
    ['name', 'goal', 'measured', 'holds'],
    ...rows.map(({ name, goal, measured, holds }) => [
      name,
      goal,
      measured,
      holds === null ? '–' : holds ? 'yes' : 'NO',
    ]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...lines.map((line) => widthOf(line[column] ?? ''))));
  return lines
    .map((line) =>
      line
        .map((text, column) => padded(text, widths[column] ?? 0))
        .join(' · ')
        .trimEnd(),
    )
    .join('\n');
}

/** Writes a run into `directory`; plots of the parts that were not measured this time stay. */
export async function keepRun(directory: string, rows: readonly BenchRow[], run: Run): Promise<void> {
  await mkdir(directory, { recursive: true });
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? '', cores: cpus().length };
  await writeFile(
    join(directory, 'bench.json'),
    `${JSON.stringify({ at: new Date().toISOString(), ...run, machine, rows }, null, 2)}\n`,
  );
  const plots = rows.flatMap((row) => row.plots ?? []);
  const rowOf = (name: string) => name.split('-')[0];
  const measured = new Set(plots.map(({ name }) => rowOf(name)));
  for (const name of await readdir(directory))
    if (/^row-.*\.svg$/.test(name) && measured.has(rowOf(name.slice(4)))) await rm(join(directory, name));
  for (const plot of plots) await writeFile(join(directory, `row-${plot.name}.svg`), draw(plot));
}

const EMPTY = { animation: false, backgroundColor: '#fff' };

/** Both axes logarithmic: what grows in proportion is a straight line, and nothing near zero is lost. */
export function draw({ title, x, y, series }: Plot): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: 720, height: 420 });
  const axis = (name: string) => ({
    type: 'log' as const,
    name,
    nameLocation: 'middle' as const,
    nameGap: 36,
    minorSplitLine: { show: true, lineStyle: { color: '#f2f2f2' } },
  });
  chart.setOption({
    ...EMPTY,
    title: { text: title, left: 12, top: 8, textStyle: { fontSize: 14 } },
    legend: { bottom: 4 },
    grid: { left: 72, right: 28, top: 48, bottom: 84 },
    xAxis: axis(x),
    yAxis: axis(y),
    series: series.map(({ name, points }) => ({
      name,
      type: 'line' as const,
      symbol: 'circle',
      symbolSize: 8,
      data: points.map(([at, value]) => [at, value]),
      label: {
        show: true,
        position: 'top' as const,
        formatter: ({ value }: { value: unknown }) => labelOf(value),
      },
    })),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

const labelOf = (value: unknown): string => {
  const [, height] = value as [number, number];
  return height >= 100 ? height.toFixed(0) : String(Number(height.toPrecision(2)));
};
