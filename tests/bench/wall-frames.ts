import type { TraceEvent } from './wall-trace.js';

interface CallFrame {
  readonly functionName: string;
}

interface ProfileNode {
  readonly id: number;
  readonly parent?: number;
  readonly callFrame: CallFrame;
}

interface ProfileData {
  readonly startTime?: number;
  readonly timeDeltas?: readonly number[];
  readonly cpuProfile?: { readonly nodes?: readonly ProfileNode[]; readonly samples?: readonly number[] };
}

/** A drawn frame: the tasks that it took, and their CPU. */
export interface Frame {
  readonly ms: number;
  readonly tasks: readonly TraceEvent[];
}

/** What V8 was doing at a moment, from the innermost call outwards. */
interface Sample {
  readonly at: number;
  readonly stack: readonly string[];
}

const TOLD_FRAMES = 5;
const TOLD_CALLS = 30;

/** The samples of one thread; the chunks of its profile come from another. */
function samplesOf(events: readonly TraceEvent[], { pid, tid }: { pid: number; tid: number }): Sample[] {
  const own = new Set<string>();
  for (const event of events)
    if (event.name === 'Profile' && event.pid === pid && event.tid === tid) own.add(event.id ?? '');
  const nodes = new Map<number, ProfileNode>();
  const samples: Sample[] = [];
  let now = 0;
  for (const event of events) {
    if (event.pid !== pid || !own.has(event.id ?? '')) continue;
    const data = event.args?.data as ProfileData | undefined;
    if (event.name === 'Profile') now = data?.startTime ?? 0;
    if (event.name !== 'ProfileChunk') continue;
    for (const node of data?.cpuProfile?.nodes ?? []) nodes.set(node.id, node);
    for (const [i, id] of (data?.cpuProfile?.samples ?? []).entries()) {
      now += data?.timeDeltas?.[i] ?? 0;
      samples.push({ at: now, stack: stackOf(nodes, id) });
    }
  }
  return samples;
}

function stackOf(nodes: ReadonlyMap<number, ProfileNode>, id: number): string[] {
  const stack: string[] = [];
  for (let node = nodes.get(id); node; node = nodes.get(node.parent ?? -1))
    stack.push(node.callFrame.functionName || '(anonymous)');
  return stack;
}

/** The slowest frames and the one in the middle, each with what it was made of. */
export function tellSlowest(frames: readonly Frame[], events: readonly TraceEvent[]): string {
  const task = frames[0]?.tasks[0];
  const samples = task ? samplesOf(events, task) : [];
  if (samples.length === 0) return '';
  // The first holds the sampler's own start, which reads all code that there is.
  const byCost = frames.slice(1).sort((a, b) => b.ms - a.ms);
  const told = [...byCost.slice(0, TOLD_FRAMES), ...byCost.slice(byCost.length >> 1).slice(0, 1)];
  return told
    .map((frame) => {
      const rank = `${byCost.indexOf(frame) + 1} of ${byCost.length}`;
      return `${rank}: ${frame.ms.toFixed(2)} ms in ${frame.tasks.length} tasks\n${tellFrame(frame, samples)}`;
    })
    .join('\n\n');
}

/** Samples tell what passed on the clock: a task that others interrupted is scaled down to its CPU. */
function tellFrame({ tasks }: Frame, samples: readonly Sample[]): string {
  const sums = new Map<string, number>();
  for (const { ts, dur = 0, tdur = 0 } of tasks) {
    const own = samples.filter(({ at }) => at >= ts && at < ts + dur);
    for (const { stack } of own)
      for (const name of new Set(stack)) sums.set(name, (sums.get(name) ?? 0) + tdur / 1_000 / own.length);
  }
  return [...sums]
    .sort((a, b) => b[1] - a[1])
    .slice(0, TOLD_CALLS)
    .map(([name, ms]) => `${ms.toFixed(2).padStart(8)} ${name}`)
    .join('\n');
}
