/** Where somebody stands in a list of candidates, and whom they have ticked. */
export interface Marks {
  readonly active: string | undefined;
  readonly ticked: ReadonlySet<string>;
}

export type CandidateKey = 'ArrowDown' | 'ArrowUp' | 'Home' | 'End' | ' ' | 'Escape';
const KEYS: readonly string[] = [
  'ArrowDown',
  'ArrowUp',
  'Home',
  'End',
  ' ',
  'Escape',
] satisfies CandidateKey[];

export const isCandidateKey = (key: string): key is CandidateKey => KEYS.includes(key);

/** What a key makes of the marks, in a list of those that can be sent, in the order shown. Pure. */
export function marksAfter({ active, ticked }: Marks, key: CandidateKey, free: readonly string[]): Marks {
  const at = active === undefined ? -1 : free.indexOf(active);
  const to = (index: number): Marks => ({
    active: free[Math.max(0, Math.min(free.length - 1, index))],
    ticked,
  });
  if (key === 'ArrowDown') return to(at + 1);
  if (key === 'ArrowUp') return to(at <= 0 ? 0 : at - 1);
  if (key === 'Home') return to(0);
  if (key === 'End') return to(free.length - 1);
  if (key === 'Escape') return { active, ticked: new Set() };
  return active === undefined || at < 0 ? { active, ticked } : { active, ticked: toggled(ticked, active) };
}

export function toggled(ticked: ReadonlySet<string>, team: string): ReadonlySet<string> {
  const next = new Set(ticked);
  if (!next.delete(team)) next.add(team);
  return next;
}

/** Who goes when somebody says "send": those ticked that can still go, or the one pointed at. */
export function toSend({ active, ticked }: Marks, free: readonly string[]): string[] {
  const chosen = free.filter((team) => ticked.has(team));
  if (chosen.length > 0 || active === undefined) return chosen;
  return free.includes(active) ? [active] : [];
}
