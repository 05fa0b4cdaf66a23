import { FrameDecoder } from '@app/shared';
import { ScopeFrames } from '../../server/src/live/scope-frames.js';
import { City, CITY_TEAMS, gridHere, HERE } from './city.js';
import type { BenchRow } from './measure.js';

const SIZES = [200, 2_000, CITY_TEAMS];
const MOVES = [
  { share: 1, goal: 20, what: 'all moving' },
  { share: 0.4, goal: 40, what: '60 % parked' },
] as const;

/** Bytes per team. */
interface Size {
  readonly delta: number;
  readonly keyframe: number;
  readonly json: number;
}

/** Row 3: bytes of a frame per team against JSON objects, and how far a decoded place is off after an hour of them. */
export function benchBytes(): BenchRow[] {
  const measured = MOVES.map(({ share }) => SIZES.map((teams) => [teams, sizeOf(teams, share)] as const));
  const rows = MOVES.map(({ goal, what }, i): BenchRow => {
    const { delta, json } = measured[i]?.at(-1)?.[1] ?? { delta: NaN, json: NaN };
    return {
      name: `3 bytes per team and frame, ${what}, against JSON objects`,
      goal: `≤ 1/${goal}`,
      measured: `1/${(json / delta).toFixed(1)} (${delta.toFixed(2)} against ${json.toFixed(1)} B)`,
      holds: json / delta >= goal,
    };
  });
  const [moving = [], parked = []] = measured;
  const line = (name: string, of: (size: Size) => number, sizes = moving) => ({
    name,
    points: sizes.map(([teams, size]) => [teams, of(size)] as const),
  });
  const plot = {
    name: '3-teams',
    title: 'Bytes per team and frame',
    x: 'teams of the scope',
    y: 'bytes',
    series: [
      line('JSON objects', ({ json }) => json),
      line('keyframe', ({ keyframe }) => keyframe),
      line('all moving', ({ delta }) => delta),
      line('60 % parked', ({ delta }) => delta, parked),
    ],
  };
  return [...rows, { ...driftAfterAnHour(), plots: [plot] }];
}

function sizeOf(teams: number, share: number): Size {
  const city = new City(teams);
  const frames = new ScopeFrames('all', gridHere, city.teams);
  const first = frames.frame(city.fleet, city.moment());
  let [delta, ticks] = [0, 0];
  for (let i = 0; i < 20; i++) {
    city.move(share);
    delta += frames.frame(city.fleet, city.moment()).bytes.byteLength;
    ticks += 1;
  }
  return {
    delta: delta / ticks / teams,
    keyframe: first.bytes.byteLength / teams,
    json: Buffer.byteLength(JSON.stringify(city.objects(0, teams))) / teams,
  };
}

function driftAfterAnHour(): BenchRow {
  const city = new City();
  const some = city.teams.slice(0, 500);
  const frames = new ScopeFrames('all', gridHere, some);
  const decoder = new FrameDecoder('all');
  decoder.useRoster(frames.roster.ids);
  const read = () => {
    const { bytes } = frames.frame(city.fleet, city.moment());
    const result = decoder.apply(bytes);
    if (result !== 'ok') throw new Error(`frame of tick ${city.tick}: ${result}`);
  };
  const METRES = 111_195;
  const farthest = (): number => {
    let worst = 0;
    for (let slot = 0; slot < some.length; slot++) {
      const row = city.fleet.rowOf(decoder.teamOf(slot) ?? '') ?? -1;
      const [lng, lat] = [city.fleet.lng[row] ?? NaN, city.fleet.lat[row] ?? NaN];
      const east = ((decoder.lng[slot] ?? NaN) - lng) * METRES * Math.cos((HERE.lat * Math.PI) / 180);
      worst = Math.max(worst, Math.hypot(east, ((decoder.lat[slot] ?? NaN) - lat) * METRES));
    }
    return worst;
  };
  read();
  let worst = 0;
  for (let second = 0; second < 3_600; second++) {
    city.move();
    read();
    worst = Math.max(worst, farthest());
  }
  return {
    name: '3 a decoded place in any second of an hour of frames, farthest of 500 teams',
    goal: '≤ 0.25 m',
    measured: `${worst.toFixed(3)} m`,
    holds: worst <= 0.25,
  };
}
