import type {
  AlertCard,
  DriveCard,
  DutyLevelCard,
  DutyShiftCard,
  ErrorCode,
  ForceRequestCard,
  IncidentCard,
  InstructionCard,
  Kind,
  PatrolShiftCard,
  Picture,
  ReportCard,
  SosCard,
  TeamCard,
} from '@app/shared';
import { create } from 'zustand';
import type { CaughtUp, Sight } from '../link/freshness.js';
import type { PictureChange } from '../link/scope-chain.js';

/** What a person has pointed at. */
interface Selection {
  readonly kind: 'incident' | 'alert' | 'team';
  readonly id: string;
}

/** What stands behind a figure or chart: members of the same picture, or the server's list with the same window. */
export type ListAsk =
  | { readonly of: 'open'; readonly ids: readonly string[]; readonly title: string }
  | { readonly of: 'teams'; readonly ids: readonly string[]; readonly title: string }
  | { readonly of: 'query'; readonly query: Readonly<Record<string, string>>; readonly title: string };

/** A link that came back, with the monotonic ms at which it did. */
interface Returned extends CaughtUp {
  readonly seenAt: number;
}

export interface Wall {
  /** False until the first snapshot: "nothing" and "no data" are not the same. */
  readonly isKnown: boolean;
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
  readonly sight: Sight;
  /** The last moment at which all of this was proven, by the server's clock (ms). */
  readonly provenAt: number | null;
  /** Since when positions stand still although the picture is proven, by the server's clock (ms). */
  readonly stillSince: number | null;
  readonly returned: Returned | undefined;
  /** How often the picture was not the server's and was fetched anew; `repairedAt`: the last time, monotonic ms. */
  readonly repairs: number;
  readonly repairedAt: number | undefined;
  readonly refused: ErrorCode | undefined;
  /** Incidents of grade I or II that came while this screen watched, newest last; kept short. */
  readonly grave: readonly string[];
  readonly selection: Selection | undefined;
  readonly list: ListAsk | undefined;

  readonly takePicture: (picture: Picture, change: PictureChange) => void;
  readonly takeSight: (sight: Sight, provenAt: number | null) => void;
  readonly takeStill: (since: number | null) => void;
  readonly takeReturn: (caughtUp: CaughtUp) => void;
  readonly forgetReturn: () => void;
  readonly takeRepair: (count: number) => void;
  readonly forgetRepair: () => void;
  readonly refuse: (code: ErrorCode) => void;
  readonly select: (selection: Selection | undefined) => void;
  readonly showList: (list: ListAsk | undefined) => void;
  readonly reset: () => void;
}

type Cards = Pick<
  Wall,
  | 'incidents'
  | 'teams'
  | 'alerts'
  | 'shifts'
  | 'instructions'
  | 'reports'
  | 'patrolShifts'
  | 'levels'
  | 'calls'
  | 'forceRequests'
  | 'drive'
>;

const GRAVE_KEPT = 20;
const EMPTY = {
  isKnown: false,
  incidents: new Map<string, IncidentCard>(),
  teams: new Map<string, TeamCard>(),
  alerts: new Map<string, AlertCard>(),
  shifts: new Map<string, DutyShiftCard>(),
  instructions: new Map<string, InstructionCard>(),
  reports: new Map<string, ReportCard>(),
  patrolShifts: new Map<string, PatrolShiftCard>(),
  levels: new Map<string, DutyLevelCard>(),
  calls: new Map<string, SosCard>(),
  forceRequests: new Map<string, ForceRequestCard>(),
  drive: undefined,
  sight: { state: 'connecting' },
  provenAt: null,
  stillSince: null,
  returned: undefined,
  repairs: 0,
  repairedAt: undefined,
  refused: undefined,
  grave: [],
  selection: undefined,
  list: undefined,
} satisfies Partial<Wall>;

/** What a wall shows, for one scope at a time. Positions are not here: see fleet.ts. */
export const useWall = create<Wall>((set) => ({
  ...EMPTY,
  takePicture: (picture, change) =>
    set((wall) => {
      const cards = change.whole ? wholeOf(picture) : patched(wall, picture, change);
      return { ...cards, isKnown: true, grave: wall.isKnown ? graveOf(wall, cards) : [] };
    }),
  takeSight: (sight, provenAt) => set({ sight, provenAt }),
  takeStill: (stillSince) => set((wall) => (wall.stillSince === stillSince ? wall : { stillSince })),
  takeReturn: (caughtUp) => set({ returned: { ...caughtUp, seenAt: performance.now() } }),
  forgetReturn: () => set({ returned: undefined }),
  takeRepair: (repairs) => set({ repairs, repairedAt: performance.now() }),
  forgetRepair: () => set({ repairedAt: undefined }),
  refuse: (refused) => set({ refused }),
  select: (selection) => set({ selection }),
  showList: (list) => set({ list }),
  reset: () => set(EMPTY),
}));

// Cards are taken as their types say: the server writes them by the same schemas and the digest proves them.
function wholeOf(picture: Picture): Cards {
  const [
    incidents,
    teams,
    alerts,
    shifts,
    instructions,
    reports,
    patrolShifts,
    levels,
    calls,
    forceRequests,
  ] = [
    new Map<string, IncidentCard>(),
    new Map<string, TeamCard>(),
    new Map<string, AlertCard>(),
    new Map<string, DutyShiftCard>(),
    new Map<string, InstructionCard>(),
    new Map<string, ReportCard>(),
    new Map<string, PatrolShiftCard>(),
    new Map<string, DutyLevelCard>(),
    new Map<string, SosCard>(),
    new Map<string, ForceRequestCard>(),
  ];
  let drive: DriveCard | undefined;
  for (const { kind, id, card } of picture.items()) {
    if (kind === 'incident') incidents.set(id, card as IncidentCard);
    else if (kind === 'team') teams.set(id, card as TeamCard);
    else if (kind === 'alert') alerts.set(id, card as AlertCard);
    else if (kind === 'duty-shift') shifts.set(id, card as DutyShiftCard);
    else if (kind === 'instruction') instructions.set(id, card as InstructionCard);
    else if (kind === 'report') reports.set(id, card as ReportCard);
    else if (kind === 'patrol-shift') patrolShifts.set(id, card as PatrolShiftCard);
    else if (kind === 'duty-level') levels.set(id, card as DutyLevelCard);
    else if (kind === 'sos') calls.set(id, card as SosCard);
    else if (kind === 'force-request') forceRequests.set(id, card as ForceRequestCard);
    else if (kind === 'drive') drive = card as DriveCard;
  }
  return {
    incidents,
    teams,
    alerts,
    shifts,
    instructions,
    reports,
    patrolShifts,
    levels,
    calls,
    forceRequests,
    drive,
  };
}

function patched(wall: Wall, picture: Picture, { changed }: PictureChange): Cards {
  const isTouched = (kind: Kind) => changed.some((change) => change.kind === kind);
  const patch = <T>(kind: Kind, old: ReadonlyMap<string, T>): ReadonlyMap<string, T> => {
    if (!isTouched(kind)) return old;
    const next = new Map(old);
    for (const change of changed) {
      if (change.kind !== kind) continue;
      const item = picture.get(kind, change.id);
      if (item) next.set(change.id, item.card as T);
      else next.delete(change.id);
    }
    return next;
  };
  return {
    incidents: patch('incident', wall.incidents),
    teams: patch('team', wall.teams),
    alerts: patch('alert', wall.alerts),
    shifts: patch('duty-shift', wall.shifts),
    instructions: patch('instruction', wall.instructions),
    reports: patch('report', wall.reports),
    patrolShifts: patch('patrol-shift', wall.patrolShifts),
    levels: patch('duty-level', wall.levels),
    calls: patch('sos', wall.calls),
    forceRequests: patch('force-request', wall.forceRequests),
    drive: isTouched('drive') ? wholeOf(picture).drive : wall.drive,
  };
}

function graveOf(wall: Wall, { incidents }: Cards): readonly string[] {
  const fresh: string[] = [];
  for (const [id, { severity }] of incidents)
    if (severity <= 2 && !wall.incidents.has(id) && !wall.grave.includes(id)) fresh.push(id);
  return fresh.length === 0 ? wall.grave : [...wall.grave, ...fresh].slice(-GRAVE_KEPT);
}
