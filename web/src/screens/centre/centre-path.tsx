import { type Centre, nameIn } from '@app/shared';
import { Breadcrumb } from 'antd';
import { useMemo } from 'react';
import { useInstallation } from '../../link/installation.js';
import { useLanguage } from '../../ui/catalogue.js';
import { childrenOf, pathTo } from '../desk/centre-branches.js';
import { CentreChoice } from '../desk/centre-choice.js';

export interface CentrePathProps {
  readonly scope: string;
  readonly onScope: (centre: string) => void;
}

/** The way from the own centre down to the one shown, each step with what lies below, and a search over all. */
export function CentrePath({ scope, onScope }: CentrePathProps) {
  const language = useLanguage((choice) => choice.language);
  const { session, centres, settings } = useInstallation();
  const own = session.centre.id;
  const nameOf = (centre: Centre) => nameIn(centre.names, language);
  const levelOf = ({ level }: Centre) => {
    const found = settings.levels.find((known) => known.level === level);
    return found ? nameIn(found.names, language) : level;
  };
  const below = useMemo(() => childrenOf(centres), [centres]);
  const path = pathTo(centres, scope, own);
  return (
    <div className="centre-path">
      <Breadcrumb
        items={path.map((centre) => {
          const children = below.get(centre.id) ?? [];
          const menu = children.map((child) => ({
            key: child.id,
            label: nameOf(child),
            onClick: () => onScope(child.id),
          }));
          return {
            title: (
              <button
                type="button"
                className="crumb"
                aria-current={centre.id === scope ? 'page' : undefined}
                onClick={() => onScope(centre.id)}
              >
                {nameOf(centre)} <small className="soft">{levelOf(centre)}</small>
              </button>
            ),
            ...(menu.length > 0 ? { menu: { items: menu, className: 'crumb-menu' } } : {}),
          };
        })}
      />
      <CentreChoice className="centre-search" value={scope} onChange={onScope} />
    </div>
  );
}
