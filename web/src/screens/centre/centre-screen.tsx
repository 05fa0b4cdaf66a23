import { Drawer } from 'antd';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useInstallation } from '../../link/installation.js';
import { useLiveWall } from '../../store/use-live-wall.js';
import { type ListAsk, useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { Age } from '../../ui/panel.js';
import { useRootPx } from '../../ui/use-root-px.js';
import { ColleagueDrafts } from '../desk/colleague-drafts.js';
import { DeskFrame } from '../desk/desk-frame.js';
import { FaultNote } from '../desk/fault-note.js';
import { IncidentView } from '../desk/incident-view.js';
import { SentToast } from '../desk/sent-toast.js';
import { BlindBanner } from '../wall/blind-banner.js';
import { LinkState } from '../wall/link-state.js';
import { useLeaveWhenRefused } from '../wall/use-leave-when-refused.js';
import { CentrePath } from './centre-path.js';
import { FiguresTab } from './figures-tab.js';
import { FilterBar } from './filter-bar.js';
import { type Filter, listQuery, readFilter, writeFilter } from './incident-filter.js';
import { IncidentTable } from './incident-table.js';
import { ReportTable } from './report-table.js';
import { ReportForm } from './report-form.js';
import { TeamTable } from './team-table.js';
import './centre.css';

const TABS = ['incidents', 'report', 'reports', 'teams', 'figures'] as const;
type Tab = (typeof TABS)[number];

/** A centre's desktop: its incidents, the report form, its teams and figures, for any centre of the own subtree. */
export function CentreScreen() {
  return (
    <DeskFrame page="centre" head={<LinkState />}>
      <Desktop />
    </DeskFrame>
  );
}

/** What the page's address says: whose desktop, which tab, and what the list is narrowed by. */
function useAddress() {
  const [address, setAddress] = useSearchParams();
  const { session, centres } = useInstallation();
  const asked = address.get('centre');
  const scope = asked !== null && centres.has(asked) ? asked : session.centre.id;
  const tab: Tab = TABS.find((known) => known === address.get('tab')) ?? 'incidents';
  const written = address.toString();
  const filter = useMemo(() => readFilter(new URLSearchParams(written)), [written]);
  const change = useCallback(
    (part: { tab?: Tab; centre?: string; filter?: Filter }) =>
      setAddress((old) => {
        const next = part.filter ? writeFilter(old, part.filter) : new URLSearchParams(old);
        if (part.tab) next.set('tab', part.tab);
        if (part.centre) next.set('centre', part.centre);
        return next;
      }),
    [setAddress],
  );
  return { scope, tab, filter, change };
}

function Desktop() {
  const text = useText();
  const px = useRootPx();
  const { scope, tab, filter, change } = useAddress();
  const fleet = useLiveWall(scope);
  useLeaveWhenRefused();
  const provenAt = useWall((wall) => wall.provenAt);
  const select = useWall((wall) => wall.select);
  const selected = useWall((wall) => (wall.selection?.kind === 'incident' ? wall.selection.id : undefined));
  const { session } = useInstallation();
  const [fault, setFault] = useState<unknown>();
  const [named, setNamed] = useState<{ of: 'incidents' | 'teams'; ids: ReadonlySet<string> }>();
  const only = (of: 'incidents' | 'teams') => (named?.of === of ? named.ids : undefined);

  useEffect(() => setNamed(undefined), [scope]);
  const open = useCallback((id: string) => select({ kind: 'incident', id }), [select]);
  const onFilter = (next: Filter) => {
    setNamed(undefined);
    change({ filter: next });
  };
  const onList = useCallback(
    (list: ListAsk) => {
      if (list.of === 'query') {
        const { centre: _centre, ...query } = list.query;
        setNamed(undefined);
        change({ tab: 'incidents', filter: { open: 'any', ...query } });
        return;
      }
      const of = list.of === 'teams' ? 'teams' : 'incidents';
      setNamed({ of, ids: new Set(list.ids) });
      change({ tab: of, filter: {} });
    },
    [change],
  );

  return (
    <main className="centre">
      <CentrePath scope={scope} onScope={(centre) => change({ centre })} />
      <nav className="tabs" role="tablist">
        {TABS.map((known) => (
          <button
            key={known}
            type="button"
            role="tab"
            aria-selected={tab === known}
            onClick={() => change({ tab: known })}
          >
            {text.desk.tab[known]}
          </button>
        ))}
        <Age at={provenAt} />
      </nav>
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
              onSelect={open}
              only={only('incidents')}
            />
          </>
        )}
        {tab === 'report' && <ReportForm scope={scope} onOpen={open} />}
        {tab === 'reports' && <ReportTable scope={scope} onIncident={open} />}
        {tab === 'teams' && (
          <TeamTable fleet={fleet} only={only('teams')} onAll={() => setNamed(undefined)} onIncident={open} />
        )}
        {tab === 'figures' && <FiguresTab scope={scope} onList={onList} />}
      </div>
      <Drawer
        open={selected !== undefined}
        onClose={() => select(undefined)}
        title={text.desk.incident}
        size={34 * px}
        mask={false}
        destroyOnHidden
        rootClassName="centre-drawer"
      >
        {selected && <IncidentView key={selected} id={selected} fleet={fleet} />}
      </Drawer>
      <SentToast />
      <BlindBanner />
    </main>
  );
}
