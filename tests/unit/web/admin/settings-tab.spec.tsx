import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { cleanup, screen } from '@testing-library/react';
import { SettingsTab } from '../../../../web/src/screens/admin/settings-tab.js';
import { useLanguage } from '../../../../web/src/ui/catalogue.js';
import { renderSignedIn } from '../house.js';

beforeEach(() => useLanguage.setState({ language: 'zh-Hans' }));
afterEach(cleanup);

it.each([
  ['once where it is all that is known', 'li.wei', 'li.wei'],
  [
    'after whom it stands for in the demo',
    'demo-county-620201001-b',
    '雄关街道值班员（二） demo-county-620201001-b',
  ],
])('the settings say the own login %s', async (_, name, said) => {
  renderSignedIn(<SettingsTab />, { name });
  expect((await screen.findByText(name, { exact: false })).closest('td')?.textContent).toBe(said);
});
