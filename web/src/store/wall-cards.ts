import type {
  AlertCard,
  DriveCard,
  DutyLevelCard,
  DutyShiftCard,
  ForceRequestCard,
  IncidentCard,
  InstructionCard,
  Kind,
  PatrolShiftCard,
  Picture,
  PictureItem,
  ReportCard,
  SosCard,
  TeamCard,
} from '@app/shared';
import type { PictureChange } from '../link/scope-chain.js';

/** The cards of a picture that screens show, each kind by itself. */
export interface Cards {
  readonly incidents: ReadonlyMap<string, IncidentCard>;
  readonly teams: ReadonlyMap<string, TeamCard>;
  readonly alerts: ReadonlyMap<string, AlertCard>;
  /** Shifts that are on, of every centre in sight that keeps a desk. */
  readonly shifts: ReadonlyMap<string, DutyShiftCard>;
  readonly instructions: ReadonlyMap<string, InstructionCard>;
  /** Reports that are wanted, being written, or sent and not acknowledged. */
  readonly reports: ReadonlyMap<string, ReportCard>;
  /** Patrol shifts that are on, and duty levels that bind a centre in sight or wait for their start. */
  readonly patrolShifts: ReadonlyMap<string, PatrolShiftCard>;
  readonly levels: ReadonlyMap<string, DutyLevelCard>;
  /** Calls for help that no person has ended. */
  readonly calls: ReadonlyMap<string, SosCard>;
  /** What is asked of forces under their own command, as long as it is open. */
  readonly forceRequests: ReadonlyMap<string, ForceRequestCard>;
  readonly drive: DriveCard | undefined;
}

/** A picture has one drive at most. */
type Many = Exclude<keyof Cards, 'drive'>;

const KIND_OF: Readonly<Record<Many, Kind>> = {
  incidents: 'incident',
  teams: 'team',
  alerts: 'alert',
  shifts: 'duty-shift',
  instructions: 'instruction',
  reports: 'report',
  patrolShifts: 'patrol-shift',
  levels: 'duty-level',
  calls: 'sos',
  forceRequests: 'force-request',
};
const MANY = Object.keys(KIND_OF) as Many[];

export const NO_CARDS: Cards = wholeOf([]);

// Cards are taken as their types say: the server writes them by the same schemas and the digest proves them.

/** The cards of a picture, or of some of its items. */
export function wholeOf(items: Iterable<Pick<PictureItem, 'kind' | 'id' | 'card'>>): Cards {
  const held = new Map<string, Map<string, unknown>>(MANY.map((many) => [KIND_OF[many], new Map()]));
  let drive: unknown;
  for (const { kind, id, card } of items) {
    if (kind === 'drive') drive = card;
    else held.get(kind)?.set(id, card);
  }
  const cards = MANY.map((many) => [many, held.get(KIND_OF[many])]);
  return { ...Object.fromEntries(cards), drive } as Cards;
}

/** The cards after a change; those of kinds that it does not touch are the same objects. */
export function patched(cards: Cards, picture: Picture, { changed }: PictureChange): Cards {
  const touched = new Set<string>(changed.map(({ kind }) => kind));
  const next: Partial<Record<keyof Cards, unknown>> = { ...cards };
  for (const many of MANY) {
    const kind = KIND_OF[many];
    if (!touched.has(kind)) continue;
    const all = new Map<string, unknown>(cards[many]);
    for (const change of changed) {
      if (change.kind !== kind) continue;
      const item = picture.get(kind, change.id);
      if (item) all.set(change.id, item.card);
      else all.delete(change.id);
    }
    next[many] = all;
  }
  if (touched.has('drive')) next.drive = wholeOf(picture.items()).drive;
  return next as Cards;
}
