import { Team } from '@app/shared';
import { useSearchParams } from 'react-router';
import { useText } from '../../ui/catalogue.js';
import { DeskFrame } from '../desk/desk-frame.js';
import { DeskTabs } from '../desk/desk-tabs.js';
import { AccountsTab } from './accounts-tab.js';
import { AuditTab } from './audit-tab.js';
import { CardsTab } from './cards-tab.js';
import { CentresTab } from './centres-tab.js';
import { ClocksTab } from './clocks-tab.js';
import { DevicesTab } from './devices-tab.js';
import { SettingsTab } from './settings-tab.js';
import { TeamsTab } from './teams-tab.js';
import { TokensTab } from './tokens-tab.js';
import { useList } from './use-list.js';
import { WatchTab } from './watch-tab.js';
import './admin.css';

const TABS = [
  'accounts',
  'tokens',
  'devices',
  'teams',
  'centres',
  'cards',
  'clocks',
  'watch',
  'settings',
  'audit',
] as const;

/** Who may sign in, which programs and devices may speak, which teams and centres there are. */
export function AdminScreen() {
  return (
    <DeskFrame page="admin">
      <Administration />
    </DeskFrame>
  );
}

function Administration() {
  const text = useText();
  const [address, setAddress] = useSearchParams();
  const tab = TABS.find((known) => known === address.get('tab')) ?? 'accounts';
  const teams = useList('/api/teams', Team);
  return (
    <main className="admin">
      <DeskTabs
        tabs={TABS}
        tab={tab}
        labels={{ ...text.desk.admin.tab, cards: text.duty.cards, audit: text.privacy.tab }}
        onTab={(next) => setAddress({ tab: next })}
      />
      <div className="admin-body" role="tabpanel">
        {tab === 'accounts' && <AccountsTab teams={teams.items ?? []} />}
        {tab === 'tokens' && <TokensTab />}
        {tab === 'devices' && <DevicesTab teams={teams.items ?? []} />}
        {tab === 'teams' && <TeamsTab list={teams} />}
        {tab === 'centres' && <CentresTab />}
        {tab === 'cards' && <CardsTab />}
        {tab === 'clocks' && <ClocksTab />}
        {tab === 'watch' && <WatchTab />}
        {tab === 'settings' && <SettingsTab />}
        {tab === 'audit' && <AuditTab />}
      </div>
    </main>
  );
}
