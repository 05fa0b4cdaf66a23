import { afterEach, expect, it } from '@jest/globals';
import type { DutyShift, HandoverSheet } from '@app/shared';
import { cleanup, screen } from '@testing-library/react';
import { SheetView } from '../../../../web/src/screens/duty/sheet-view.js';
import { useLanguage } from '../../../../web/src/ui/catalogue.js';
import { renderSignedIn } from '../house.js';

const at = '2026-11-24T08:00:00.000Z';
const matter = (number: number, text: string): HandoverSheet['matters'][number] => ({
  id: `01890000-0000-7000-8000-00000000000${number}`,
  number,
  text,
  by: 'li.wei',
  at,
  carried: 0,
});

afterEach(cleanup);

it('a handed matter whose words were erased says so', async () => {
  useLanguage.setState({ language: 'zh-Hans' });
  const lists = { incidents: [], alerts: [], instructions: [], equipment: [] };
  const sheet: HandoverSheet = {
    drawnAt: at,
    seq: 1,
    ...lists,
    matters: [matter(1, ''), matter(2, '等回电')],
  };
  // Of the shift the view reads its sheet alone.
  const shift = { sheet, after: null } as DutyShift;
  renderSignedIn(<SheetView shift={shift} onIncident={() => undefined} />);
  const lines = await screen.findAllByRole('listitem');
  expect(lines.map((line) => line.querySelector('.duty-words')?.textContent)).toEqual([
    '文字已清除',
    '等回电',
  ]);
});
