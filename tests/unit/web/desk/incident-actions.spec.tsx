import { afterEach, expect, it, jest } from '@jest/globals';
import { cleanup, render, screen } from '@testing-library/react';
import type { Incident } from '../../../../shared/src/index.js';
import { IncidentActions } from '../../../../web/src/screens/desk/incident-actions.js';
import { CATALOGUE, useLanguage } from '../../../../web/src/ui/catalogue.js';

const text = CATALOGUE['zh-Hans'];
const HANDLED = { id: '1', status: 'handled', actions: [] } as unknown as Incident;
const shown = (more: Partial<Incident>) => {
  useLanguage.setState({ language: 'zh-Hans' });
  return render(
    <IncidentActions
      incident={{ ...HANDLED, ...more }}
      act={async () => undefined}
      pending={undefined}
      note=""
      onNote={jest.fn()}
    />,
  );
};
afterEach(cleanup);

it('a step that is left to a higher level is named where its button would stand', () => {
  shown({ actions: ['reopen'], leftAbove: ['close'] });
  expect(screen.getByText(text.desk.leftAbove(text.action.close))).toBeDefined();
  expect(screen.queryByRole('button', { name: text.action.close })).toBeNull();
  expect(screen.getByRole('button', { name: text.action.reopen })).toBeDefined();
});

it('and also where there is nothing else to do', () => {
  shown({ leftAbove: ['close'] });
  expect(screen.getByText(text.desk.leftAbove(text.action.close))).toBeDefined();
  expect(screen.queryByText(text.desk.noActions)).toBeNull();
});
