import { z } from 'zod';
import { Category } from './category.js';
import { Level } from './centre.js';
import { IncidentAction } from './incident-flow.js';

/** Steps that a city may ask evidence for: that the work is done, and that somebody has looked at it. */
export const EVIDENCE_ACTIONS = ['complete', 'close'] as const satisfies readonly IncidentAction[];
export type EvidenceAction = (typeof EVIDENCE_ACTIONS)[number];
/** `photo`: pictures alone count; `any`: files too, such as a signed agreement. */
export const EVIDENCE_KINDS = ['photo', 'any'] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** How many pieces a step wants at least; of no category: all that have no rule of their own. 0: none. */
export const EvidenceRule = z.strictObject({
  action: z.enum(EVIDENCE_ACTIONS),
  category: Category.nullable(),
  what: z.enum(EVIDENCE_KINDS),
  least: z.number().int().min(0).max(10),
});
export type EvidenceRule = z.infer<typeof EvidenceRule>;

/** The levels at which a step may be taken, beside what the flow's table says. The top may in any case. */
export const LevelRule = z.strictObject({ action: IncidentAction, levels: z.array(Level).min(1).max(6) });
export type LevelRule = z.infer<typeof LevelRule>;

/** What a city adds to the flow's table. */
export const FlowRules = z.object({
  version: z.number().int(),
  evidence: z.array(EvidenceRule),
  levels: z.array(LevelRule),
});
export type FlowRules = z.infer<typeof FlowRules>;

/** Body of `POST /api/flow-rules`: what is given takes the place of what stands, from now on. */
export const FlowRulesChange = z.strictObject({
  version: z.number().int().min(0),
  evidence: z.array(EvidenceRule).max(100).optional(),
  levels: z.array(LevelRule).max(100).optional(),
});
export type FlowRulesChange = z.infer<typeof FlowRulesChange>;

/** What is mended shows a picture of how it is now; the rest is the city's to ask for. */
export const FIRST_FLOW_RULES: FlowRules = {
  version: 0,
  evidence: (['hazard', 'infrastructure'] as const).map((category) => ({
    action: 'complete',
    category,
    what: 'photo',
    least: 1,
  })),
  levels: [],
};

/** Evidence that an incident has, of what counts for one step. */
export interface EvidenceSeen {
  readonly photos: number;
  readonly files: number;
}

/** The rule for a step with an incident of a category: its own before the one for all; undefined where none is wanted. */
export function evidenceRuleFor(
  rules: readonly EvidenceRule[],
  action: IncidentAction,
  category: Category,
): EvidenceRule | undefined {
  const fits = rules.filter((rule) => rule.action === action);
  const rule = fits.find((one) => one.category === category) ?? fits.find((one) => one.category === null);
  return rule && rule.least > 0 ? rule : undefined;
}

/** How many pieces count under a rule. */
export const countedBy = ({ what }: Pick<EvidenceRule, 'what'>, { photos, files }: EvidenceSeen): number =>
  what === 'photo' ? photos : photos + files;

/** What a next step wants of evidence, and how much of it there is. */
export const EvidenceWanted = EvidenceRule.omit({ category: true }).extend({ seen: z.number().int() });
export type EvidenceWanted = z.infer<typeof EvidenceWanted>;
