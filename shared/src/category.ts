import { z } from 'zod';

export const CATEGORIES = [
  'disorder',
  'traffic',
  'fire',
  'medical',
  'lost-found',
  'hazard',
  'crowd',
  'dispute',
  'natural-hazard',
  'infrastructure',
  'suspicious-object',
  'other',
] as const;
export const Category = z.enum(CATEGORIES);
export type Category = z.infer<typeof Category>;

export const SOURCES = [
  'phone',
  'walk-in',
  'hotline',
  'grid-worker',
  'patrol',
  'device',
  'online',
  'partner',
  'other',
] as const;
export const Source = z.enum(SOURCES);
export type Source = z.infer<typeof Source>;
/** Sources that citizens start: the only ones that feed the risk detectors. */
export const CITIZEN_SOURCES: readonly Source[] = ['phone', 'walk-in', 'hotline', 'online'];
