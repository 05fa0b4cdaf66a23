import { checkClient, type Finding } from './check-clients.js';
import { checkWrites, type Kept } from './check-writes.js';
import { type History, seqOf, type Write } from './history.js';
import type { Truth } from './truth.js';

/** Everything that a history shows to be wrong, by the journal and the rows; nothing when all holds. */
export function checkHistory(history: History, kept: Kept, truth: Truth): Finding[] {
  return [
    ...checkWrites(history.writes, kept, truth),
    ...history.clients.flatMap((client) => checkClient(client, truth)),
    ...history.faults.flatMap(({ kind, target, to, broken }): Finding[] =>
      broken === undefined ? [] : [{ kind: 'fault', what: `${kind} of ${target}: ${broken}`, at: to }],
    ),
  ];
}

/** Faults that began so long before a finding may have to do with it. */
const BEFORE_MS = 10_000;

/**
 * The smallest part of a history that shows a finding: what was asked and answered about its entity, what the journal
 * has of it, what each client was told of it, and the faults meanwhile; of a finding about a client as a whole, what
 * that client was told last.
 */
export function smallestHistory(finding: Finding, history: History, truth: Truth): string[] {
  const lines = finding.entity === undefined ? [] : linesOfEntity(finding.entity, finding, history, truth);
  if (finding.entity === undefined) lines.push(...lastWords(finding, history));
  const from = Math.min(finding.at, ...lines.map(({ at }) => at)) - BEFORE_MS;
  for (const { kind, target, from: began, to } of history.faults)
    if (to >= from && began <= finding.at)
      lines.push({ at: began, text: `fault ${kind} of ${target}, ${to - began} ms` });
  lines.sort((a, b) => a.at - b.at);
  return [
    `${finding.kind}: ${finding.client === undefined ? '' : `${finding.client}: `}${finding.what}`,
    ...lines.map(({ at, text }) => `  ${new Date(at).toISOString().slice(11, 23)} ${text}`),
  ];
}

interface Line {
  readonly at: number;
  readonly text: string;
}

function linesOfEntity(entity: string, { client, write }: Finding, history: History, truth: Truth): Line[] {
  const isIt = ({ kind, id }: { kind: string; id: string | null }) => `${kind}:${id}` === entity;
  // A device has thousands of fixes: of those the one in question.
  const asked = history.writes.filter((one) => (one.kind === 'device' ? one.key === write : isIt(one)));
  if (entity.startsWith('device:')) return asked.map(lineOfWrite);
  const lines: Line[] = asked.map(lineOfWrite);
  for (const row of truth.rows)
    if (isIt(row))
      lines.push({ at: Date.parse(row.at), text: `journal ${row.seq} ${row.fact} v${row.version}` });
  for (const { name, steps } of history.clients)
    if (client === undefined || client === name)
      for (const step of steps) {
        const text = saidOf(step, isIt, name === client);
        if (text !== undefined) lines.push({ at: step.at, text: `${name} ${text}` });
      }
  return lines;
}

const lineOfWrite = ({ at, door, key, version, fate, answeredAt }: Write): Line => ({
  at,
  text: `write ${door} ${key} → ${fate}${version === null ? '' : ` v${version}`}${answeredAt === null ? '' : ` +${answeredAt - at} ms`}`,
});

type Step = History['clients'][number]['steps'][number];

/** `isIts`: the client is the one that the finding is about, so that what it was not told says something too. */
function saidOf(
  step: Step,
  isIt: (entity: { kind: string; id: string }) => boolean,
  isIts: boolean,
): string | undefined {
  if (step.did === 'snapshot') {
    const held = step.items.find(isIt);
    if (!held && !isIts) return undefined;
    return `snapshot at ${step.cursor}${held ? ` with it at v${held.version}` : ' without it'}`;
  }
  if (step.did !== 'entries') return undefined;
  const told = step.entries.filter(isIt).map(({ seq, fact, version }) => `${seq ?? '·'} ${fact} v${version}`);
  return told.length > 0 ? `${step.how} ${step.after} → ${step.cursor}: ${told.join(', ')}` : undefined;
}

const LAST = 6;

function lastWords({ client, at }: Finding, history: History): Line[] {
  const steps = history.clients.find(({ name }) => name === client)?.steps ?? [];
  return steps
    .filter((step) => step.at <= at)
    .slice(-LAST)
    .map((step) => ({ at: step.at, text: `${client} ${wordsOf(step)}` }));
}

function wordsOf(step: Step): string {
  if (step.did === 'entries')
    return `${step.how} ${step.after} → ${step.cursor}: ${step.entries.map(({ seq }) => seq ?? '·').join(' ')}`;
  if (step.did === 'snapshot') return `snapshot at ${step.cursor} (asked with ${step.asked})`;
  if (step.did === 'proof') return `pulse at ${step.cursor} (${seqOf(step.cursor)}) ${step.digest}`;
  if (step.did === 'roster') return `roster of ${step.teams.length} at ${step.cursor}`;
  return `${step.did} ${step.why}`;
}
