import { type Category, FIRST_CLOCKS, type IncidentCard, type Severity } from '@app/shared';
import { type Random, randomFrom } from './random.js';

/** How the staff take an incident: as usual, at once, or with its dispatch left until well after its time. */
export type Haste = 'usual' | 'prompt' | 'late-dispatch';

/** How often a desk lets a stage lie until its clock is nearly, or really, run down. */
const SLOW_SHARE = 0.05;

/** Median minutes on the scene. */
const SCENE_MINUTES: Readonly<Record<Category, number>> = {
  disorder: 50,
  traffic: 50,
  fire: 70,
  medical: 40,
  'lost-found': 50,
  hazard: 90,
  crowd: 90,
  dispute: 90,
  'natural-hazard': 150,
  infrastructure: 150,
  'suspicious-object': 80,
  other: 60,
};

/** The draws of one stage of one incident are the same whenever they are asked for, also after a restart. */
const drawsOf = (id: string, stage: string): Random => randomFrom(0).fork(`${id} ${stage}`);

export function acceptSeconds({ id, severity }: IncidentCard, haste: Haste): number {
  const draw = drawsOf(id, 'accept');
  if (haste !== 'usual') return draw.between(20, 35);
  return deskSeconds(draw, severity, 'accept');
}

export function dispatchSeconds({ id, severity }: IncidentCard, haste: Haste): number {
  const draw = drawsOf(id, 'dispatch');
  if (haste === 'prompt') return draw.between(10, 25);
  if (haste === 'late-dispatch') return FIRST_CLOCKS.dispatch[severity] * 60 * draw.between(1.6, 2.4);
  return deskSeconds(draw, severity, 'dispatch');
}

/** 20 to 180 s, graver ones sooner; now and then about as long as the clock allows. */
function deskSeconds(draw: Random, severity: Severity, stage: 'accept' | 'dispatch'): number {
  if (draw.next() < SLOW_SHARE) return FIRST_CLOCKS[stage][severity] * 60 * draw.between(0.82, 1.15);
  const most = severity <= 2 ? 60 : severity === 3 ? 120 : 180;
  return 20 + (most - 20) * draw.next() ** 2;
}

export const acknowledgeSeconds = (id: string, team: string): number =>
  drawsOf(id, `acknowledge ${team}`).between(5, 30);
export const departSeconds = (id: string, team: string): number =>
  drawsOf(id, `depart ${team}`).between(10, 50);
/** How long a team without a place of its own is thought to be under way. */
export const unseenSeconds = (id: string, team: string): number =>
  drawsOf(id, `arrive ${team}`).between(240, 600);

/** Seconds from arrival to clearing: log-normal around the median of the category, longer when graver. */
export function sceneSeconds({ id, category, severity }: IncidentCard, team: string): number {
  const graver = { 1: 2, 2: 1.6, 3: 1.25, 4: 1 }[severity];
  const spread = Math.exp(0.45 * drawsOf(id, `scene ${team}`).normal());
  return Math.max(180, SCENE_MINUTES[category] * 60 * graver * spread);
}

export const completeSeconds = (id: string): number => drawsOf(id, 'complete').between(20, 120);
/** A handled incident is closed after the call back to whoever reported it: log-normal, median two hours and a half. */
export const closeSeconds = (id: string): number => 150 * 60 * Math.exp(0.45 * drawsOf(id, 'close').normal());

/** How many teams an incident of a severity wants. */
export const teamsWanted = (severity: Severity): number => ({ 1: 4, 2: 3, 3: 2, 4: 1 })[severity];
