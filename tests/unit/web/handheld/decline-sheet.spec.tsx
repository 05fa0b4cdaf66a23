import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { CATALOGUE, useLanguage } from '../../../../web/src/ui/catalogue.js';
import { DeclineSheet } from '../../../../web/src/screens/handheld/decline-sheet.js';

const text = CATALOGUE['zh-Hans'];
const onDecline = jest.fn();
// The document of tests has no dialogs: what is in one is seen all the same.
HTMLDialogElement.prototype.showModal = function open(this: HTMLDialogElement) {
  this.open = true;
};

beforeEach(() => {
  onDecline.mockClear();
  useLanguage.setState({ language: 'zh-Hans' });
  render(<DeclineSheet about="嘉综〔2026〕000001" onDecline={onDecline} onClose={() => undefined} />);
});
afterEach(cleanup);

it('a usual reason is one tap', () => {
  const [first = ''] = text.handheld.declineReasons;
  fireEvent.click(screen.getByRole('button', { name: first }));
  expect(onDecline.mock.calls).toEqual([[first]]);
});

it('words of the crew go too, and nothing goes without any', () => {
  const send = screen.getByRole('button', { name: text.action.decline });
  const words = screen.getByLabelText(text.handheld.declineOther);
  for (const blank of ['', '   ']) {
    fireEvent.change(words, { target: { value: blank } });
    expect(send).toHaveProperty('disabled', true);
  }
  fireEvent.change(words, { target: { value: ' 路被封了 ' } });
  fireEvent.click(send);
  expect(onDecline.mock.calls).toEqual([['路被封了']]);
});
