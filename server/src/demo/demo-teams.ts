import type { Capability, Headcounts, Mode, TeamEquipment, TeamStatus, Tier } from '@app/shared';
import type { DemoCentre } from './city/demo-city.js';

/** One joint team of the demo city, before it has an id. */
export interface DemoTeam {
  readonly callSign: string;
  readonly home: string;
  readonly mode: Mode;
  readonly tier: Tier;
  readonly forces: Headcounts;
  readonly status: TeamStatus;
  readonly capabilities: readonly Capability[];
  readonly equipment: readonly TeamEquipment[];
}

interface Unit {
  /** Simplified name of the centre that the teams stand at. */
  readonly at: string;
  readonly prefix: string;
  readonly first: number;
  readonly modes: readonly Mode[];
}

const MIXED: readonly Mode[] = ['vehicle', 'foot', 'vehicle', 'motorcycle', 'foot', 'vehicle'];
const RURAL: readonly Mode[] = ['vehicle', 'vehicle', 'motorcycle', 'vehicle'];

const UNITS: readonly Unit[] = [
  {
    at: '嘉峪关市',
    prefix: '嘉峪关',
    first: 101,
    modes: ['vehicle', 'vehicle', 'vehicle', 'drone', 'vehicle', 'video'],
  },
  { at: '雄关街道', prefix: '雄关', first: 201, modes: [...MIXED, ...MIXED, ...MIXED, ...MIXED] },
  { at: '钢城街道', prefix: '钢城', first: 301, modes: [...MIXED, ...MIXED, ...MIXED] },
  { at: '新城镇', prefix: '新城', first: 401, modes: RURAL },
  { at: '峪泉镇', prefix: '峪泉', first: 501, modes: RURAL },
  { at: '文殊镇', prefix: '文殊', first: 601, modes: RURAL },
];

const FORCES: Readonly<Record<Mode, Headcounts>> = {
  vehicle: { police: 2, 'armed-police': 2, militia: 2 },
  foot: { police: 2, militia: 3 },
  motorcycle: { police: 2 },
  drone: { police: 1, militia: 1 },
  video: { police: 2 },
};

const CAN: Readonly<Record<Mode, readonly Capability[]>> = {
  vehicle: ['first-aid', 'traffic'],
  foot: ['crowd', 'mediation'],
  motorcycle: ['traffic'],
  drone: ['drone', 'search-rescue'],
  video: [],
};

const CARRIES: Readonly<Record<Mode, readonly TeamEquipment[]>> = {
  vehicle: ['extinguisher', 'first-aid-kit', 'radio', 'recorder'],
  foot: ['radio', 'recorder'],
  motorcycle: ['first-aid-kit', 'radio'],
  drone: ['drone', 'radio'],
  video: ['radio'],
};

/** Every third car has a defibrillator. */
const outfitOf = (mode: Mode, i: number) => ({
  capabilities: CAN[mode],
  equipment: mode === 'vehicle' && i % 3 === 0 ? (['aed', ...CARRIES[mode]] as const) : CARRIES[mode],
});

/** Which of the nearest forces a team belongs to: on foot it is there, cars of a district come, the city's come last. */
function tierOf(mode: Mode, isCity: boolean): Tier {
  if (isCity) return 5;
  return mode === 'vehicle' ? 3 : 1;
}

/** The sixty joint teams of the demo city, in a fixed order. */
export function demoTeams(centres: readonly DemoCentre[]): DemoTeam[] {
  return UNITS.flatMap(({ at, prefix, first, modes }) => {
    const home = centres.find(({ names, level }) => names.hans === at && level !== 'community');
    if (!home) throw new Error(`the demo city has no ${at}`);
    return modes.map((mode, i) => ({
      callSign: `${prefix}${first + i}`,
      home: home.key,
      mode,
      tier: tierOf(mode, home.level === 'city'),
      forces: mode === 'vehicle' && i % 3 === 1 ? { police: 3, militia: 2 } : FORCES[mode],
      status: 'patrolling',
      ...outfitOf(mode, i),
    }));
  });
}
