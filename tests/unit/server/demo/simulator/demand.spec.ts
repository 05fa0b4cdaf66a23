import { describe, expect, it } from '@jest/globals';
import { CATEGORIES, CITIZEN_SOURCES } from '@app/shared';
import {
  drawCategory,
  drawSeverity,
  drawSource,
  MEAN_PER_HOUR,
  nextArrival,
  perHour,
} from '../../../../../server/src/demo/simulator/demand.js';
import { DRILL_SPAN_MS, drillPlan } from '../../../../../server/src/demo/simulator/drill-plan.js';
import { randomFrom } from '../../../../../server/src/demo/simulator/random.js';
import { isOnDuty, localMinute, localWeekday } from '../../../../../server/src/demo/simulator/shifts.js';
import { sentenceFor } from '../../../../../server/src/demo/simulator/words.js';

const ZONE = 'Asia/Shanghai';
const HOUR = 3_600_000;
const MONDAY = Date.parse('2026-11-23T00:00:00+08:00');

describe('demand', () => {
  it('comes as often over a week as the mean says, more by day than before dawn', () => {
    let sum = 0;
    for (let hour = 0; hour < 168; hour++) sum += perHour(MONDAY + hour * HOUR, ZONE, 1);
    expect(sum / 168).toBeGreaterThan(MEAN_PER_HOUR * 0.95);
    expect(sum / 168).toBeLessThan(MEAN_PER_HOUR * 1.05);
    expect(perHour(MONDAY + 17 * HOUR, ZONE, 1)).toBeGreaterThan(2 * perHour(MONDAY + 4 * HOUR, ZONE, 1));
    expect(perHour(MONDAY, ZONE, 10)).toBeCloseTo(10 * perHour(MONDAY, ZONE, 1), 9);
  });

  it('arrives as a Poisson process of that rate, the same for the same seed', () => {
    const arrivals = (seed: number) => {
      const random = randomFrom(seed);
      const found: number[] = [];
      for (let at = MONDAY; at < MONDAY + 168 * HOUR; found.push(at)) at = nextArrival(random, at, ZONE, 1);
      return found;
    };
    expect(arrivals(3)).toEqual(arrivals(3));
    const count = [1, 2, 3, 4, 5, 6].reduce((sum, seed) => sum + arrivals(seed).length, 0) / 6;
    expect(count).toBeGreaterThan(168 * MEAN_PER_HOUR * 0.94);
    expect(count).toBeLessThan(168 * MEAN_PER_HOUR * 1.06);
  });

  it('is Ⅳ in 88, Ⅲ in 11, Ⅱ in 1 of 100, and never Ⅰ', () => {
    const random = randomFrom(5);
    const drawn = Array.from({ length: 60_000 }, (_, i) =>
      drawSeverity(random, drawCategory(random, i % 24)),
    );
    const shareOf = (severity: number) => drawn.filter((one) => one === severity).length / drawn.length;
    expect(shareOf(1)).toBe(0);
    expect(shareOf(2)).toBeCloseTo(0.01, 2);
    expect(shareOf(3)).toBeCloseTo(0.11, 2);
    expect(shareOf(4)).toBeCloseTo(0.88, 2);
  });

  it('is never grave for what was lost', () => {
    const random = randomFrom(7);
    for (let i = 0; i < 2_000; i++) expect(drawSeverity(random, 'lost-found')).toBe(4);
  });

  it('knows every category, and disorder belongs to the night', () => {
    const random = randomFrom(6);
    const at = (hour: number) => Array.from({ length: 20_000 }, () => drawCategory(random, hour));
    expect(new Set([...at(20), ...at(10)]).size).toBe(CATEGORIES.length);
    const share = (hour: number) => at(hour).filter((category) => category === 'disorder').length;
    expect(share(23)).toBeGreaterThan(share(10) * 1.5);
    for (const category of CATEGORIES) expect(sentenceFor(random, category).length).toBeGreaterThan(3);
    expect(CITIZEN_SOURCES).toContain(drawSource(randomFrom(1)));
  });
});

describe('a drill', () => {
  it('is 8 to 15 citizen reports within three minutes, one of them Ⅰ or Ⅱ, the same for the same drill', () => {
    for (let i = 0; i < 200; i++) {
      const plan = drillPlan({ id: `drill-${i}` });
      expect(plan).toEqual(drillPlan({ id: `drill-${i}` }));
      expect(plan.length).toBeGreaterThanOrEqual(8);
      expect(plan.length).toBeLessThanOrEqual(15);
      expect(plan.filter(({ severity }) => severity <= 2)).toHaveLength(1);
      expect(plan.every(({ source }) => CITIZEN_SOURCES.includes(source))).toBe(true);
      expect(plan.map(({ afterMs }) => afterMs)).toEqual(
        plan.map(({ afterMs }) => afterMs).sort((a, b) => a - b),
      );
      expect(plan.at(-1)?.afterMs).toBeLessThan(DRILL_SPAN_MS);
      expect(plan[0]?.part).toBe(0);
    }
  });
});

describe('shifts', () => {
  it('give each team two of three, with a quarter of an hour in which both are there', () => {
    for (const spread of [0, 0.5, 0.99])
      for (const off of [0, 1, 2]) {
        let minutes = 0;
        for (let minute = 0; minute < 1440; minute++) if (isOnDuty(minute, off, spread)) minutes += 1;
        expect(minutes).toBeGreaterThanOrEqual(960);
        expect(minutes).toBeLessThanOrEqual(990);
        expect(isOnDuty(off * 480 + 240, off, spread)).toBe(false);
      }
    // At 08:00 those who rest in the morning have not left yet, those who rested at night are back.
    expect(isOnDuty(480, 1, 0.5)).toBe(true);
    expect(isOnDuty(475, 0, 0.5)).toBe(true);
  });

  it('follow the local clock', () => {
    expect(localMinute(MONDAY + 90_000, ZONE)).toBe(1.5);
    expect(localWeekday(MONDAY, ZONE)).toBe(1);
    expect(localWeekday(MONDAY - 1, ZONE)).toBe(0);
    expect(localMinute(Date.parse('2020-04-07T07:01:00Z'), 'America/Los_Angeles')).toBe(1);
  });
});
