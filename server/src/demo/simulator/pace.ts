import type { Mode } from '@app/shared';

/** Top speeds by mode, km/h: on patrol, and on the way to an incident (domain page §3.2; the road may allow less). */
export const TOP_KMH: Readonly<Record<Mode, { patrol: number; answer: number }>> = {
  vehicle: { patrol: 30, answer: 60 },
  motorcycle: { patrol: 25, answer: 35 },
  foot: { patrol: 4.5, answer: 5.5 },
  drone: { patrol: 30, answer: 45 },
  video: { patrol: 0, answer: 0 },
};

/** How far from home a team of a mode patrols, metres. */
export const BEAT_RADIUS_M: Readonly<Record<Mode, number>> = {
  vehicle: 1800,
  motorcycle: 1400,
  foot: 450,
  drone: 1500,
  video: 0,
};

/** Minutes that a team of a mode needs for some metres straight: the road is about a third longer. */
export const roughMinutes = (mode: Mode, straightM: number): number =>
  mode === 'video' ? Infinity : (straightM * 1.35 * 0.06) / (0.75 * TOP_KMH[mode].answer);
