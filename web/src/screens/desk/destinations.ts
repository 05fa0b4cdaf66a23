import type { CentreName, IncidentAction } from '@app/shared';

export interface Destination {
  readonly value: string;
  readonly title: string;
  readonly disabled: boolean;
  readonly children: Destination[];
}

/**
 * The city's tree as a choice of where an incident may go from its holder by an action; what lies on the way to a
 * possible one is shown and cannot be picked. Pure.
 */
export function destinationsOf(
  names: ReadonlyMap<string, CentreName>,
  action: IncidentAction,
  holder: string,
  titleOf: (centre: CentreName) => string,
): Destination[] {
  const below = new Map<string | null, CentreName[]>();
  for (const centre of names.values())
    below.set(centre.parent, [...(below.get(centre.parent) ?? []), centre]);
  const above = lineage(names, holder);
  const fits = (centre: CentreName): boolean => {
    if (centre.id === holder) return false;
    const isBelow = lineage(names, centre.id).includes(holder);
    if (action === 'hand-down') return isBelow;
    return action === 'assist' || (!isBelow && !above.includes(centre.id));
  };
  const branch = (centre: CentreName): Destination[] => {
    const children = (below.get(centre.id) ?? []).flatMap(branch);
    const disabled = !fits(centre);
    if (disabled && children.length === 0) return [];
    return [{ value: centre.id, title: titleOf(centre), disabled, children }];
  };
  return (below.get(null) ?? []).flatMap(branch);
}

/** A centre and those above it, deepest first. */
function lineage(names: ReadonlyMap<string, CentreName>, id: string): string[] {
  const line: string[] = [];
  for (let at = names.get(id); at; at = at.parent === null ? undefined : names.get(at.parent))
    line.push(at.id);
  return line;
}
