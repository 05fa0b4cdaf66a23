import { afterEach, describe, expect, it } from '@jest/globals';
import type { Coverages, Language } from '@app/shared';
import { cleanup, render } from '@testing-library/react';
import { CoveragePanel } from '../../../../web/src/screens/patrol/coverage-panel.js';
import { UnlistedNote } from '../../../../web/src/screens/patrol/unlisted-note.js';
import { CATALOGUE, useLanguage } from '../../../../web/src/ui/catalogue.js';

const LANGUAGES: readonly Language[] = ['zh-Hans', 'zh-Hant', 'en'];
const NOTHING: Coverages = { all: { owed: 0, made: 0 }, beats: [], checkpoints: [], shifts: [], forces: [] };

afterEach(cleanup);

describe('visits that a force does not release', () => {
  it.each(LANGUAGES)('are told by their number, and never read as none (%s)', (language) => {
    useLanguage.setState({ language });
    const { ground } = CATALOGUE[language];
    const { container } = render(<UnlistedNote listed={0} withheld={7} />);
    expect(container.textContent).toBe(ground.withheldVisits(7));
    expect(container.textContent).toContain('7');
    expect(container.textContent).not.toContain(ground.noVisits);
  });

  it.each(LANGUAGES)(
    'are told beside those that are listed, and only where there are any (%s)',
    (language) => {
      useLanguage.setState({ language });
      const { ground } = CATALOGUE[language];
      const note = (listed: number, withheld: number) =>
        render(<UnlistedNote listed={listed} withheld={withheld} />).container.textContent;
      expect(note(3, 1)).toBe(ground.withheldVisits(1));
      expect(note(3, 0)).toBe('');
      expect(note(0, 0)).toContain(ground.noVisits);
    },
  );

  it.each(LANGUAGES)('are no coverage of nothing owed (%s)', (language) => {
    useLanguage.setState({ language });
    const { ground } = CATALOGUE[language];
    const panel = (withheld: number) =>
      render(<CoveragePanel coverage={NOTHING} withheld={withheld} observedAt={null} ground={undefined} />)
        .container.textContent;
    expect(panel(7)).toContain(ground.uncounted);
    expect(panel(7)).not.toContain(ground.nothingOwed);
    expect(panel(0)).toContain(ground.nothingOwed);
  });
});

describe('the time at a hot spot', () => {
  it('is said of all shifts listed, as it is summed, and not of one shift', () => {
    const [hans, hant] = (['zh-Hans', 'zh-Hant'] as const).map((one) =>
      CATALOGUE[one].ground.doseOf(18, '72'),
    );
    expect([hans, hant]).toEqual(['所列班次到点 18 次，共 72。', '所列班次到點 18 次，共 72。']);
  });
});
