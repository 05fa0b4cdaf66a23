import { type ReactNode, useCallback } from 'react';
import { useSearchParams } from 'react-router';
import { useInstallation } from '../../link/installation.js';
import type { Fleet } from '../../store/fleet.js';
import { useLiveWall } from '../../store/use-live-wall.js';
import { useWall } from '../../store/wall.store.js';
import { TeamDrawer } from '../centre/team-drawer.js';
import { BlindBanner } from '../wall/blind-banner.js';
import { LinkState } from '../wall/link-state.js';
import { SosBanner } from '../wall/sos-banner.js';
import { useLeaveWhenRefused } from '../wall/use-leave-when-refused.js';
import { DeskFrame } from './desk-frame.js';
import { IncidentDrawer } from './incident-drawer.js';
import { SentToast } from './sent-toast.js';

/** The desk of one centre: whose it is and which tab, from the page's address, and the live picture under it. */
export interface ScopeDesk<Tab extends string> {
  readonly scope: string;
  readonly isOwn: boolean;
  readonly tab: Tab;
  readonly address: URLSearchParams;
  /** `rewrite` changes the rest of the address; a change is a step in the browser's history. */
  readonly change: (
    part: { tab?: Tab; centre?: string },
    rewrite?: (old: URLSearchParams) => URLSearchParams,
  ) => void;
  readonly fleet: Fleet;
  readonly onIncident: (id: string) => void;
}

interface ScopeFrameProps<Tab extends string> {
  readonly page: 'centre' | 'duty';
  /** The first one is shown when the address names none. */
  readonly tabs: readonly [Tab, ...Tab[]];
  readonly children: (desk: ScopeDesk<Tab>) => ReactNode;
}

/** What desks that look at one centre at a time have around them. */
export function ScopeFrame<Tab extends string>(props: ScopeFrameProps<Tab>) {
  return (
    <DeskFrame page={props.page} head={<LinkState />}>
      <Scoped {...props} />
    </DeskFrame>
  );
}

function Scoped<Tab extends string>({ page, tabs, children }: ScopeFrameProps<Tab>) {
  const { session } = useInstallation();
  const { scope, ...place } = useDeskAddress(tabs);
  const fleet = useLiveWall(scope);
  useLeaveWhenRefused();
  const select = useWall((wall) => wall.select);
  const onIncident = useCallback((id: string) => select({ kind: 'incident', id }), [select]);
  return (
    <main className={page}>
      {children({ ...place, scope, isOwn: scope === session.centre.id, fleet, onIncident })}
      <IncidentDrawer fleet={fleet} />
      <TeamDrawer />
      <SentToast />
      <SosBanner fleet={fleet} />
      <BlindBanner />
    </main>
  );
}

function useDeskAddress<Tab extends string>(tabs: readonly [Tab, ...Tab[]]) {
  const [address, setAddress] = useSearchParams();
  const { session, centres } = useInstallation();
  const asked = address.get('centre');
  const change = useCallback<ScopeDesk<Tab>['change']>(
    (part, rewrite = (old) => new URLSearchParams(old)) =>
      setAddress((old) => {
        const next = rewrite(old);
        if (part.tab) next.set('tab', part.tab);
        if (part.centre) next.set('centre', part.centre);
        return next;
      }),
    [setAddress],
  );
  return {
    scope: asked !== null && centres.has(asked) ? asked : session.centre.id,
    tab: tabs.find((known) => known === address.get('tab')) ?? tabs[0],
    address,
    change,
  };
}
