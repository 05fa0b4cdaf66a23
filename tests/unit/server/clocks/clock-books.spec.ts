import { EventEmitter, once } from 'node:events';
import { expect, it } from '@jest/globals';
import { FIRST_FLOW_RULES, FIRST_HOURS, FIRST_LIMITS } from '../../../../shared/src/index.js';
import type { BookHead, ClockBookRepository } from '../../../../server/src/clocks/clock-book.repository.js';
import { ClockBooks } from '../../../../server/src/clocks/clock-books.js';
import type { FlowRuleRepository } from '../../../../server/src/clocks/flow-rule.repository.js';
import type { Clock } from '../../../../server/src/platform/clock.js';
import type { Config } from '../../../../server/src/platform/config.js';

const HEAD: BookHead = { version: 1, hours: FIRST_HOURS, limits: FIRST_LIMITS };
const NEXT: BookHead = { ...HEAD, version: 2, limits: { ...FIRST_LIMITS, suspendDays: 7 } };

it('a reading that began before another and ends after it does not bring back the book from before a change', async () => {
  const slow = new EventEmitter();
  const heads = [HEAD, NEXT];
  const waits = [once(slow, 'go'), Promise.resolve()];
  const kept = {
    head: async () => heads.shift() ?? NEXT,
    rules: async () => {
      await waits.shift();
      return [];
    },
    days: async () => [],
  } as unknown as ClockBookRepository;
  const flow = { read: async () => FIRST_FLOW_RULES } as unknown as FlowRuleRepository;
  const books = new ClockBooks(
    kept,
    flow,
    { now: () => 0 } as Clock,
    { timeZone: 'Asia/Shanghai' } as Config,
  );
  const early = books.refresh();
  expect((await books.refresh()).limits.suspendDays).toBe(7);
  slow.emit('go');
  expect((await early).limits.suspendDays).toBe(7);
  expect((await books.current()).limits.suspendDays).toBe(7);
});
