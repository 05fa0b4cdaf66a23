import { describe, expect, it } from '@jest/globals';
import type { DeviceMessage } from '../../../../shared/src/index.js';
import { standingOf } from '../../../../web/src/screens/centre/downlink-list.js';
import { CATALOGUE } from '../../../../web/src/ui/catalogue.js';
import { ago, NOW } from '../cards.js';

const message = (part: Partial<DeviceMessage>): DeviceMessage => ({
  id: 'm',
  kind: 'text',
  state: 'waiting',
  createdAt: ago(5),
  sentAt: null,
  answeredAt: null,
  result: null,
  ...part,
});
const text = CATALOGUE['zh-Hans'];
const minutesAgo = (part: Partial<DeviceMessage>) => {
  const { words, at, isBad } = standingOf(message(part), text);
  return [words, (NOW - at) / 60_000, isBad];
};

describe('what became of a message to a terminal', () => {
  it.each([
    ['queued', {}, ['排队中', 5, false]],
    ['sent', { state: 'sent', sentAt: ago(4) }, ['已发送', 4, false]],
    [
      'acknowledged',
      { state: 'answered', sentAt: ago(4), answeredAt: ago(3), result: 0 },
      ['终端已应答', 3, false],
    ],
    [
      'not done',
      { state: 'answered', sentAt: ago(4), answeredAt: ago(3), result: 3 },
      ['终端未执行（不支持）', 3, true],
    ],
    ['lapsed', { state: 'lapsed' }, ['未送达：终端不在线', 5, true]],
  ] as const)('%s, and since when', (_, part, wanted) => {
    expect(minutesAgo(part)).toEqual(wanted);
  });
});
