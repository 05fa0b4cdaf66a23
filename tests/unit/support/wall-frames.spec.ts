import { describe, expect, it } from '@jest/globals';
import { readMainThread } from '../../bench/wall-trace.js';

const PAGE = { pid: 1, tid: 1 };
const SAMPLER = { pid: 1, tid: 9 };
const call = (id: number, functionName: string, parent?: number) => ({
  id,
  callFrame: { functionName },
  ...(parent === undefined ? {} : { parent }),
});
const task = (ts: number, dur: number, tdur: number) => ({
  ph: 'X',
  name: 'RunTask',
  ...PAGE,
  ts,
  dur,
  tdur,
});
const draw = (ts: number) => ({ ph: 'X', name: 'FireAnimationFrame', ...PAGE, ts, dur: 1 });
const chunk = (id: string, cpuProfile: object, timeDeltas: number[]) => ({
  ph: 'P',
  name: 'ProfileChunk',
  ...SAMPLER,
  ts: 0,
  id,
  args: { data: { cpuProfile, timeDeltas } },
});

const TIMELINE = [
  { ph: 'M', name: 'thread_name', ...PAGE, ts: 0, args: { name: 'CrRendererMain' } },
  task(1_000, 9_000, 9_000),
  draw(1_100),
  // A message that came just before the slow frame belongs to it; the frame waited half of its time for a core.
  task(10_000, 1_000, 1_000),
  task(12_000, 8_000, 4_000),
  draw(12_100),
  task(100_000, 2_000, 2_000),
  draw(100_100),
];
const PROFILE = [
  { ph: 'P', name: 'Profile', ...PAGE, ts: 0, id: '0x1', args: { data: { startTime: 10_000 } } },
  { ph: 'P', name: 'Profile', pid: 1, tid: 2, ts: 0, id: '0x2', args: { data: { startTime: 10_000 } } },
  chunk(
    '0x1',
    { nodes: [call(1, 'receive'), call(2, '_render'), call(3, 'place', 2)], samples: [1, 3] },
    [500, 2_500],
  ),
  chunk('0x2', { nodes: [call(2, 'of a worker')], samples: [2] }, [3_000]),
  chunk('0x1', { samples: [3, 2, 2, 2] }, [1_000, 1_000, 1_000, 85_000]),
];
const read = (traceEvents: object[]) => readMainThread(Buffer.from(JSON.stringify({ traceEvents })));

describe('the frames of a traced page', () => {
  it('are their own task and what came just before, in CPU', () => {
    expect(read(TIMELINE)).toMatchObject({ frames: [9, 5, 2], slowest: '' });
  });

  it('tell of the slowest what it called, in CPU of the page alone', () => {
    const [slowest, middle] = read([...TIMELINE, ...PROFILE]).slowest.split('\n\n');
    expect(slowest?.split('\n').map((line) => line.trim())).toEqual([
      '1 of 2: 5.00 ms in 2 tasks',
      '4.00 _render',
      '2.00 place',
      '1.00 receive',
    ]);
    expect(middle).toContain('2 of 2: 2.00 ms in 1 tasks');
  });
});
