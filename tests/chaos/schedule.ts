import { type Random, randomFrom } from '../../server/src/demo/simulator/random.js';

/** What is done to servers, PostgreSQL, Redis and the tree: one after the other. */
const HOUSE_FAULTS = [
  'server killed',
  'postgres killed',
  'redis stopped',
  'server stopped beyond its lock',
  'server stopped between append and commit',
  'server stopped in its commit',
  'servers restarted in turn',
  'tree changed',
  'disk full for tracks',
] as const;
export type HouseFault = (typeof HOUSE_FAULTS)[number];

/** What is done to clients and their links, meanwhile. */
const LINK_FAULTS = [
  'link cut',
  'link hung',
  'link delayed',
  'link half-open at the client',
  'link half-open at the server',
  'clients frozen',
] as const;
export type LinkFault = (typeof LINK_FAULTS)[number];

export const KILLS: readonly string[] = ['server killed', 'postgres killed'] satisfies HouseFault[];

export interface Planned<Kind extends string> {
  readonly kind: Kind;
  /** How long nothing is done before it, and how long it lasts where that is ours to say, ms. */
  readonly gapMs: number;
  readonly holdMs: number;
  /** Draws the target from those that there are. */
  readonly draw: number;
}

/** The faults of a run in their order, endless: the same seed, the same faults. */
export interface Schedule {
  readonly house: Iterable<Planned<HouseFault>>;
  readonly links: Iterable<Planned<LinkFault>>;
}

/** In the short form each fault once, the kills first: a machine that is busy may not get through all of them. */
export function shortSchedule(seed: number): Schedule {
  const random = randomFrom(seed);
  const house = random.fork('house');
  // Whatever a server that hangs for so long does to the lead, one that hangs before its commit does too.
  const others = HOUSE_FAULTS.filter(
    (kind) => !KILLS.includes(kind) && kind !== 'server stopped beyond its lock',
  );
  const part = (kinds: readonly HouseFault[]) => planned(house, kinds, [100, 400], [200, 1_000]);
  return {
    house: [...part(['server killed', 'postgres killed']), ...part(others)],
    links: endless(random.fork('links'), () => LINK_FAULTS, [500, 1_500], [500, 2_500]),
  };
}

/** Round after round with every fault, of which some are servers killed. */
export function longSchedule(seed: number): Schedule {
  const random = randomFrom(seed);
  const round: HouseFault[] = [...HOUSE_FAULTS, 'server killed', 'server killed', 'postgres killed'];
  return {
    house: endless(random.fork('house'), () => round, [0, 2_500], [0, 4_000]),
    links: endless(random.fork('links'), () => LINK_FAULTS, [0, 3_000], [200, 9_000]),
  };
}

type Range = readonly [number, number];

function* endless<Kind extends string>(
  random: Random,
  round: () => readonly Kind[],
  gap: Range,
  hold: Range,
): Iterable<Planned<Kind>> {
  for (;;) yield* planned(random, round(), gap, hold);
}

function planned<Kind extends string>(
  random: Random,
  kinds: readonly Kind[],
  gap: Range,
  hold: Range,
): Planned<Kind>[] {
  const left = [...kinds];
  return kinds.map(() => ({
    kind: left.splice(random.below(left.length), 1)[0] as Kind,
    gapMs: Math.round(random.between(...gap)),
    holdMs: Math.round(random.between(...hold)),
    draw: random.next(),
  }));
}
