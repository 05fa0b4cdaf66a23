import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { FIRST_LIMITS } from '@app/shared';
import { cleanup, screen } from '@testing-library/react';
import { useAuditDetail } from '../../../../web/src/screens/admin/audit-words.js';
import { useLanguage } from '../../../../web/src/ui/catalogue.js';
import { renderSignedIn } from '../house.js';

beforeEach(() => useLanguage.setState({ language: 'zh-Hans' }));
afterEach(cleanup);

function Detail({ of }: { of: Record<string, unknown> }) {
  return <p data-testid="said">{useAuditDetail()({ detail: of })}</p>;
}

it.each([
  [
    'instants of the city',
    { to: '2026-03-05T02:00:00Z', from: '2026-03-05T01:02:03.004Z' },
    /^从 .*03-05 09:02、至 .*03-05 10:00$/,
  ],
  ['yes and no', { strength: false, positions: 'coarse' }, /^位置 .*公里.*、公开人数 否$/],
  ['lists by their length', { fields: ['names', 'ring'] }, /^改动项 2$/],
  ['what stands in another', { filter: { category: 'fire' }, rows: 3 }, /^行数 3、条件 类别 火情烟雾$/],
  [
    'each limit of the flow by its name',
    { rules: null, limits: FIRST_LIMITS },
    new RegExp(
      `^限额 ${Object.keys(FIRST_LIMITS)
        .map(() => '[\\u4e00-\\u9fff：（）]+ \\d+')
        .join('、')}$`,
    ),
  ],
  ['nothing of what is not set', { answer: null, label: 'internal', sha256: 'ab' }, /^$/],
  ['a word that says what it is alone', { reason: 'wrong-record', texts: 2 }, /^写错了记录、文字段数 2$/],
  ['a key of another version as it is', { later: 'x' }, /^later x$/],
])('a line of the audit says %s', async (_, detail, said) => {
  renderSignedIn(<Detail of={detail} />, {});
  expect((await screen.findByTestId('said')).textContent).toMatch(said);
});
