import { describe, expect, it } from '@jest/globals';
import type { AsideWord } from '@app/shared';
import { Asides } from '../../../../server/src/platform/asides.js';
import { MemoryBus } from '../../../../server/src/platform/bus-memory.js';
import { Clock } from '../../../../server/src/platform/clock.js';

describe('asides', () => {
  it('pass over what is no word, also when another version says it', async () => {
    const bus = new MemoryBus();
    const asides = new Asides(bus, new Clock());
    const heard: AsideWord[] = [];
    asides.listen((word) => heard.push(word));
    for (const text of ['', '{', 'null', '7', '[]', '{"scope":"a"}', '{"scope":1,"topic":"t","at":"now"}'])
      bus.publish('aside', Buffer.from(text));
    asides.say({ scope: 'a', topic: 'draft', data: '字' });
    await new Promise(setImmediate);
    expect(heard).toEqual([{ scope: 'a', topic: 'draft', at: expect.any(String), data: '字' }]);
  });

  it('say who speaks, as the server knows it', async () => {
    const asides = new Asides(new MemoryBus(), new Clock());
    const heard: AsideWord[] = [];
    asides.listen((word) => heard.push(word));
    const from = { name: 'duty', role: 'duty', centre: 'a' } as const;
    asides.say({ scope: 'a', topic: 't', data: 1 }, from);
    await new Promise(setImmediate);
    expect(heard).toMatchObject([{ from }]);
  });

  it('are refused over 4 KiB of UTF-8', () => {
    const asides = new Asides(new MemoryBus(), new Clock());
    const say = (length: number) => () => asides.say({ scope: 'a', topic: 't', data: '字'.repeat(length) });
    expect(say(1_300)).not.toThrow();
    expect(say(1_400)).toThrow('wire.malformed');
  });
});
