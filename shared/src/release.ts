import { z } from 'zod';
import type { Role } from './account.js';
import { type LngLat, METRES_PER_DEGREE } from './geo.js';
import type { Id } from './ids.js';
import type { Names } from './names.js';
import { Force, FORCES, type Headcounts, leadOf, type Post } from './team.js';

/** How a force releases where its teams are: as they tell it, to a cell of a kilometre, or only while it says so. */
export const POSITION_RELEASES = ['precise', 'coarse', 'on-request'] as const;
export const PositionRelease = z.enum(POSITION_RELEASES);
export type PositionRelease = z.infer<typeof PositionRelease>;

/** Nothing of a track is kept longer. */
export const MOST_KEPT_DAYS = 30;
const KeptDays = z.number().int().min(1).max(MOST_KEPT_DAYS);

/** What a force releases of itself; whatever it does not is neither kept nor shown. */
export const ForceRelease = z.object({
  force: Force,
  positions: PositionRelease,
  /** Whether the headcounts of its people in joint teams may be kept. */
  strength: z.boolean(),
  /** Days for which its tracks are kept whole, then one fix a minute; null: as long as the city keeps them. */
  fullDays: KeptDays.nullable(),
  /** Days after which nothing of them is left. */
  keptDays: KeptDays,
  version: z.number().int(),
});
export type ForceRelease = z.infer<typeof ForceRelease>;
export const ForceReleases = z.object({ items: z.array(ForceRelease) });

export const ReleaseChange = z
  .strictObject({
    version: z.number().int().positive(),
    positions: PositionRelease,
    strength: z.boolean(),
    fullDays: KeptDays.nullable().optional(),
    keptDays: KeptDays.optional(),
  })
  .refine(
    ({ fullDays, keptDays }) => (fullDays ?? 1) <= (keptDays ?? MOST_KEPT_DAYS),
    'whole no longer than kept',
  );
export type ReleaseChange = z.infer<typeof ReleaseChange>;

/** The side of a cell, in metres: a position that is not released precisely says no more than this. */
export const COARSE_M = 1000;

/**
 * The middle of the cell that a place lies in: at most 500 m away in each direction, and itself in the same cell, so
 * that doing it again changes nothing.
 */
export function coarsen([lng, lat]: LngLat): LngLat {
  const stepLat = COARSE_M / METRES_PER_DEGREE;
  const midLat = (Math.floor(lat / stepLat) + 0.5) * stepLat;
  const stepLng = stepLat / Math.max(0.01, Math.cos((midLat * Math.PI) / 180));
  return [(Math.floor(lng / stepLng) + 0.5) * stepLng, midLat];
}

/** Whether a place is the middle of a cell, as all that is kept coarsely are, and hardly any that was measured. */
export function isCoarse([lng, lat]: LngLat): boolean {
  const [midLng, midLat] = coarsen([lng, lat]);
  return lng === midLng && lat === midLat;
}

type Releases = Readonly<Record<Force, Pick<ForceRelease, 'positions' | 'strength'>>>;

/** What of a team may be kept: how fine its positions are, its headcounts, and the forces whose strength is withheld. */
export interface Released {
  readonly grain: PositionRelease;
  readonly forces: Headcounts;
  readonly withheld: readonly Force[];
  readonly post: Post | null;
}

interface Whole {
  readonly lead?: Force | undefined;
  readonly forces: Headcounts;
  readonly withheld?: readonly Force[];
  readonly post: Post | null;
}

/** What of a team its forces release; who leads it says how fine its places are. */
export function releasedOf(team: Whole, releases: Releases): Released {
  const withheld = FORCES.filter((force) => isWithheld(team, force, releases));
  const forces = Object.fromEntries(
    Object.entries(team.forces).filter(([force]) => !withheld.some((w) => w === force)),
  );
  const grain = releases[leadOf(team)].positions;
  return { grain, forces, withheld, post: postUnder(team.post, grain) };
}

/** Released again, a force still has nothing but what somebody tells anew; told as none it is not in the team. */
function isWithheld({ forces, withheld = [] }: Whole, force: Force, releases: Releases): boolean {
  if (forces[force] === 0) return false;
  const isTold = forces[force] !== undefined;
  return releases[force].strength ? !isTold && withheld.includes(force) : isTold || withheld.includes(force);
}

function postUnder(post: Post | null, grain: PositionRelease): Post | null {
  if (post === null || grain === 'precise') return post;
  if (grain === 'on-request') return null;
  const [lng, lat] = coarsen([post.lng, post.lat]);
  return { ...post, lng, lat };
}

/** Desks of forces under their own command. Who sits there sees what is asked of the force, and its own teams. */
export const LIAISON_DESKS = {
  'armed-police-liaison': {
    id: '00000000-0000-7000-8000-0000000000a1',
    force: 'armed-police',
    names: { hans: '武警联络席', hant: '武警聯絡席', en: 'Armed Police liaison desk' },
  },
  'militia-liaison': {
    id: '00000000-0000-7000-8000-0000000000a2',
    force: 'militia',
    names: { hans: '人武部联络席', hant: '人武部聯絡席', en: 'Militia liaison desk' },
  },
} as const satisfies Partial<Record<Role, { id: Id; force: Force; names: Names }>>;
export type LiaisonRole = keyof typeof LIAISON_DESKS;
export type LiaisonForce = (typeof LIAISON_DESKS)[LiaisonRole]['force'];
export const LiaisonForce = z.enum(['armed-police', 'militia']);

/** The desk of whoever has this role; undefined for everybody who is of the centres. */
export const liaisonOf = (role: Role): (typeof LIAISON_DESKS)[LiaisonRole] | undefined =>
  role in LIAISON_DESKS ? LIAISON_DESKS[role as LiaisonRole] : undefined;

/** The desk that speaks for a force; undefined for one that is commanded here. */
export const deskOf = (force: Force): Id | undefined =>
  Object.values(LIAISON_DESKS).find((desk) => desk.force === force)?.id;
