import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import type { AsideWord, NewDevice, Team } from '@app/shared';
import type { Bus } from '../../server/src/platform/bus.js';
import { MemoryBus } from '../../server/src/platform/bus-memory.js';
import { RedisBus } from '../../server/src/platform/bus-redis.js';
import { Log } from '../../server/src/platform/log.js';
import { Fleet } from '../../server/src/positions/fleet.js';
import { ask, openApp, once as told, Person, type RunningApp } from '../support/app.js';
import { centresOf, commit, factOf } from '../support/facts.js';
import { openProxy, type Proxy } from '../support/proxy.js';
import { openRedis, type RunningRedis } from '../support/redis.js';
import { Screen } from '../support/screen.js';

const log = new Log({ logLevel: 'silent', site: 'test' });
let redis: RunningRedis;

beforeAll(async () => {
  redis = await openRedis();
});
afterAll(() => redis?.close());

async function until(isMet: () => boolean, what: string): Promise<void> {
  for (let waited = 0; !isMet(); waited += 20) {
    if (waited > 10_000) throw new Error(`${what}: not within 10 s`);
    await pause(20);
  }
}

const buses: { name: string; open: () => Bus }[] = [
  { name: 'in memory', open: () => new MemoryBus() },
  { name: 'over Redis', open: () => new RedisBus(redis.url, log) },
];

describe.each(buses)('a bus $name', ({ open }) => {
  let bus: Bus;
  beforeAll(async () => {
    bus = open();
    await until(() => bus.isUp, 'the bus');
  });
  afterAll(() => bus.close());

  it('tells every listener of a topic the same bytes once, in order, and nobody else', async () => {
    const heard: string[] = [];
    const ends = [
      bus.subscribe('one', (bytes) => heard.push(`a${bytes[0]}`)),
      bus.subscribe('one', (bytes) => heard.push(`b${bytes[0]}`)),
      bus.subscribe('two', (bytes) => heard.push(`c${bytes[0]}`)),
    ];
    for (const byte of [1, 2, 255]) bus.publish('one', Uint8Array.of(byte));
    await until(() => heard.length === 6, 'six words');
    await pause(50);
    expect(heard.filter((word) => word.startsWith('a'))).toEqual(['a1', 'a2', 'a255']);
    expect(heard.filter((word) => word.startsWith('b'))).toEqual(['b1', 'b2', 'b255']);
    expect(heard).toHaveLength(6);
    for (const end of ends) end();
    bus.publish('one', Uint8Array.of(9));
    await pause(50);
    expect(heard).toHaveLength(6);
  });

  it('never tells a listener within the call that published', () => {
    let isHeard = false;
    const end = bus.subscribe('late', () => (isHeard = true));
    bus.publish('late', new Uint8Array(0));
    expect(isHeard).toBe(false);
    end();
  });
});

describe('two buses over one Redis', () => {
  let proxy: Proxy;
  let near: RedisBus;
  let far: RedisBus;
  beforeAll(async () => {
    proxy = await openProxy(Number(new URL(redis.url).port));
    // Redis cannot be reached while this process starts: its topics must not be lost.
    proxy.cut();
    near = new RedisBus(`redis://127.0.0.1:${proxy.port}`, log);
    far = new RedisBus(redis.url, log);
    await until(() => far.isUp, 'the far bus');
  });
  afterAll(async () => {
    await Promise.all([near.close(), far.close()]);
    await proxy.close();
  });

  it('hear each other, also when Redis came after the subscription', async () => {
    const heard: string[] = [];
    near.subscribe('word', (bytes) => heard.push(Buffer.from(bytes).toString()));
    far.subscribe('word', (bytes) => heard.push(Buffer.from(bytes).toString()));
    near.publish('word', Buffer.from('alone'));
    await pause(50);
    expect([near.isUp, heard]).toEqual([false, ['alone']]);
    proxy.resume();
    await until(() => near.isUp, 'the near bus');
    far.publish('word', Buffer.from('together'));
    await until(() => heard.length === 3, 'both hear it');
    expect(heard.slice(1)).toEqual(['together', 'together']);
  });

  it('notice a Redis that hangs, and one that is back', async () => {
    proxy.pause();
    await until(() => !near.isUp, 'the silence');
    const began = performance.now();
    for (let i = 0; i < 10_000; i++) near.publish('word', new Uint8Array(10));
    expect(performance.now() - began).toBeLessThan(1_000);
    proxy.resume();
    await until(() => near.isUp, 'the near bus');
    proxy.cut();
    await until(() => !near.isUp, 'the loss');
    proxy.resume();
    await until(() => near.isUp, 'the near bus again');
    const heard = new Promise((resolve) => near.subscribe('after', resolve));
    await pause(100);
    far.publish('after', Uint8Array.of(1));
    await heard;
  });
});

describe.each([{ name: 'with Redis' }, { name: 'without Redis' }])(
  'two processes on one database $name',
  ({ name }) => {
    let first: RunningApp;
    let second: RunningApp;
    let here: Person;
    let there: Person;
    let root: string;
    const env = (): Record<string, string> =>
      name === 'with Redis' ? { REDIS_URL: redis.url, LOG_LEVEL: 'silent' } : { LOG_LEVEL: 'silent' };

    beforeAll(async () => {
      first = await openApp({ env: env() });
      second = await openApp({ env: env(), databaseUrl: first.databaseUrl });
      here = await first.signIn('duty');
      there = await second.signIn('commander');
      ({ root } = centresOf(first));
    });
    afterAll(async () => {
      await second?.close();
      await first?.close();
    });

    it('show their screens what either commits, in one order', async () => {
      const screens = [await Screen.joined(here, root), await Screen.joined(there, root)] as const;
      const facts = Array.from({ length: 20 }, () => factOf([root]));
      await Promise.all(facts.map((fact, i) => commit(i % 2 === 0 ? first : second, fact)));
      for (const screen of screens) for (const { id } of facts) await screen.sees(id);
      const [mine, other] = screens.map(({ entries }) => entries.map(({ id }) => id));
      expect(mine).toEqual(other);
      expect(screens.flatMap(({ faults }) => faults)).toEqual([]);
      for (const screen of screens) screen.close();
    });

    it('let a session of one sign in at the other, and end it there', async () => {
      const moved = await Screen.open(new Person(second.url, here.headers), root);
      await moved.join();
      const gone = new Promise((resolve) => moved.socket.once('disconnect', resolve));
      const notice = told<{ code: string }>(moved.socket, 'notice');
      await here.ask('DELETE', '/api/session');
      expect(await notice).toEqual({ code: 'signed-out' });
      await gone;
      here = await first.signIn('duty');
    });

    if (name === 'with Redis') {
      it('tell colleagues asides over both', async () => {
        const screens = [await Screen.joined(here, root), await Screen.joined(there, root)] as const;
        const heard = Promise.all(screens.map(({ socket }) => told<AsideWord>(socket, 'aside')));
        await ask(screens[0].socket, 'aside', { scope: root, topic: 'draft', data: { words: '处置中' } });
        expect((await heard).map(({ data }) => data)).toEqual([{ words: '处置中' }, { words: '处置中' }]);
        for (const screen of screens) screen.close();
      });

      it('merge their fleets', async () => {
        const teams = (await there.get<{ items: Team[] }>('/api/teams?limit=2')).body.items;
        for (const [i, team] of teams.entries()) {
          const { body: device } = await there.post<NewDevice>('/api/devices', { team: team.id });
          const fix = { device: device.id, at: new Date().toISOString(), lng: 98.28 + i / 100, lat: 39.77 };
          const by = i === 0 ? here : there;
          expect((await by.post('/api/positions', [fix])).body).toMatchObject({ accepted: 1 });
        }
        for (const { app } of [first, second])
          for (const { id } of teams)
            await until(() => app.get(Fleet).get(id) !== undefined, `team ${id} in both fleets`);
      });
    }
  },
);
