import type { ErrorCode, Picture } from '@app/shared';
import { create } from 'zustand';
import type { CaughtUp, Sight } from '../link/freshness.js';
import type { PictureChange } from '../link/scope-chain.js';
import { type Cards, NO_CARDS, patched, wholeOf } from './wall-cards.js';

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

export interface Wall extends Cards {
  /** False until the first snapshot: "nothing" and "no data" are not the same. */
  readonly isKnown: boolean;
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

const GRAVE_KEPT = 20;
const EMPTY = {
  isKnown: false,
  ...NO_CARDS,
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
      const cards = change.whole ? wholeOf(picture.items()) : patched(wall, picture, change);
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

function graveOf(wall: Wall, { incidents }: Cards): readonly string[] {
  const fresh: string[] = [];
  for (const [id, { severity }] of incidents)
    if (severity <= 2 && !wall.incidents.has(id) && !wall.grave.includes(id)) fresh.push(id);
  return fresh.length === 0 ? wall.grave : [...wall.grave, ...fresh].slice(-GRAVE_KEPT);
}
