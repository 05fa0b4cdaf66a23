import type { FanOut } from './fan-out.js';
import { Sender } from './fan-out.js';
import { type BenchRow, inTurns, median } from './measure.js';

/** Sizes of a frame in kB, and how much more than a bare broadcast each may cost. */
const SIZES = [
  [0.3, 1 / 0.8],
  [3, 1 / 0.8],
  [15, 1 / 0.9],
  [75, 1 / 0.9],
  [300, 1 / 0.9],
] as const;
const FEWER_SCREENS = [10, 100, 300];
const MIDDLE_KB = 15;

/** µs of CPU per frame and screen. */
interface Cost {
  readonly ours: number;
  readonly bare: number;
}

/** Row 1: frames of one size to all, by the gateway's own way out and by a bare `ws` broadcast. */
export async function benchFrames(bench: FanOut, isQuick: boolean): Promise<BenchRow[]> {
  const repeats = isQuick ? 2 : 5;
  const bySize: (readonly [kb: number, cost: Cost])[] = [];
  for (const [kb] of SIZES) bySize.push([kb, await costOf(bench, { kb, screens: bench.many, repeats })]);
  const rows = SIZES.map(([, limit], i) => rowOf(bench.many, bySize[i], limit));
  if (isQuick) return rows;
  const byScreens: (readonly [screens: number, cost: Cost])[] = [];
  for (const screens of FEWER_SCREENS)
    byScreens.push([screens, await costOf(bench, { kb: MIDDLE_KB, screens, repeats: repeats - 1 })]);
  const middle = bySize.find(([kb]) => kb === MIDDLE_KB);
  if (middle) byScreens.push([bench.many, middle[1]]);
  const [first, ...rest] = rows;
  return first ? [{ ...first, plots: plotsOf(bench.many, bySize, byScreens) }, ...rest] : rows;
}

async function costOf(
  bench: FanOut,
  { kb, screens, repeats }: { kb: number; screens: number; repeats: number },
): Promise<Cost> {
  await bench.put((n) => (n < screens ? ['all'] : []));
  const bytes = Buffer.alloc(kb * 1_000, 7);
  const frame = Sender.frame(bytes, { fin: true, rsv1: false, opcode: 2, mask: false, readOnly: false });
  let tick = 0;
  const times = Math.ceil(((kb < 10 ? 20 : kb < 100 ? 8 : 3) * bench.many) / Math.max(screens, 100));
  const each = (kind: 'frame' | 'bare', send: () => void) => async (isWarmUp: boolean) => {
    // Small frames cost nothing, and warm up the code of all sizes.
    const rounds = isWarmUp && kb >= 10 ? 1 : times;
    let cpu = 0;
    for (let i = 0; i < rounds; i++) cpu += await bench.delivered({ kind, count: screens }, send);
    return (cpu / rounds / screens) * 1e6;
  };
  const [ours = [], bare = []] = await inTurns(repeats, [
    each('frame', () => bench.say('all', { tick: ++tick, bytes, isKeyframe: true, whole: () => bytes })),
    each('bare', () => bench.broadcast(frame, screens)),
  ]);
  return { ours: median(ours), bare: median(bare) };
}

function rowOf(
  many: number,
  [kb, { ours, bare }] = [NaN, { ours: NaN, bare: NaN }] as readonly [number, Cost],
  limit: number,
): BenchRow {
  const ratio = ours / bare;
  return {
    name: `1 fan-out to ${many} screens, ${kb} kB: CPU per frame against bare ws`,
    goal: `≤ ${limit.toFixed(2)}`,
    measured: `${ratio.toFixed(2)} (${ours.toFixed(1)} against ${bare.toFixed(1)} µs)`,
    holds: ratio <= limit,
  };
}

type Costs = readonly (readonly [at: number, cost: Cost])[];

function plotsOf(many: number, bySize: Costs, byScreens: Costs): NonNullable<BenchRow['plots']> {
  const y = 'µs of CPU per frame and screen';
  const series = (costs: Costs) => [
    { name: 'ours', points: costs.map(([at, { ours }]) => [at, ours] as const) },
    { name: 'bare ws', points: costs.map(([at, { bare }]) => [at, bare] as const) },
  ];
  return [
    {
      name: '1-bytes',
      title: `One frame to ${many} screens, by its size`,
      x: 'kB',
      y,
      series: series(bySize),
    },
    {
      name: '1-screens',
      title: `A frame of ${MIDDLE_KB} kB, by screens`,
      x: 'screens',
      y,
      series: series(byScreens),
    },
  ];
}
