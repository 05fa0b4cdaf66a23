import { nameIn } from '@app/shared';
import { Descriptions } from 'antd';
import type { ReactNode } from 'react';
import { useInstallation } from '../../link/installation.js';
import { useLanguage, useText } from '../../ui/catalogue.js';
import { PersonLogin } from './person-login.js';

/** What holds for this installation; it is set where the server is started. */
export function SettingsTab() {
  const text = useText();
  const language = useLanguage((choice) => choice.language);
  const { settings, session, centres } = useInstallation();
  const rows: readonly (readonly [string, ReactNode])[] = [
    [text.desk.admin.version, settings.version],
    [text.desk.admin.timeZone, settings.timeZone],
    [text.desk.admin.levels, settings.levels.map(({ names }) => nameIn(names, language)).join(' → ')],
    [text.desk.admin.centreCount, String(centres.size)],
    [text.desk.admin.engine, settings.engine === 'mapbox' ? 'Mapbox GL' : 'MapLibre'],
    [text.desk.admin.demo, settings.demo ? text.desk.admin.yes : text.desk.admin.no],
    [text.desk.language, settings.languages.map((known) => text.language[known]).join(text.listComma)],
    [text.signIn.account, <PersonLogin key="account" login={session.account.name} />],
  ];
  return (
    <div className="settings">
      <Descriptions
        bordered
        size="small"
        column={1}
        items={rows.map(([label, children]) => ({ key: label, label, children }))}
      />
      <p className="soft">{text.desk.admin.settingsHint}</p>
    </div>
  );
}
