import type { Category, Severity, Source } from '@app/shared';
import { hashOf, type Random, randomFrom, weighted } from './random.js';
import { localMinute, localWeekday } from './shifts.js';

/** Incidents an hour in an average hour of the week: about 70 a day, of which some 12 are open at a time. */
export const MEAN_PER_HOUR = 3;

// Part of the mean by local hour: quiet before dawn, peaks before noon and in the evening. Means 1 over a day.
const HOURS_WORKDAY = [
  0.7, 0.6, 0.55, 0.5, 0.5, 0.55, 0.7, 0.95, 1.2, 1.3, 1.3, 1.2, 1.1, 1.05, 1.1, 1.2, 1.25, 1.3, 1.3, 1.25,
  1.2, 1.15, 1.05, 0.9,
];
const HOURS_WEEKEND = [
  0.85, 0.75, 0.65, 0.55, 0.5, 0.5, 0.6, 0.75, 0.95, 1.1, 1.2, 1.2, 1.15, 1.1, 1.1, 1.15, 1.2, 1.25, 1.3, 1.3,
  1.3, 1.25, 1.15, 1,
];

const MIX: Readonly<Record<Category, number>> = {
  traffic: 20,
  dispute: 16,
  disorder: 11,
  medical: 11,
  'lost-found': 10,
  infrastructure: 9,
  hazard: 8,
  other: 6,
  crowd: 4,
  fire: 3,
  'suspicious-object': 1.5,
  'natural-hazard': 0.5,
};

/** Hours of the day in which a category comes more often, and how much more. */
const PEAKS: Partial<Record<Category, readonly (readonly [from: number, to: number, times: number])[]>> = {
  traffic: [
    [7, 9, 2],
    [17, 19, 2],
    [0, 5, 0.5],
  ],
  dispute: [
    [18, 23, 1.8],
    [2, 6, 0.3],
  ],
  disorder: [
    [21, 24, 2],
    [0, 3, 2.2],
  ],
  crowd: [
    [18, 22, 2.5],
    [0, 7, 0.1],
  ],
  'lost-found': [
    [9, 18, 1.6],
    [0, 7, 0.2],
  ],
};

const SOURCES: Readonly<Record<Source, number>> = {
  phone: 42,
  hotline: 13,
  online: 9,
  'walk-in': 4,
  'grid-worker': 16,
  patrol: 9,
  device: 5,
  partner: 2,
  other: 0,
};

/** Incidents an hour at an instant (ms since 1970), by the hour and the day of the week. */
export function perHour(at: number, timeZone: string, rate: number): number {
  const hour = Math.floor(localMinute(at, timeZone) / 60);
  const day = localWeekday(at, timeZone);
  const profile = day === 0 || day === 6 ? HOURS_WEEKEND : HOURS_WORKDAY;
  return MEAN_PER_HOUR * rate * (profile[hour] ?? 1);
}

/** When the next incident comes after `from`: a Poisson process whose rate is that of the hour (ms since 1970). */
export function nextArrival(random: Random, from: number, timeZone: string, rate: number): number {
  return from + random.exponential(3_600_000 / perHour(from, timeZone, rate));
}

export function drawCategory(random: Random, hour: number): Category {
  const weights = { ...MIX };
  for (const [category, peaks] of Object.entries(PEAKS) as [Category, (typeof PEAKS)['crowd'] & object][])
    for (const [from, to, times] of peaks) if (hour >= from && hour < to) weights[category] *= times;
  return weighted(random, weights) ?? 'other';
}

/** How much oftener than others a category is grave; 1.13 in the mean over the mix. */
const GRAVITY: Readonly<Record<Category, number>> = {
  fire: 4,
  'suspicious-object': 4,
  'natural-hazard': 3,
  medical: 2.5,
  hazard: 1.5,
  traffic: 1.2,
  crowd: 1.2,
  disorder: 0.8,
  dispute: 0.6,
  infrastructure: 0.5,
  other: 0.2,
  'lost-found': 0,
};
const MEAN_GRAVITY = 1.13;

/** Over all categories Ⅳ 88 %, Ⅲ 11 %, Ⅱ 1 %; Ⅰ comes in drills alone (domain page §9). */
export function drawSeverity(random: Random, category: Category): Severity {
  const gravity = GRAVITY[category] / MEAN_GRAVITY;
  const draw = random.next();
  return draw < 0.01 * gravity ? 2 : draw < 0.12 * gravity ? 3 : 4;
}

export const drawSource = (random: Random): Source => weighted(random, SOURCES) ?? 'phone';

/** How much happens in a grid against others: towns more than villages, some grids much more than their neighbours. */
export const liveliness = (grid: string, isVillage: boolean): number =>
  Math.exp(0.8 * randomFrom(hashOf(grid)).normal()) * (isVillage ? 0.25 : 1);
