import { frameGrid } from '@app/shared';
import { Fleet } from '../../server/src/positions/fleet.js';

export const CITY_TEAMS = 20_000;
export const HERE = { lng: 98.2888, lat: 39.7721 };
export const gridHere = () => frameGrid(HERE.lng, HERE.lat);

/** A city's teams on the move, in the columns that the server keeps them in. */
export class City {
  readonly fleet = new Fleet();
  readonly teams: readonly string[];
  tick = 0;
  at = Date.parse('2026-10-01T00:00:00.000Z');

  constructor(count = CITY_TEAMS) {
    this.teams = Array.from({ length: count }, (_, i) => `team-${i}`);
    this.teams.forEach((team, i) =>
      this.fleet.upsert({
        team,
        observedAt: this.at,
        receivedAt: this.at,
        lng: HERE.lng + (i % 200) * 0.002,
        lat: HERE.lat + Math.floor(i / 200) * 0.002,
        speedKmh: 30,
        headingDeg: i % 360,
      }),
    );
  }

  /** One second later; of the teams `share` have moved, about 8 m each. */
  move(share = 1): void {
    this.tick += 1;
    this.at += 1_000;
    const { length } = this.teams;
    for (let row = 0; row < length; row++) {
      if ((row * 7_919 + 13) % length >= share * length) continue;
      const turn = ((row % 360) * Math.PI) / 180 + this.tick / 40;
      this.fleet.lng[row] = (this.fleet.lng[row] ?? 0) + Math.sin(turn) * 1e-4;
      this.fleet.lat[row] = (this.fleet.lat[row] ?? 0) + Math.cos(turn) * 7.5e-5;
      this.fleet.headingDeg[row] = (row + this.tick * 3) % 360;
      this.fleet.speedKmh[row] = 28 + ((row + this.tick) % 5);
      this.fleet.observedAt[row] = this.at;
    }
  }

  moment(): { tick: number; at: number } {
    return { tick: this.tick, at: this.at };
  }

  /** What a JSON broadcast would tell of some rows; a short number for an id, to be fair to it. */
  objects(from: number, count: number): object[] {
    return Array.from({ length: count }, (_, i) => this.object(from + i));
  }

  object(row: number): object {
    const { lng, lat, headingDeg, speedKmh, observedAt } = this.fleet;
    return {
      id: row,
      lng: Math.round((lng[row] ?? 0) * 1e6) / 1e6,
      lat: Math.round((lat[row] ?? 0) * 1e6) / 1e6,
      headingDeg: headingDeg[row],
      speedKmh: speedKmh[row],
      observedAt: observedAt[row],
    };
  }
}
