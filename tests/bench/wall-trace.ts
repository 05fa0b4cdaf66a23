import { type Frame, tellSlowest } from './wall-frames.js';

export interface TraceEvent {
  readonly ph: string;
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** µs. */
  readonly ts: number;
  readonly dur?: number;
  /** µs of CPU of the thread. */
  readonly tdur?: number;
  /** Of a profile: which one. */
  readonly id?: string;
  readonly args?: { readonly name?: string; readonly data?: unknown };
}

const TIMELINE = ['devtools.timeline', 'disabled-by-default-devtools.timeline'];
/** Samples of what V8 does make every frame slower: only where these are wanted. */
export const tracedOf = (isProfiled: boolean): string[] =>
  isProfiled ? [...TIMELINE, 'disabled-by-default-v8.cpu_profiler'] : TIMELINE;
const FRAME_US = 1e6 / 60;
const LONG_US = 50_000;

/** What the main thread of a page did, in CPU of that thread: time that it waits for the GPU is not in it. */
export interface MainThread {
  /** Ms per drawn frame: its own task, and those that began within a sixtieth of a second before it. */
  readonly frames: readonly number[];
  /** What the slowest of them consist of, in words; empty where nothing was sampled. */
  readonly slowest: string;
  /** Ms of CPU in a second, all of it. */
  readonly perSecond: number;
  /** Tasks of more than 50 ms. */
  readonly longTasks: number;
}

/** Reads a Chromium trace with the categories of `tracedOf`; of all pages that which worked most. */
export function readMainThread(trace: Buffer): MainThread {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const threads = new Map<string, { tasks: TraceEvent[]; draws: number[]; cpu: number }>();
  for (const { ph, name, pid, tid, args } of traceEvents)
    if (ph === 'M' && name === 'thread_name' && args?.name === 'CrRendererMain')
      threads.set(`${pid} ${tid}`, { tasks: [], draws: [], cpu: 0 });
  for (const event of traceEvents) {
    const thread = threads.get(`${event.pid} ${event.tid}`);
    if (!thread || event.ph !== 'X') continue;
    if (event.name === 'FireAnimationFrame') thread.draws.push(event.ts);
    if (event.name !== 'RunTask') continue;
    thread.tasks.push(event);
    thread.cpu += event.tdur ?? 0;
  }
  const [page] = [...threads.values()].sort((a, b) => b.cpu - a.cpu);
  if (!page || page.draws.length === 0) throw new Error('a page that draws is wanted; the trace shows none');
  const tasks = page.tasks.sort((a, b) => a.ts - b.ts);
  const seconds = ((tasks.at(-1)?.ts ?? 0) - (tasks[0]?.ts ?? 0)) / 1e6;
  const frames = framesOf(tasks, page.draws);
  return {
    frames: frames.map(({ ms }) => ms),
    slowest: tellSlowest(frames, traceEvents),
    perSecond: page.cpu / 1_000 / seconds,
    longTasks: tasks.filter(({ tdur = 0 }) => tdur > LONG_US).length,
  };
}

/** A machine that is too slow for sixty frames must not have a second's work counted as one frame's. */
function framesOf(tasks: readonly TraceEvent[], draws: readonly number[]): Frame[] {
  const isDrawing = ({ ts, dur = 0 }: TraceEvent) => draws.some((at) => at >= ts && at <= ts + dur);
  return tasks.flatMap((task, i) => {
    if (!isDrawing(task)) return [];
    const own = [task];
    for (let before = i - 1; before >= 0; before--) {
      const other = tasks[before];
      if (!other || other.ts < task.ts - FRAME_US || isDrawing(other)) break;
      own.unshift(other);
    }
    return [{ ms: own.reduce((sum, { tdur = 0 }) => sum + tdur, 0) / 1_000, tasks: own }];
  });
}
