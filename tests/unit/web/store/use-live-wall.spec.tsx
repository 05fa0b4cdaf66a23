import { expect, it, jest } from '@jest/globals';
import { StrictMode } from 'react';
import { render } from '@testing-library/react';

class FakeSocket {
  isOpen = false;
  on = () => this;
  emit = () => this;
  removeAllListeners = () => this;
  connect = () => {
    this.isOpen = true;
    return this;
  };
  disconnect = () => {
    this.isOpen = false;
    return this;
  };
}
const sockets: FakeSocket[] = [];
jest.unstable_mockModule('../../../../web/src/link/live-socket.js', () => ({
  openLiveSocket: () => {
    const socket = new FakeSocket();
    sockets.push(socket);
    return socket;
  },
}));
const { useLiveWall } = await import('../../../../web/src/store/use-live-wall.js');

function Screen({ scope }: { scope: string }) {
  useLiveWall(scope);
  return null;
}
const open = () => sockets.filter(({ isOpen }) => isOpen).length;

it('a tab never has two sockets: effects that run twice, another scope, two screens at once', () => {
  const { rerender, unmount } = render(<Screen scope="a" />, { wrapper: StrictMode });
  expect(sockets.length).toBeGreaterThan(1);
  expect(open()).toBe(1);
  rerender(<Screen scope="b" />);
  expect(open()).toBe(1);
  const other = render(<Screen scope="c" />);
  expect(open()).toBe(1);
  unmount();
  expect(open()).toBe(1);
  other.unmount();
  expect(open()).toBe(0);
});

it('a page that is put away has none, and one again when it is shown as it was', () => {
  const { unmount } = render(<Screen scope="a" />);
  expect(open()).toBe(1);
  window.dispatchEvent(new Event('pagehide'));
  expect(open()).toBe(0);
  window.dispatchEvent(new Event('online'));
  expect(open()).toBe(0);
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: false }));
  expect(open()).toBe(0);
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  expect(open()).toBe(1);
  unmount();
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  expect(open()).toBe(0);
});
