import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { type ClockSettings, FIRST_HOURS, FIRST_LIMITS } from '@app/shared';
import { cleanup, fireEvent, screen } from '@testing-library/react';
import { ClocksTab } from '../../../../web/src/screens/admin/clocks-tab.js';
import { CATALOGUE, useLanguage } from '../../../../web/src/ui/catalogue.js';
import { renderSignedIn } from '../house.js';

const text = CATALOGUE['zh-Hans'];
const rule = { stage: 'accept', level: null, category: null, severity: null, kind: 'working' } as const;
const settings: ClockSettings = {
  version: 1,
  rules: [{ ...rule, value: 30 }],
  hours: FIRST_HOURS,
  limits: FIRST_LIMITS,
  years: [],
};
let written: unknown[];

beforeEach(() => {
  useLanguage.setState({ language: 'zh-Hans' });
  written = [];
  renderSignedIn(<ClocksTab />, {
    answer: ({ path, body }) => {
      if (path !== '/api/clocks') return undefined;
      if (body !== undefined) written.push(body);
      return body === undefined ? settings : { ...settings, version: 2, ...(body as object) };
    },
  });
});
afterEach(cleanup);

const field = (label: string) => screen.findByLabelText<HTMLInputElement>(label);
const save = () => screen.getAllByRole<HTMLButtonElement>('button', { name: text.desk.admin.save })[0];

it.each([
  ['a limit of time', text.flow.clocks.value],
  ['a limit of the flow', text.flow.clocks.limit.reopenDays],
])('%s that is emptied is asked for again, and never written as none', async (_, label) => {
  fireEvent.change(await field(label), { target: { value: '' } });
  const emptied = await field(label);
  expect([emptied.value, emptied.getAttribute('aria-invalid'), save()?.disabled]).toEqual(['', 'true', true]);
  screen.getByText(text.deviation.rules.notYet(1));
  for (const button of screen.getAllByRole('button', { name: text.desk.admin.save })) fireEvent.click(button);
  fireEvent.change(emptied, { target: { value: '7' } });
  expect([(await field(label)).value, save()?.disabled]).toEqual(['7', false]);
  expect(written).toEqual([]);
});

it('a limit of time that is written as 0 is none, because somebody wrote it', async () => {
  fireEvent.change(await field(text.flow.clocks.value), { target: { value: '0' } });
  expect(save()?.disabled).toBe(false);
});
