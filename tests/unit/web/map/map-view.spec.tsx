import { afterEach, expect, it, jest } from '@jest/globals';
import { act, cleanup, render, screen } from '@testing-library/react';
import type { Settings } from '../../../../shared/src/index.js';
import type { MapEngine } from '../../../../web/src/map/engine.js';

const openEngine = jest.fn(async () => ({ destroy: () => undefined }) as MapEngine);
jest.unstable_mockModule('../../../../web/src/map/open-engine.js', () => ({ openEngine }));
jest.unstable_mockModule('../../../../web/src/map/slots.js', () => ({ addSlots: () => undefined }));
jest.unstable_mockModule('../../../../web/src/ui/painted.js', () => ({ painted: () => Promise.resolve() }));
const { MapView, useUnit } = await import('../../../../web/src/map/map-view.js');
const { useViewportScale } = await import('../../../../web/src/ui/use-viewport-scale.js');

function Layer() {
  return <i>{useUnit()} ×</i>;
}

function Wall() {
  useViewportScale();
  return (
    <MapView settings={{} as Settings} camera={{ center: [98, 39], zoom: 12 }} label="city">
      <Layer />
    </MapView>
  );
}

afterEach(() => {
  cleanup();
  document.head.replaceChildren();
});

it('a map on a screen with large letters was drawn in small ones, as the screen grew after it: it is drawn once, and large', async () => {
  const style = document.createElement('style');
  style.textContent = "html { font-size: 16px } html[data-scale='viewport'] { font-size: 32px }";
  document.head.append(style);
  render(<Wall />);
  await act(async () => undefined);
  expect(screen.getByText('2 ×')).toBeDefined();
  expect(openEngine).toHaveBeenCalledTimes(1);
});
