import { describe, expect, it } from '@jest/globals';
import { Passwords } from '../../../../server/src/access/passwords.js';

describe('passwords', () => {
  it('are kept as argon2id of 19 MiB, two passes, one lane', async () => {
    const passwords = new Passwords();
    const kept = await passwords.hash('Gobi-Wind-42');
    expect(kept).toMatch(/^\$argon2id\$v=19\$m=19456,p=1,t=2\$|^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await passwords.verify(kept, 'Gobi-Wind-42')).toBe(true);
    expect(await passwords.verify(kept, 'Gobi-Wind-43')).toBe(false);
  });

  it('are also compared where there is none, and never match', async () => {
    expect(await new Passwords().verify(null, 'Gobi-Wind-42')).toBe(false);
  });

  it('are worked on two at a time, in order, also after one failed', async () => {
    const passwords = new Passwords();
    const order: number[] = [];
    let running = 0;
    let most = 0;
    const work = (number: number) =>
      passwords.inTurn(async () => {
        most = Math.max(most, ++running);
        await Promise.resolve();
        order.push(number);
        running--;
        if (number === 1) throw new Error('one failed');
      });
    const results = await Promise.allSettled([0, 1, 2, 3, 4].map(work));
    expect(most).toBe(2);
    expect(order).toEqual([0, 1, 2, 3, 4]);
    expect(results.map(({ status }) => status === 'fulfilled')).toEqual([true, false, true, true, true]);
  });
});
