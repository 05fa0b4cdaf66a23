import type { Instruction } from '@app/shared';

/** What was sent together stands together, in the order of the list. */
export function grouped(instructions: readonly Instruction[]): Instruction[][] {
  const groups = new Map<string, Instruction[]>();
  for (const one of instructions) groups.set(one.parent, [...(groups.get(one.parent) ?? []), one]);
  return [...groups.values()];
}
