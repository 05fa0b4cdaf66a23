import { type Centre, type DutyLevelCard, type EffectiveLevel, effectiveLevel } from '@app/shared';
import { useMemo } from 'react';
import { useInstallation } from '../link/installation.js';
import { useWall } from './wall.store.js';

/**
 * The duty level that holds at a centre in sight. What was set above the own centre is in the picture, though that
 * centre itself is not in sight: whatever is not below stands above.
 */
export function levelAt(
  scope: string,
  centres: ReadonlyMap<string, Centre>,
  levels: ReadonlyMap<string, DutyLevelCard>,
): EffectiveLevel {
  const lineage: string[] = [];
  for (let at = centres.get(scope); at; at = at.parent === null ? undefined : centres.get(at.parent))
    lineage.push(at.id);
  const above = [...levels.values()].map(({ centre }) => centre).filter((centre) => !centres.has(centre));
  return effectiveLevel([...lineage, ...above], levels.values());
}

export function useLevel(scope: string): EffectiveLevel {
  const { centres } = useInstallation();
  const levels = useWall((wall) => wall.levels);
  return useMemo(() => levelAt(scope, centres, levels), [scope, centres, levels]);
}
