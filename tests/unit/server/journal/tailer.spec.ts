import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { CentreTree } from '../../../../server/src/access/centre-tree.js';
import { WAKE } from '../../../../server/src/journal/journal.js';
import { Tailer } from '../../../../server/src/journal/tailer.js';
import { MemoryBus } from '../../../../server/src/platform/bus-memory.js';
import { Clock } from '../../../../server/src/platform/clock.js';
import type { Database } from '../../../../server/src/platform/database.js';
import { Log } from '../../../../server/src/platform/log.js';
import { Metrics } from '../../../../server/src/platform/metrics.js';

const NOTHING_NEW = { headSeq: 7, headMark: 1, headTree: 1, atMark: 1, seq: null };

describe('a tailer that is woken by commits', () => {
  const bus = new MemoryBus();
  let readings = 0;
  let tailer: Tailer;

  beforeEach(async () => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick', 'setImmediate'] });
    readings = 0;
    const database = {
      lane: () => ({
        query: async () => (readings++, [NOTHING_NEW]),
        end: async () => undefined,
      }),
      snapshot: async () => ({ head: { seq: 7, mark: 1, tree: 1 }, rows: [] }),
    } as unknown as Database;
    const tree = { load: async () => undefined } as unknown as CentreTree;
    const log = new Log({ logLevel: 'silent', site: 'test' });
    tailer = new Tailer(database, tree, bus, new Clock(), log, new Metrics());
    await tailer.onApplicationBootstrap();
  });
  afterEach(async () => {
    await tailer.onApplicationShutdown();
    jest.useRealTimers();
  });

  const wake = async () => {
    bus.publish(WAKE, new Uint8Array(0));
    await jest.advanceTimersByTimeAsync(0);
  };

  it('that read once for every commit of a stream reads them in groups', async () => {
    for (let i = 0; i < 100; i++) await wake();
    expect(readings).toBe(1);
    await jest.advanceTimersByTimeAsync(20);
    expect(readings).toBe(2);
  });

  it('reads at once after a rest, and again for what came while it read', async () => {
    await wake();
    await jest.advanceTimersByTimeAsync(20);
    expect(readings).toBe(1);
    await wake();
    expect(readings).toBe(2);
    await wake();
    await jest.advanceTimersByTimeAsync(20);
    expect(readings).toBe(3);
  });

  it('keeps nobody waiting who asks for the head', async () => {
    await wake();
    await tailer.poll();
    await tailer.poll();
    expect(readings).toBe(3);
  });
});
