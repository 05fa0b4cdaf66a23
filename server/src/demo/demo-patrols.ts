import type { DutyLevelNumber, Mode, VisitOrder } from '@app/shared';
import type { DemoCentre } from './city/demo-city.js';
import type { DemoTeam } from './demo-teams.js';
import type { DemoBeat, DemoGround } from './demo-ground.js';

/** What a team of the demo city visits under a duty level, by keys of beats and checkpoints. */
interface DemoVisitPlan {
  readonly level: DutyLevelNumber;
  readonly order: VisitOrder;
  readonly beats: readonly string[];
  readonly checkpoints: readonly string[];
}

export interface DemoPatrol {
  readonly callSign: string;
  /** Where a team is posted: the key of a control post. */
  readonly post: string | null;
  readonly plans: readonly DemoVisitPlan[];
}

/** How many of the last teams of a mode patrol by plan, by the key of their home; the others are free for what happens. */
const PATROLS: readonly (readonly [home: string, mode: Mode, count: number])[] = [
  ['xiongguan', 'vehicle', 6],
  ['xiongguan', 'foot', 2],
  ['gangcheng', 'vehicle', 4],
  ['gangcheng', 'foot', 1],
  ['suburb/xincheng', 'vehicle', 2],
  ['suburb/yuquan', 'vehicle', 2],
  ['suburb/wenshu', 'vehicle', 2],
  ['city', 'vehicle', 2],
];

/** Who patrols what: cars share the beats of their home among them, crews on foot and the city's own take the core. */
export function demoPatrols(
  teams: readonly DemoTeam[],
  ground: DemoGround,
  centres: readonly DemoCentre[],
): DemoPatrol[] {
  return PATROLS.flatMap(([home, mode, count]) => {
    const crews = teams.filter((team) => team.home === home && team.mode === mode).slice(-count);
    const centre = centres.find(({ key }) => key === home);
    if (!centre || crews.length < count) throw new Error(`the demo city has no ${count} ${mode} at ${home}`);
    return crews.map(({ callSign }, i) => patrolOf(callSign, ground, { centre, mode, part: i, of: count }));
  });
}

interface Share {
  readonly centre: DemoCentre;
  readonly mode: Mode;
  readonly part: number;
  readonly of: number;
}

function patrolOf(callSign: string, ground: DemoGround, share: Share): DemoPatrol {
  if (share.centre.level === 'town' && share.part > 0) return postedPatrol(callSign, ground, share.centre);
  const own = beatsFor(ground, share);
  const beats = own.map(({ key }) => key);
  const inside = ground.checkpoints.filter(({ beat }) => beats.includes(beat)).map(({ key }) => key);
  const core = inside.filter((key) => !key.endsWith('/station'));
  const plans: DemoVisitPlan[] = [
    { level: 3, order: 'free', beats, checkpoints: [] },
    { level: 2, order: 'free', beats, checkpoints: core },
    { level: 1, order: 'fixed', beats: [], checkpoints: inside },
  ];
  return { callSign, post: null, plans };
}

/** The second car of a town stands at its control post. */
function postedPatrol(callSign: string, ground: DemoGround, { key }: DemoCentre): DemoPatrol {
  const posts = ground.checkpoints
    .filter(({ kind, beat }) => kind === 'control' && beat === key)
    .map((post) => post.key);
  const checkpoints = [...posts, `${key}/station`];
  const plan = { order: 'free', beats: [], checkpoints } as const;
  const plans = ([3, 2, 1] as const).map((level): DemoVisitPlan => ({ ...plan, level }));
  return { callSign, post: posts[0] ?? null, plans };
}

function beatsFor({ beats, checkpoints }: DemoGround, { centre, mode, part, of }: Share): DemoBeat[] {
  if (centre.level === 'town') return beats.filter(({ key }) => key === centre.key);
  const below = beats.filter(({ key }) => centre.parent === null || key.startsWith(`${centre.key}/`));
  if (mode === 'foot' || centre.parent === null) {
    const weight = ({ key }: DemoBeat) => checkpoints.filter(({ beat }) => beat === key).length;
    const core = below.filter(({ ring }) => ring === 'core').sort((a, b) => weight(b) - weight(a));
    const each = mode === 'foot' ? 1 : 2;
    return core.slice(part * each, (part + 1) * each);
  }
  const [lng, lat] = centre.anchor;
  const bearing = ({ polygon: [corner] }: DemoBeat) =>
    corner ? Math.atan2(corner[1] - lat, corner[0] - lng) : 0;
  const round = below.toSorted((a, b) => bearing(a) - bearing(b));
  const edge = (i: number) => Math.round((round.length * i) / of);
  return round.slice(edge(part), edge(part + 1));
}
