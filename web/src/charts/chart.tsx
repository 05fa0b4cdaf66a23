import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { useEffect, useRef, useState } from 'react';
import { loadFontFor } from '../ui/fonts.js';

export interface ChartHit {
  readonly series: number;
  readonly index: number;
}

export interface ChartProps {
  readonly option: EChartsCoreOption;
  /** What the chart says, for those who cannot see it. */
  readonly label: string;
  readonly onHit?: (hit: ChartHit) => void;
}

/** One ECharts drawing. The library is loaded with the first chart; nothing moves by itself. */
export function Chart({ option, label, onHit }: ChartProps) {
  const container = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<EChartsType | null>(null);

  useEffect(() => {
    const element = container.current;
    if (!element) return undefined;
    let made: EChartsType | undefined;
    let isGone = false;
    const open = async () => {
      const { init } = await import('./echarts-core.js');
      if (isGone) return;
      made = init(element, undefined, { renderer: 'canvas' });
      setChart(made);
    };
    void open();
    const observer = new ResizeObserver(() => made?.resize());
    observer.observe(element);
    return () => {
      isGone = true;
      observer.disconnect();
      made?.dispose();
      setChart(null);
    };
  }, []);

  useEffect(() => {
    if (!chart) return undefined;
    let isOld = false;
    // A canvas keeps the boxes that it drew before the letters came.
    const draw = async () => {
      await loadFontFor([JSON.stringify(option)]);
      if (!isOld) chart.setOption({ animation: false, ...option }, { notMerge: true });
    };
    void draw();
    return () => {
      isOld = true;
    };
  }, [chart, option]);

  useEffect(() => {
    if (!chart || !onHit) return undefined;
    // A whole column answers, not only its bar: a short bar is hard to hit from three metres.
    const hit = ({ offsetX, offsetY }: { offsetX: number; offsetY: number }) => {
      const point: [number, number] = [offsetX, offsetY];
      if (!chart.containPixel('grid', point)) return;
      const [x, y] = chart.convertFromPixel('grid', point);
      onHit({ series: Math.round(y ?? 0), index: Math.round(x ?? 0) });
    };
    chart.getZr().on('click', hit);
    return () => chart.getZr()?.off('click', hit);
  }, [chart, onHit]);

  return <div ref={container} className="chart" role="img" aria-label={label} />;
}
