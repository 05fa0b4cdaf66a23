import { expect, it, jest } from '@jest/globals';
import { act, renderHook } from '@testing-library/react';

const centres = new Map([
  ['city', { parent: null }],
  ['county', { parent: 'city' }],
]);
jest.unstable_mockModule('../../../../web/src/link/installation.js', () => ({
  useInstallation: () => ({ centres }),
}));
const { useBoxChoice } = await import('../../../../web/src/screens/duty/use-box-choice.js');

const open = (scope: string) =>
  renderHook((props: { scope: string }) => useBoxChoice(props.scope), { initialProps: { scope } });

it('the box of instructions is that of the centre looked at, not of the one looked at first', () => {
  const { result, rerender } = open('city');
  expect(result.current[0]).toBe('sent');
  rerender({ scope: 'county' });
  expect(result.current[0]).toBe('received');
  rerender({ scope: 'city' });
  expect(result.current[0]).toBe('sent');
});

it('a box that was picked stays picked', () => {
  const { result, rerender } = open('county');
  act(() => result.current[1]('sent'));
  rerender({ scope: 'city' });
  rerender({ scope: 'county' });
  expect(result.current[0]).toBe('sent');
});
