import { z } from 'zod';

/** 1 is the gravest (Ⅰ 特别重大), 4 the mildest (Ⅳ 一般). */
export const SEVERITIES = [1, 2, 3, 4] as const;
export const Severity = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
export type Severity = z.infer<typeof Severity>;

/** Colours of domain page §4; a mark with I–IV always stands beside them. */
export const SEVERITY_COLOUR = {
  1: '#E5352B',
  2: '#F58220',
  3: '#F5C518',
  4: '#2F7DE1',
} as const satisfies Record<Severity, string>;
export const SEVERITY_NUMERAL = { 1: 'I', 2: 'II', 3: 'III', 4: 'IV' } as const satisfies Record<
  Severity,
  string
>;
