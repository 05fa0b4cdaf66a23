import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  type Answer,
  Digest,
  type Join,
  type Joined,
  type PictureItem,
} from '../../../../shared/src/index.js';
import type { LinkListener } from '../../../../web/src/link/link-listener.js';
import { LiveLink } from '../../../../web/src/link/live-link.js';
import type { LiveSocket } from '../../../../web/src/link/live-socket.js';
import { serverClock } from '../../../../web/src/ui/server-clock.js';

const SCOPE = '00000000-0000-7000-8000-000000000001';
const NOTHING = '0000000000000000';
const AT = '2026-11-24T04:00:00.000Z';

const digestA = new Digest();
digestA.add('x', 'a', 1);
const digestOfA = digestA.hex();

/** A socket whose other end is the test. */
class FakeSocket {
  connected = false;
  readonly handlers = new Map<string, (payload?: unknown) => void>();
  readonly sent: { event: string; body: unknown; ack: (answer: unknown) => void }[] = [];

  on(event: string, handle: (payload?: unknown) => void) {
    this.handlers.set(event, handle);
    return this;
  }
  emit(event: string, body: unknown, ack: (answer: unknown) => void) {
    this.sent.push({ event, body, ack });
    return this;
  }
  connect() {
    return this;
  }
  disconnect() {
    this.connected = false;
    return this;
  }
  removeAllListeners() {
    this.handlers.clear();
    return this;
  }
  fire(event: string, payload?: unknown) {
    if (event === 'connect') this.connected = true;
    this.handlers.get(event)?.(payload);
  }
  joins(): Join[] {
    return this.sent.filter(({ event }) => event === 'join').map(({ body }) => body as Join);
  }
  answer(part: Partial<Joined>) {
    const roster = { scope: SCOPE, version: 0, slots: [] };
    const joined = {
      scope: SCOPE,
      cursor: '1.a',
      mode: 'snapshot',
      snapshot: [],
      roster,
      digest: NOTHING,
      at: AT,
      ...part,
    };
    const answer = { ok: true, ...joined } as Answer<Joined>;
    this.sent.findLast(({ event }) => event === 'join')?.ack(answer);
  }
  pulse(part: { cursor?: string; digest?: string } = {}) {
    const at = new Date(Date.parse(AT) + performance.now()).toISOString();
    this.fire('pulse', { scope: SCOPE, cursor: '1.a', digest: NOTHING, tick: 1, at, ...part });
  }
}

describe('the live link', () => {
  let sockets: FakeSocket[];
  let link: LiveLink;
  let listener: jest.Mocked<LinkListener>;
  /** How far the PC's clock is off. */
  let clockOff: number;
  const last = () => sockets.at(-1) ?? new FakeSocket();

  beforeEach(() => {
    jest.useFakeTimers({ now: 0 });
    sockets = [];
    clockOff = 0;
    listener = {
      picture: jest.fn(),
      sight: jest.fn(),
      caughtUp: jest.fn(),
      repaired: jest.fn(),
      still: jest.fn(),
      roster: jest.fn(),
      frame: jest.fn(),
      refused: jest.fn(),
    };
    link = new LiveLink({
      scope: SCOPE,
      listener,
      wall: () => Date.now() + clockOff,
      open: () => {
        const socket = new FakeSocket();
        sockets.push(socket);
        return socket as unknown as LiveSocket;
      },
    });
    link.start();
    last().fire('connect');
    last().answer({});
    last().pulse();
  });
  afterEach(() => {
    link.stop();
    jest.useRealTimers();
  });

  it('joins with protocol 1 and no cursor, and is live only after a pulse', () => {
    const lanes = ['journal', 'positions'];
    expect(last().joins()).toEqual([{ protocol: 1, scope: SCOPE, lanes, roster: 'runs' }]);
    expect(listener.sight).toHaveBeenLastCalledWith({ state: 'live' }, Date.parse(AT));
  });

  it('says that it is blind within 3 s and a look of the last pulse', () => {
    jest.advanceTimersByTime(3300);
    expect(listener.sight).toHaveBeenLastCalledWith(
      { state: 'blind', since: Date.parse(AT) },
      Date.parse(AT),
    );
  });

  it('a pulse that was held up for longer than proof lasts makes nothing look younger than the banner says', () => {
    jest.advanceTimersByTime(3300);
    const heldUp = new Date(Date.parse(AT) + 100).toISOString();
    serverClock.hear(Date.parse(AT) + 3300);
    last().fire('pulse', { scope: SCOPE, cursor: '1.a', digest: NOTHING, tick: 1, at: heldUp });
    expect(listener.sight).toHaveBeenLastCalledWith(
      { state: 'blind', since: Date.parse(AT) },
      Date.parse(AT),
    );
  });

  it('says that positions stand still while pulses with the same tick prove the rest', () => {
    for (let i = 0; i < 3; i++) {
      jest.advanceTimersByTime(1000);
      last().pulse();
    }
    expect(listener.still).toHaveBeenLastCalledWith(Date.parse(AT));
    expect(listener.sight).toHaveBeenLastCalledWith({ state: 'live' }, Date.parse(AT) + 3000);
  });

  it('a cut link comes back by itself with its cursor, and tells what it caught up', () => {
    last().fire('disconnect');
    jest.advanceTimersByTime(4000);
    expect(sockets.length).toBeGreaterThan(1);
    last().fire('connect');
    expect(last().joins().at(-1)?.cursor).toBe('1.a');
    const card: PictureItem = { kind: 'x', id: 'a', version: 1, card: {} };
    last().answer({
      mode: 'resume',
      cursor: '2.b',
      backlog: [{ ...card, fact: 'f' }] as never,
      digest: digestOfA,
    });
    last().pulse({ cursor: '2.b', digest: digestOfA });
    jest.advanceTimersByTime(1000);
    last().pulse({ cursor: '2.b', digest: digestOfA });
    expect(listener.caughtUp).toHaveBeenCalledWith(expect.objectContaining({ entries: 1, whole: false }));
  });

  it('a pulse at another cursor makes it join again with the cursor that it has', () => {
    last().pulse({ cursor: '9.z' });
    expect(last().joins()).toHaveLength(2);
    expect(last().joins().at(-1)?.cursor).toBe('1.a');
    expect(sockets).toHaveLength(1);
  });

  it('a wrong digest is said, counted, and healed by a snapshot', () => {
    last().pulse({ digest: 'ffffffffffffffff' });
    expect(listener.repaired).toHaveBeenCalledWith(1);
    expect(last().joins().at(-1)).not.toHaveProperty('cursor');
  });

  it('a difference that was seeded is found, and told to the server with both digests and the first entity', () => {
    const card = { kind: 'x', id: 'a', card: {} };
    last().fire('journal', {
      scope: SCOPE,
      after: '1.a',
      cursor: '2.b',
      entries: [{ ...card, version: 2, fact: 'f' }],
    });
    last().pulse({ cursor: '2.b', digest: digestOfA });
    last().answer({ cursor: '3.c', snapshot: [{ ...card, version: 1 }], digest: digestOfA });
    const told = last().sent.filter(({ event }) => event === 'difference');
    expect(told.map(({ body }) => body)).toEqual([
      {
        scope: SCOPE,
        cursor: '2.b',
        ours: expect.stringMatching(/^[0-9a-f]{16}$/),
        theirs: digestOfA,
        entity: { kind: 'x', id: 'a', ours: 2, theirs: 1 },
      },
    ]);
  });

  const team = (id: string): PictureItem => ({ kind: 'team', id, version: 1, card: {} });
  const joinWith = (roster: object, digest?: string) => {
    const digestOfTeams = new Digest();
    for (const id of ['a', 'b']) digestOfTeams.add('team', id, 1);
    last().fire('disconnect');
    jest.advanceTimersByTime(4000);
    last().fire('connect');
    last().answer({
      cursor: '2.b',
      snapshot: [team('b'), team('a')],
      digest: digest ?? digestOfTeams.hex(),
      roster: { scope: SCOPE, version: 4, cursor: '2.b', ...roster } as never,
    });
  };

  it('makes the roster out from runs over the teams of its picture, and follows its changes', () => {
    joinWith({ teams: 2, runs: [1, -1, 2, 0] });
    expect(listener.roster).toHaveBeenLastCalledWith({ scope: SCOPE, version: 4, slots: [null, 'a', 'b'] });
    last().fire('roster', {
      scope: SCOPE,
      version: 6,
      after: 4,
      changed: [
        [0, 'c'],
        [2, null],
      ],
    });
    expect(listener.roster).toHaveBeenLastCalledWith({ scope: SCOPE, version: 6, slots: ['c', 'a', null] });
  });

  it('a roster that it cannot make out is asked for in full', () => {
    const told = listener.roster.mock.calls.length;
    joinWith({ teams: 3, runs: [3, 0] });
    expect(listener.roster).toHaveBeenCalledTimes(told);
    expect(last().joins()).toHaveLength(2);
    expect(last().joins().at(-1)).not.toHaveProperty('roster');
  });

  it('runs over a picture that is not the server’s are not read', () => {
    const told = listener.roster.mock.calls.length;
    joinWith({ teams: 2, runs: [2, 0] }, 'ffffffffffffffff');
    expect(listener.roster).toHaveBeenCalledTimes(told);
    expect(listener.repaired).toHaveBeenCalledWith(1);
  });

  it('a server of another version, which knows no runs, is asked without', () => {
    last().fire('disconnect');
    jest.advanceTimersByTime(4000);
    last().fire('connect');
    const refusal = { ok: false, error: { code: 'wire.malformed', detail: {} } };
    last()
      .sent.findLast(({ event }) => event === 'join')
      ?.ack(refusal);
    jest.advanceTimersByTime(4000);
    last().fire('connect');
    expect(last().joins().at(-1)).not.toHaveProperty('roster');
  });

  it('a server that cannot agree with itself is not asked in a circle', () => {
    last().pulse({ digest: 'ffffffffffffffff' });
    for (let round = 0; round < 20; round++) last().answer({ digest: 'ffffffffffffffff' });
    expect(sockets.flatMap((socket) => socket.joins()).length).toBeLessThan(5);
  });

  it('never gives up', () => {
    last().fire('disconnect');
    for (let minute = 0; minute < 30; minute++) {
      jest.advanceTimersByTime(60_000);
      last().fire('connect_error', new Error('down'));
    }
    const before = sockets.length;
    jest.advanceTimersByTime(11_000);
    expect(sockets.length).toBeGreaterThan(before);
  });

  it('a half-open socket that answers nothing is dropped', () => {
    jest.advanceTimersByTime(8500);
    expect(last().sent.at(-1)?.event).toBe('keyframe');
    const before = sockets.length;
    jest.advanceTimersByTime(5000);
    expect(sockets.length).toBeGreaterThan(before);
  });

  it('an ended session is told', () => {
    last().fire('notice', { code: 'signed-out' });
    expect(listener.refused).toHaveBeenCalledWith('session.required');
  });

  it('batches of another scope are not its own', () => {
    last().fire('journal', { scope: 'other', after: '7.x', cursor: '8.y', entries: [] });
    expect(last().joins()).toHaveLength(1);
  });

  it('a machine that slept says at once that it knows nothing, and asks whether anybody is there', () => {
    clockOff = 3_600_000;
    jest.advanceTimersByTime(100);
    expect(listener.sight).toHaveBeenLastCalledWith(
      { state: 'blind', since: Date.parse(AT) },
      Date.parse(AT),
    );
    expect(serverClock.now()).toBeNaN();
    expect(last().sent.at(-1)?.event).toBe('keyframe');
  });

  it('a clock that is set while the page runs costs one doubt, and no age', () => {
    clockOff = -7 * 3_600_000;
    jest.advanceTimersByTime(900);
    last().pulse();
    expect(listener.sight).toHaveBeenLastCalledWith({ state: 'live' }, Date.parse(AT) + performance.now());
    expect(serverClock.now()).toBe(Date.parse(AT) + performance.now());
    jest.advanceTimersByTime(1000);
    last().pulse();
    expect(listener.caughtUp).not.toHaveBeenCalled();
  });

  it('a page that wakes does not wait for its turn to try again', () => {
    last().fire('disconnect');
    const before = sockets.length;
    link.woke();
    expect(sockets.length).toBe(before + 1);
  });

  it('a link that was stopped has no connection, and comes back with its cursor', () => {
    link.stop();
    expect(last().connected).toBe(false);
    jest.advanceTimersByTime(60_000);
    link.woke();
    const before = sockets.length;
    link.start();
    expect(sockets.length).toBe(before + 1);
    last().fire('connect');
    expect(last().joins().at(-1)?.cursor).toBe('1.a');
  });

  it('a snapshot after blindness says what differs from what was shown', () => {
    const entry = { kind: 'x', id: 'a', card: {}, version: 1, fact: 'f' };
    last().fire('journal', { scope: SCOPE, after: '1.a', cursor: '2.b', entries: [entry] });
    last().pulse({ cursor: '2.b', digest: digestOfA });
    jest.advanceTimersByTime(4000);
    last().fire('disconnect');
    jest.advanceTimersByTime(4000);
    last().fire('connect');
    const snapshot = [{ kind: 'x', id: 'b', version: 3, card: {} }];
    const digest = new Digest();
    digest.add('x', 'b', 3);
    last().answer({ cursor: '9.z', snapshot, digest: digest.hex() });
    last().pulse({ cursor: '9.z', digest: digest.hex() });
    jest.advanceTimersByTime(1000);
    last().pulse({ cursor: '9.z', digest: digest.hex() });
    const missed = [
      { kind: 'x', id: 'a' },
      { kind: 'x', id: 'b' },
    ];
    expect(listener.caughtUp).toHaveBeenCalledWith(
      expect.objectContaining({ whole: true, entries: 2, missed }),
    );
  });
});
