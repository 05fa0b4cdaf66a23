import { type Coverages, type CoverageOf, type Force, FORCES, nameIn, type Names } from '@app/shared';
import { useState } from 'react';
import type { Ground } from '../../link/ground.js';
import { useLanguage, useText } from '../../ui/catalogue.js';
import { Part } from '../../ui/part.js';

const GROUPS = ['beats', 'checkpoints', 'shifts', 'forces'] as const;
type Group = (typeof GROUPS)[number];
const NONE: readonly { readonly id: string; readonly names: Names }[] = [];

interface CoveragePanelProps {
  readonly coverage: Coverages;
  /** Visits that are left out, as their force does not release where they are. */
  readonly withheld: number;
  readonly observedAt: number | null;
  /** For names in the language chosen. */
  readonly ground: Ground | undefined;
}

/** Of the visits owed by now, how many were made: in all, and by what one asks. */
export function CoveragePanel({ coverage, withheld, observedAt, ground }: CoveragePanelProps) {
  const text = useText();
  const language = useLanguage((choice) => choice.language);
  const [group, setGroup] = useState<Group>('beats');
  const named =
    { beats: ground?.beats, checkpoints: ground?.points, shifts: NONE, forces: NONE }[group] ?? NONE;
  const labelOf = ({ id, label }: CoverageOf): string => {
    if (group === 'forces') return isForce(id) ? text.force[id] : label;
    const names = named.find((one) => one.id === id)?.names;
    return names ? nameIn(names, language) : label;
  };
  const { all } = coverage;
  const title = (
    <>
      {text.ground.coverage} {all.owed > 0 && <b>{text.ground.percent(percentOf(all))}</b>}{' '}
      <span className="soft">{all.owed > 0 ? text.ground.madeOf(all.made, all.owed) : ''}</span>
    </>
  );
  return (
    <Part title={title} observedAt={observedAt} className="coverage">
      {all.owed > 0 && <p className="soft">{text.ground.coverageHint}</p>}
      {all.owed === 0 && withheld === 0 && <p className="soft">{text.ground.nothingOwed}</p>}
      {withheld > 0 && <p className="soft">{text.ground.uncounted}</p>}
      <span className="tabs" role="tablist">
        {GROUPS.map((known) => (
          <button
            key={known}
            type="button"
            role="tab"
            aria-selected={group === known}
            onClick={() => setGroup(known)}
          >
            {text.ground.coverageBy[known]}
          </button>
        ))}
      </span>
      <ul>
        {coverage[group].map((one) => (
          <li key={one.id} className="coverage-line">
            <span>{labelOf(one)}</span>
            <span className="coverage-bar" aria-hidden="true">
              <i style={{ width: `${percentOf(one)}%` }} />
            </span>
            <span>{text.ground.percent(percentOf(one))}</span>
            <span className="soft">{text.ground.madeOf(one.made, one.owed)}</span>
          </li>
        ))}
      </ul>
    </Part>
  );
}

const isForce = (id: string): id is Force => FORCES.some((force) => force === id);

/** Down to the whole percent: only what was made whole reads as a hundred. */
const percentOf = ({ owed, made }: { owed: number; made: number }): number =>
  owed === 0 ? 0 : Math.floor((100 * made) / owed);
