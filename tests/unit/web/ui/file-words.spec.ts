import { expect, it } from '@jest/globals';
import { LANGUAGES } from '@app/shared';
import { WORDS } from '../../../../server/src/exchange/words.js';
import { CATALOGUE } from '../../../../web/src/ui/catalogue.js';

it.each(LANGUAGES)('files in %s say what the screens say', (language) => {
  const { category, severity, severityLevel, status, source } = WORDS[language];
  const screen = CATALOGUE[language];
  expect({ category, severity, severityLevel, status, source }).toEqual({
    category: screen.category,
    severity: screen.severity,
    severityLevel: screen.severityLevel,
    status: screen.status,
    source: screen.source,
  });
  expect(WORDS[language].step).toEqual(screen.action);
  expect(WORDS[language].report.field).toEqual(screen.reports.field);
  for (const [kind, ordinal] of [
    ['first', 1],
    ['follow-up', 2],
    ['follow-up', 10],
    ['follow-up', 23],
    ['final', 1],
  ] as const)
    expect(WORDS[language].report.title(kind, ordinal)).toBe(screen.reports.title(kind, ordinal));
});
