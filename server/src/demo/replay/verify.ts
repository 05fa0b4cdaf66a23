import type { Api } from '../client/api.js';
import { Refused } from '../client/refused.js';
import { type Recorded, type RecordedStep, UNIT_STEPS } from './recorded.js';
import { Answered, toldAt } from './told.js';

export interface Difference {
  readonly call: string;
  readonly step: RecordedStep | 'incident';
  readonly unit: string | null;
  readonly recorded: unknown;
  readonly found: unknown;
}

export interface Verdict {
  readonly calls: number;
  readonly unitSteps: number;
  readonly differences: readonly Difference[];
  /** Assignments by flag. */
  readonly flags: Readonly<Record<string, number>>;
}

const AT_ONCE = 12;

/** Reads every call back and compares it, row by row, with the recording. */
export async function verify(
  api: Api,
  rows: readonly Recorded[],
  incidents: Readonly<Record<string, string>>,
  tell: (done: number, all: number) => void,
): Promise<Verdict> {
  const calls = new Map<string, Recorded[]>();
  for (const row of rows) calls.set(row.call, [...(calls.get(row.call) ?? []), row]);
  const left = [...calls];
  const differences: Difference[] = [];
  const flags: Record<string, number> = {};
  let [equalCalls, equalSteps] = [0, 0];

  async function work(): Promise<void> {
    for (let next = left.pop(); next; next = left.pop()) {
      const [call, told] = next;
      const incident = await readIncident(api, incidents[call]);
      const found = compare(call, told, incident);
      for (const flag of incident?.assignments.flatMap((one) => one.flags) ?? [])
        flags[flag] = (flags[flag] ?? 0) + 1;
      differences.push(...found);
      if (found.length === 0) equalCalls += 1;
      const wrong = new Set(found.map(({ step, unit }) => `${step} ${unit}`));
      equalSteps += told.filter(
        ({ step, unit }) => UNIT_STEPS.has(step) && !wrong.has(`${step} ${unit}`),
      ).length;
      tell(calls.size - left.length, calls.size);
    }
  }

  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { calls: equalCalls, unitSteps: equalSteps, differences, flags };
}

async function readIncident(api: Api, id: string | undefined): Promise<Answered | undefined> {
  if (id === undefined) return undefined;
  return api.get(`/incidents/${id}`, Answered).catch((error: unknown) => {
    if (error instanceof Refused && error.code === 'incident.unknown') return undefined;
    throw error;
  });
}

/** What differs between a call's rows and its incident: wrong or missing times, and unit steps that nobody recorded. */
export function compare(
  call: string,
  rows: readonly Recorded[],
  incident: Answered | undefined,
): Difference[] {
  if (!incident) return [{ call, step: 'incident', unit: null, recorded: rows.length, found: null }];
  const differences: Difference[] = [];
  const recorded = new Set<string>();
  for (const { step, unit, at, report } of rows) {
    recorded.add(`${step} ${unit}`);
    const found = toldAt(incident, step, unit);
    if (found !== at) differences.push({ call, step, unit, recorded: at, found: found ?? null });
    if (!report) continue;
    const wanted = [report.category, report.severity, ...report.place];
    const seen = [incident.category, incident.severity, incident.lng, incident.lat];
    if (wanted.join() !== seen.join())
      differences.push({ call, step: 'incident', unit, recorded: wanted, found: seen });
  }
  for (const { callSign: unit } of incident.assignments)
    for (const step of UNIT_STEPS) {
      const found = toldAt(incident, step, unit);
      if (found !== undefined && !recorded.has(`${step} ${unit}`))
        differences.push({ call, step, unit, recorded: null, found });
    }
  return differences;
}
