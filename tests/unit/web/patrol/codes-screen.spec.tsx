import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CodeSheet } from '@app/shared';
import { cleanup, screen } from '@testing-library/react';
import { CodesScreen } from '../../../../web/src/screens/patrol/codes/codes-screen.js';
import { useLanguage } from '../../../../web/src/ui/catalogue.js';
import { renderSignedIn } from '../house.js';

const POINTS = ['01890000-0000-7000-8000-00000000000a', '01890000-0000-7000-8000-00000000000b'] as const;

const sheet = (checkpoint: string, code: string): CodeSheet => ({
  checkpoint,
  names: { hans: '北门', hant: '北門', en: 'North Gate' },
  since: '2026-11-24T17:00:00.000Z',
  secret: 'secret',
  slotS: 60,
  tag: { code, text: code, svg: '<svg/>' },
  rotating: {
    code,
    text: code,
    svg: '<svg/>',
    from: '2026-11-24T17:00:00.000Z',
    to: '2026-11-24T17:01:00.000Z',
  },
});

const idOf = (path: string): string => path.split('/').at(-2) ?? '';
const ADDRESS = `/codes?point=${POINTS[0]}&point=${POINTS[1]}`;

beforeEach(() => useLanguage.setState({ language: 'zh-Hans' }));
afterEach(cleanup);

describe('a code as it is printed', () => {
  it('bears the day of the city’s wall, not the one of Greenwich', async () => {
    renderSignedIn(<CodesScreen />, { answer: ({ path }) => sheet(idOf(path), 'OLD') }, ADDRESS);
    const [card] = await screen.findAllByText(/ · 2026-/);
    expect(card?.textContent).toMatch(/ · 2026-11-25$/);
  });
});
