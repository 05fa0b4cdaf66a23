import { describe, expect, it } from '@jest/globals';
import type { Id, Session } from '@app/shared';
import type { Box, Crew, Kept } from '../../../../web/src/link/handheld-box.js';
import { type Command, nextToSend, type QueueItem } from '../../../../web/src/link/handheld-queue.js';
import type { HandheldApi } from '../../../../web/src/link/handheld.js';
import { HttpFault } from '../../../../web/src/link/http.js';
import { type HandheldState, HandheldSync } from '../../../../web/src/store/handheld-sync.js';

let minted = 0;
const mint = () => `id ${++minted}`;

/** A box in memory: what a browser keeps, also when the page is closed. */
class MemoryBox implements Box {
  readonly queue = new Map<Id, QueueItem>();
  readonly kept = new Map<Id, Kept>();
  last: Crew | null = null;
  #order = 0;

  items = async () => [...this.queue.values()];
  add = async (item: Omit<QueueItem, 'order'>) =>
    void this.queue.set(item.id, { ...item, order: ++this.#order });
  settle = async (id: Id, incident: Id | null) => {
    for (const item of this.queue.values())
      if (incident !== null && item.command.kind === 'photo' && item.command.report === id)
        this.queue.set(item.id, { ...item, command: { ...item.command, incident } });
    this.queue.delete(id);
  };
  refuse = async (id: Id, code: NonNullable<QueueItem['refusal']>['code']) => {
    const item = this.queue.get(id);
    if (item) this.queue.set(id, { ...item, refusal: { code } });
  };
  drop = async (id: Id) => void this.queue.delete(id);
  keep = async (kept: Kept) => void this.kept.set(kept.account, kept);
  keptOf = async (account: Id) => this.kept.get(account);
  enter = async (crew: Crew) => {
    this.last = crew;
  };
  lastCrew = async () => this.last;
  forget = async (but: Id | null) => {
    for (const account of this.kept.keys()) if (account !== but) this.kept.delete(account);
    if (this.last?.account !== but) this.last = null;
  };
}

const OFFLINE = new HttpFault('offline', 0);
const sessionOf = (account: Id) =>
  ({ account: { id: account, name: account }, team: `team of ${account}` }) as Session;

/** A server that is there or not, with whoever has signed in; says what it was told, in order. */
class Server implements HandheldApi {
  account: Id | null = 'one';
  isThere = true;
  /** Knows who is there and takes what is told, and cannot say anything. */
  tellsNothing = false;
  /** Does what it is told, and its answer is lost. */
  losesAnswers = false;
  /** What it answers to a command, where that is not yes. */
  fault: unknown;
  readonly told: string[] = [];
  readonly ids: Id[] = [];

  whoAmI = async () => {
    if (!this.isThere) throw OFFLINE;
    if (this.account === null) throw new HttpFault('session.required', 401);
    return sessionOf(this.account);
  };
  call = async ({ account }: Session) => {
    if (!this.isThere) throw OFFLINE;
    if (this.tellsNothing) throw new HttpFault('unknown', 502);
    this.told.push('call');
    const handheld = { team: { id: `team of ${account.id}`, callSign: account.id } };
    return { account: account.id, handheld, offsetMs: 5_000 } as Kept;
  };
  send = async ({ id, account, command }: QueueItem) => {
    if (!this.isThere) throw OFFLINE;
    if (account !== this.account) throw new HttpFault('session.another', 409);
    if (this.fault !== undefined) throw this.fault;
    this.told.push(`${account}: ${command.kind}`);
    this.ids.push(id);
    if (this.losesAnswers) throw OFFLINE;
    return command.kind === 'report' ? 'the incident' : null;
  };
}

function page(box: MemoryBox, server: Server): { sync: HandheldSync; state: Partial<HandheldState> } {
  const state: Partial<HandheldState> = {};
  const show = (part: Partial<HandheldState>) => Object.assign(state, part);
  return { sync: new HandheldSync({ box, api: server, show, mint, now: () => 1_000 }), state };
}
const checkIn: Command = { kind: 'check-in', checkpoint: 'p', code: 'A', at: '2026-11-20T08:00:00Z' };
const sos: Command = { kind: 'sos', at: '2026-11-20T08:00:00Z', place: null };
const report = { kind: 'report', report: {} } as Command;
const photoOf = (id: Id): Command => ({
  kind: 'photo',
  incident: null,
  report: id,
  name: 'a',
  type: 'image/png',
  bytes: new ArrayBuffer(0),
});

describe('the queue of a handheld', () => {
  it('goes out before the server hears anything else, help first, then in its order', async () => {
    const [box, server] = [new MemoryBox(), new Server()];
    const { sync, state } = page(box, server);
    await sync.start();
    server.isThere = false;
    for (const command of [checkIn, report, sos]) await sync.add(command, '');
    await sync.sync();
    expect(server.told).toEqual(['call']);
    expect(state).toMatchObject({ isOnline: false, door: 'open', sending: null });
    expect(state.queue).toHaveLength(3);
    server.isThere = true;
    await sync.sync();
    expect(server.told.slice(1)).toEqual(['one: sos', 'one: check-in', 'one: report', 'call']);
    expect(state).toMatchObject({ queue: [], isOnline: true });
  });

  it('takes a call for help from whoever has signed in and was told nothing, and keeps it over the page', async () => {
    const [box, server] = [new MemoryBox(), new Server()];
    server.tellsNothing = true;
    const first = page(box, server);
    await first.sync.start();
    expect(first.state).toMatchObject({ door: 'open', isOnline: false, crew: { team: 'team of one' } });
    expect(first.state.kept).toBeUndefined();
    server.isThere = false;
    await first.sync.add(sos, '');
    const { sync, state } = page(box, server);
    await sync.start();
    expect(state).toMatchObject({ door: 'open', crew: { account: 'one' }, queue: [{ team: 'team of one' }] });
    server.isThere = true;
    await sync.sync();
    expect(server.told).toEqual(['one: sos']);
    expect(state).toMatchObject({ queue: [], isOnline: false });
    server.tellsNothing = false;
    await sync.sync();
    expect(state).toMatchObject({ isOnline: true, kept: { account: 'one' }, crew: { callSign: 'one' } });
  });

  it('survives the page, and opens without a network as whoever was here last', async () => {
    const [box, server] = [new MemoryBox(), new Server()];
    await page(box, server).sync.start();
    server.isThere = false;
    const { sync, state } = page(box, server);
    await sync.start();
    expect(state).toMatchObject({ door: 'open', isOnline: false, kept: { account: 'one' } });
    await sync.add(checkIn, '');
    expect((await box.items())[0]).toMatchObject({ account: 'one', madeAt: '1970-01-01T00:00:06.000Z' });
  });

  it('tells again what was done and not answered, by the same id', async () => {
    const [box, server] = [new MemoryBox(), new Server()];
    const { sync } = page(box, server);
    await sync.start();
    server.losesAnswers = true;
    const id = await sync.add(checkIn, '');
    await sync.sync();
    server.losesAnswers = false;
    await page(box, server).sync.start();
    expect(new Set(server.ids)).toEqual(new Set([id]));
    expect(server.ids.length).toBeGreaterThan(1);
    expect(await box.items()).toEqual([]);
  });

  it('is each account’s own: nothing goes out as another, and nothing is lost when another signs in', async () => {
    const [box, server] = [new MemoryBox(), new Server()];
    const { sync, state } = page(box, server);
    await sync.start();
    server.isThere = false;
    await sync.add(checkIn, '');
    await sync.sync();
    [server.isThere, server.account] = [true, 'two'];
    await sync.sync();
    await sync.add(sos, '');
    await sync.sync();
    expect(server.told).not.toContain('one: check-in');
    expect(server.told).toContain('two: sos');
    expect(state.kept).toMatchObject({ account: 'two' });
    expect(state.queue).toMatchObject([{ account: 'one' }]);
    server.account = null;
    await sync.sync();
    expect([state.door, state.queue?.length]).toEqual(['shut', 1]);
    server.account = 'one';
    await sync.sync();
    expect(server.told.filter((said) => said === 'one: check-in')).toHaveLength(1);
    expect(state.queue).toEqual([]);
  });

  it('stops when somebody else signs in between two of its items', async () => {
    const [box, server] = [new MemoryBox(), new Server()];
    const { sync, state } = page(box, server);
    await sync.start();
    server.fault = new HttpFault('session.another', 409);
    await sync.add(checkIn, '');
    await sync.sync();
    expect(state.door).toBe('shut');
    expect(state.queue).toMatchObject([{ refusal: null }]);
  });

  it('keeps what was refused until a person lets it go; what may succeed later waits in its place', async () => {
    const [box, server] = [new MemoryBox(), new Server()];
    const { sync, state } = page(box, server);
    await sync.start();
    const retried = [
      OFFLINE,
      new HttpFault('service.unavailable', 503),
      new HttpFault('unknown', 502),
      new Error('x'),
    ];
    for (const fault of retried) {
      server.fault = fault;
      await (state.queue?.length ? sync.sync() : sync.add(checkIn, ''));
      await sync.sync();
      expect(state.queue).toMatchObject([{ refusal: null }]);
    }
    server.fault = new HttpFault('checkpoint.unknown', 404);
    await sync.sync();
    expect(state.queue).toMatchObject([{ refusal: { code: 'checkpoint.unknown' } }]);
    server.fault = undefined;
    await sync.sync();
    expect(server.told).not.toContain('one: check-in');
    await sync.drop(state.queue?.[0]?.id ?? '');
    expect(state.queue).toEqual([]);
  });

  it('holds a photograph back until its report is an incident', async () => {
    const [box, server] = [new MemoryBox(), new Server()];
    const { sync } = page(box, server);
    await sync.start();
    server.isThere = false;
    const id = await sync.add(report, '');
    await sync.add(photoOf(id), '');
    await sync.sync();
    const photo = (await box.items()).find(({ command }) => command.kind === 'photo');
    expect(nextToSend(photo ? [photo] : [], 'one')).toBeUndefined();
    server.isThere = true;
    await sync.sync();
    expect(server.told.slice(-3)).toEqual(['one: report', 'one: photo', 'call']);
  });

  it('leaves nothing of what one was told for whoever has the machine next', async () => {
    const [box, server] = [new MemoryBox(), new Server()];
    const { sync, state } = page(box, server);
    await sync.start();
    server.account = 'two';
    await sync.sync();
    expect([...box.kept.keys()]).toEqual(['two']);
    server.isThere = false;
    await sync.add(checkIn, '');
    await sync.signedOut();
    expect([...box.kept.keys(), box.last]).toEqual([null]);
    expect(state.queue).toMatchObject([{ account: 'two' }]);
  });

  it('keeps nothing of an answer that comes after whoever asked has signed out', async () => {
    const [box, server] = [new MemoryBox(), new Server()];
    const { sync, state } = page(box, server);
    const { call } = server;
    server.call = async (session) => {
      const kept = await call(session);
      await sync.signedOut();
      return kept;
    };
    await sync.start();
    expect([...box.kept.keys(), box.last, state.kept]).toEqual([null, undefined]);
  });

  it('takes nothing from a person who has no handheld', async () => {
    const [box, server] = [new MemoryBox(), new Server()];
    const { sync, state } = page(box, server);
    server.whoAmI = async () => ({ account: { id: 'desk' } }) as Session;
    await sync.start();
    expect(state.door).toBe('another');
    expect(box.kept.size).toBe(0);
    await expect(sync.add(checkIn, '')).rejects.toThrow('a team wanted');
  });
});
