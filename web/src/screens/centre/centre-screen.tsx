import { useCallback, useEffect, useMemo, useState } from 'react';
import { useInstallation } from '../../link/installation.js';
import { type ListAsk, useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { Age } from '../../ui/panel.js';
import { ColleagueDrafts } from '../desk/colleague-drafts.js';
import { DeskTabs } from '../desk/desk-tabs.js';
import { FaultNote } from '../desk/fault-note.js';
import { LevelMark } from '../desk/level-mark.js';
import { type ScopeDesk, ScopeFrame } from '../desk/scope-frame.js';
import { PatrolTab } from '../patrol/patrol-tab.js';
import { CentrePath } from './centre-path.js';
import { FiguresTab } from './figures-tab.js';
import { FilterBar } from './filter-bar.js';
import { type Filter, listQuery, readFilter, writeFilter } from './incident-filter.js';
import { IncidentTable } from './incident-table.js';
import { ReportTable } from './report-table.js';
import { ReportForm } from './report-form.js';
import { TeamTable } from './team-table.js';
import './centre.css';

const TABS = ['incidents', 'report', 'reports', 'teams', 'patrol', 'figures'] as const;
type Tab = (typeof TABS)[number];

/** A centre's desktop: its incidents, the report form, its teams and figures, for any centre of the own subtree. */
export function CentreScreen() {
  return (
    <ScopeFrame page="centre" tabs={TABS}>
      {(desk) => <Desktop {...desk} />}
    </ScopeFrame>
  );
}

function Desktop({ scope, tab, address, change, fleet, onIncident }: ScopeDesk<Tab>) {
  const text = useText();
  const written = address.toString();
  const filter = useMemo(() => readFilter(new URLSearchParams(written)), [written]);
  const provenAt = useWall((wall) => wall.provenAt);
  const selected = useWall((wall) => (wall.selection?.kind === 'incident' ? wall.selection.id : undefined));
  const select = useWall((wall) => wall.select);
  const { session } = useInstallation();
  const [fault, setFault] = useState<unknown>();
  const [named, setNamed] = useState<{ of: 'incidents' | 'teams'; ids: ReadonlySet<string> }>();
  const only = (of: 'incidents' | 'teams') => (named?.of === of ? named.ids : undefined);

  useEffect(() => setNamed(undefined), [scope]);
  const openTeam = useCallback((id: string) => select({ kind: 'team', id }), [select]);
  const onFilter = (next: Filter) => {
    setNamed(undefined);
    change({}, (old) => writeFilter(old, next));
  };
  const onList = useCallback(
    (list: ListAsk) => {
      if (list.of === 'query') {
        const { centre: _centre, ...query } = list.query;
        setNamed(undefined);
        change({ tab: 'incidents' }, (old) => writeFilter(old, { open: 'any', ...query }));
        return;
      }
      const of = list.of === 'teams' ? 'teams' : 'incidents';
      setNamed({ of, ids: new Set(list.ids) });
      change({ tab: of }, (old) => writeFilter(old, {}));
    },
    [change],
  );

  return (
    <>
      <CentrePath scope={scope} onScope={(centre) => change({ centre })} />
      <DeskTabs tabs={TABS} tab={tab} labels={text.desk.tab} onTab={(next) => change({ tab: next })}>
        <LevelMark scope={scope} />
        <Age at={provenAt} />
      </DeskTabs>
      <ColleagueDrafts />
      <div className="centre-body" role="tabpanel">
        {tab === 'incidents' && (
          <>
            <FilterBar
              filter={filter}
              onFilter={onFilter}
              named={only('incidents')?.size}
              query={listQuery(filter, scope, session.centre.id)}
              onFault={setFault}
            />
            <FaultNote fault={fault} onClose={() => setFault(undefined)} />
            <IncidentTable
              scope={scope}
              filter={filter}
              selected={selected}
              onSelect={onIncident}
              only={only('incidents')}
            />
          </>
        )}
        {tab === 'report' && <ReportForm scope={scope} onOpen={onIncident} />}
        {tab === 'reports' && <ReportTable scope={scope} onIncident={onIncident} />}
        {tab === 'teams' && (
          <TeamTable
            fleet={fleet}
            only={only('teams')}
            onAll={() => setNamed(undefined)}
            onIncident={onIncident}
            onTeam={openTeam}
          />
        )}
        {tab === 'patrol' && <PatrolTab scope={scope} />}
        {tab === 'figures' && <FiguresTab scope={scope} onList={onList} />}
      </div>
    </>
  );
}
