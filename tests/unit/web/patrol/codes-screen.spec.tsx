import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { CodeSheet } from '@app/shared';
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
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
afterEach(() => {
  jest.useRealTimers();
  cleanup();
});

describe('a code as it is printed', () => {
  it('bears the day of the city’s wall, not the one of Greenwich', async () => {
    renderSignedIn(<CodesScreen />, { answer: ({ path }) => sheet(idOf(path), 'OLD') }, ADDRESS);
    const [card] = await screen.findAllByText(/ · 2026-/);
    expect(card?.textContent).toMatch(/ · 2026-11-25$/);
  });
});

/** A server that has codes and counts who reads them; `broken` says which making anew does not come through. */
function codeDoor(broken: readonly string[] = []) {
  const codes = new Map<string, string>(POINTS.map((id, index) => [id, `OLD${index}`]));
  const asked: boolean[] = [];
  const gate: { open?: () => void; isShut: boolean } = { isShut: false };
  const answer = async ({ path, body }: { path: string; body: unknown }) => {
    const id = idOf(path);
    const { rotate } = body as { rotate: boolean };
    if (gate.isShut && !rotate) await new Promise<void>((open) => (gate.open = open));
    asked.push(rotate);
    if (rotate && broken.includes(id)) throw new TypeError('no route');
    if (rotate) codes.set(id, `NEW${POINTS.findIndex((point) => point === id)}`);
    return sheet(id, codes.get(id) ?? '');
  };
  return { asked, answer, gate };
}

const shown = () => screen.queryAllByRole('img').map((img) => img.getAttribute('alt'));
const print = () => screen.getByRole<HTMLButtonElement>('button', { name: '打印' });

async function open(answer: ReturnType<typeof codeDoor>['answer']) {
  renderSignedIn(<CodesScreen />, { answer }, ADDRESS);
  await waitFor(() => expect(shown()).toEqual(['OLD0', 'OLD1']));
  expect(print().disabled).toBe(false);
}

function renew() {
  fireEvent.click(screen.getByRole('button', { name: '换新码' }));
  fireEvent.click(screen.getByRole('button', { name: '换新' }));
}

describe('codes that are made anew', () => {
  it('are shown as they were answered, without another reading in the audit', async () => {
    const { asked, answer } = codeDoor();
    await open(answer);
    renew();
    await waitFor(() => expect(shown()).toEqual(['NEW0', 'NEW1']));
    expect(print().disabled).toBe(false);
    expect(asked).toEqual([false, false, true, true]);
  });

  it('are not for print when it broke off, until what holds was read', async () => {
    const { asked, answer, gate } = codeDoor([POINTS[1]]);
    await open(answer);
    gate.isShut = true;
    renew();
    await screen.findByRole('alert');
    expect([print().disabled, shown()]).toEqual([true, []]);
    gate.isShut = false;
    await waitFor(() => expect(gate.open).toBeDefined());
    gate.open?.();
    await waitFor(() => expect(shown()).toEqual(['NEW0', 'OLD1']));
    expect(print().disabled).toBe(false);
    expect(screen.getByRole('alert')).toBeDefined();
    expect(asked).toEqual([false, false, true, true, false, false]);
  });
});

describe('codes that are looked at', () => {
  it('are not read again by time, since every reading is audited', async () => {
    jest.useFakeTimers({ advanceTimers: true });
    const { asked, answer } = codeDoor();
    await open(answer);
    await jest.advanceTimersByTimeAsync(2 * 3_600_000);
    expect(asked).toEqual([false, false]);
  });

  it('come on papers that are the tabs of one list', async () => {
    await open(codeDoor().answer);
    expect(screen.getByRole('tablist').querySelectorAll('[role=tab]').length).toBe(3);
  });
});
