import { z } from 'zod';
import type { Role } from './account.js';

/** 内部 · 敏感: how widely the whole record of an incident is read. Nothing of an incident is public. */
export const INCIDENT_LABELS = ['internal', 'sensitive'] as const;
export const IncidentLabel = z.enum(INCIDENT_LABELS);
export type IncidentLabel = z.infer<typeof IncidentLabel>;

/** Who reads: an account's role, or a program with a token. */
export const READERS = ['display', 'duty', 'commander', 'staff', 'admin', 'token', 'team'] as const;
export type Reader = (typeof READERS)[number];
READERS satisfies readonly (Role | 'token')[];

/**
 * What ties a reader to an incident that it sees at all. `holder`: its own centre has the duty; `above`: its centre
 * stands over the one that has; `supervising`: its own centre supervises, which somebody there has decided with a reason,
 * until that is lifted or the incident ends; `asked`: its own centre is asked to take it or to help, or helps;
 * `reporter`: it told the incident; `sees`: nothing more than that, as a former holder, or whoever stands over one that
 * was asked.
 */
export const READING_TIES = ['holder', 'above', 'supervising', 'asked', 'reporter', 'sees'] as const;
export type ReadingTie = (typeof READING_TIES)[number];

/**
 * From the least to the most. `masked`: what a sensitive incident's card shows and its steps; `facts`: all but what
 * somebody wrote; `whole`.
 */
export const READING_VIEWS = ['masked', 'facts', 'whole'] as const;
export type ReadingView = (typeof READING_VIEWS)[number];

type Row = Readonly<Record<Reader, ReadingView>>;

const WALL_READS_FACTS: Row = {
  display: 'facts',
  duty: 'whole',
  commander: 'whole',
  staff: 'whole',
  admin: 'whole',
  token: 'whole',
  // A handheld sees what its team is sent to, and what it told.
  team: 'whole',
};
const NOBODY: Row = {
  display: 'masked',
  duty: 'masked',
  commander: 'masked',
  staff: 'masked',
  admin: 'masked',
  token: 'masked',
  team: 'masked',
};
const WORKERS: Row = { ...NOBODY, duty: 'whole', commander: 'whole', staff: 'whole' };
/** Whoever goes there must know where and to what; what was told in words comes by radio. */
const SENT: Row = { ...NOBODY, team: 'facts' };
const CHIEFS: Row = { ...NOBODY, duty: 'whole', commander: 'whole' };

/** Who may read what of an incident. The one table: the server decides every reading and every search by it. */
export const READING: Readonly<Record<IncidentLabel, Readonly<Record<ReadingTie, Row>>>> = {
  internal: {
    holder: WALL_READS_FACTS,
    above: WALL_READS_FACTS,
    supervising: WALL_READS_FACTS,
    asked: WALL_READS_FACTS,
    reporter: WALL_READS_FACTS,
    sees: WALL_READS_FACTS,
  },
  sensitive: {
    holder: WORKERS,
    above: CHIEFS,
    supervising: WORKERS,
    asked: WORKERS,
    reporter: WORKERS,
    sees: SENT,
  },
};

/** What a reader may read: the most that any of its ties allows. */
export function readingOf(label: IncidentLabel, reader: Reader, ties: Iterable<ReadingTie>): ReadingView {
  const most = [...ties].map((tie) => READING_VIEWS.indexOf(READING[label][tie][reader]));
  return READING_VIEWS[Math.max(0, ...most)] ?? 'masked';
}

/** Who handles a sensitive incident: they alone are told the number to call back. */
export const HANDLING_TIES: readonly ReadingTie[] = ['holder', 'asked', 'reporter'];

/** The ties by which a reader of this kind reads a sensitive incident whole: what a search may look into. */
export const openingTies = (reader: Reader): ReadingTie[] =>
  READING_TIES.filter((tie) => READING.sensitive[tie][reader] === 'whole');
