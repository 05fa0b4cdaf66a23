import { beforeEach, describe, expect, it } from '@jest/globals';
import type { FixesAnswer, Id } from '@app/shared';
import type { FixApi, FixBox, HandheldFix } from '../../../../web/src/link/handheld-fixes.js';
import { HttpFault } from '../../../../web/src/link/http.js';
import { HandheldPositions, type PositionsState } from '../../../../web/src/store/handheld-positions.js';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 26, 8);
const ONE = { account: 'one', team: 'team of one' };
const TWO = { account: 'two', team: 'team of two' };

/** A box in memory: what a browser keeps, also when the page is closed. */
class MemoryFixes implements FixBox {
  fixes: HandheldFix[] = [];
  readonly yes = new Map<Id, Id>();

  add = async (fix: HandheldFix) => {
    if (!this.yes.has(fix.account)) return false;
    this.fixes.push(fix);
    return true;
  };
  oldest = async (account: Id, limit: number) =>
    this.fixes.filter((fix) => fix.account === account).slice(0, limit);
  drop = async (account: Id, until: number) =>
    void (this.fixes = this.fixes.filter((fix) => fix.account !== account || fix.at > until));
  count = async (account: Id) => this.fixes.filter((fix) => fix.account === account).length;
  forgetBefore = async (at: number) => void (this.fixes = this.fixes.filter((fix) => fix.at >= at));
  agree = async (account: Id, shift: Id | null) => {
    if (shift !== null) return void this.yes.set(account, shift);
    this.yes.delete(account);
    await this.drop(account, Infinity);
  };
  agreed = async (account: Id) => this.yes.get(account) ?? null;
}

/** A server that is there or not; says how often it was asked for a device, and what it was told, by whom. */
class Server implements FixApi {
  isThere = true;
  device: Id | null = 'device';
  /** Of every fix. */
  code: string | undefined;
  fault: unknown;
  /** While a device is asked for. */
  meanwhile: (() => Promise<void>) | undefined;
  isEnded = false;
  asked = 0;
  readonly told: string[] = [];

  enrol = async () => {
    this.asked++;
    if (!this.isThere) throw new HttpFault('offline', 0);
    if (this.isEnded) throw new HttpFault('device.unknown', 404);
    await this.meanwhile?.();
    return this.device;
  };
  tell = async (account: Id, device: Id, fixes: readonly HandheldFix[]): Promise<FixesAnswer> => {
    if (!this.isThere) throw new HttpFault('offline', 0);
    if (this.fault !== undefined) throw this.fault;
    const { code } = this;
    if (code !== undefined)
      return { accepted: 0, rejected: fixes.map((_, index) => ({ index, code })), flagged: [] };
    this.told.push(...fixes.map(({ at }) => `${account} ${device} ${(at - NOW) / 1000}`));
    return { accepted: fixes.length, rejected: [], flagged: [] };
  };
}

let box: MemoryFixes;
let server: Server;
let state: Partial<PositionsState>;
let now: number;
let positions: HandheldPositions;
const openPage = () => {
  const show = (part: Partial<PositionsState>) => Object.assign(state, part);
  return new HandheldPositions({ box, api: server, show, now: () => now });
};
beforeEach(() => {
  [box, server, state, now] = [new MemoryFixes(), new Server(), {}, NOW];
  positions = openPage();
  for (const { account } of [ONE, TWO]) box.yes.set(account, `shift of ${account}`);
});
const note = (seconds: number, by = ONE, accuracyM = 8) =>
  positions.note(by, { at: NOW + seconds * 1000, lng: 98.2888, lat: 39.7721, accuracyM });

describe('a yes to telling positions', () => {
  it('is for one shift of one account, outlives the page, and can be taken back', async () => {
    box.yes.clear();
    await positions.open(ONE);
    expect(state.agreed).toBeNull();
    await positions.agree(ONE, 'shift');
    await openPage().open(TWO);
    expect(state.agreed).toBeNull();
    await openPage().open(ONE);
    expect(state.agreed).toBe('shift');
    await positions.agree(ONE, null);
    await openPage().open(ONE);
    expect(state.agreed).toBeNull();
  });
});

describe('a no to telling positions', () => {
  it('forgets what was noted under the yes and is not told yet', async () => {
    server.isThere = false;
    await note(0);
    await positions.flush(ONE);
    await note(5, TWO);
    await positions.agree(ONE, null);
    expect([state.agreed, state.waiting, state.isNoting]).toEqual([null, 0, false]);
    server.isThere = true;
    await positions.flush(ONE);
    await positions.flush(TWO);
    expect(server.told).toEqual(['two device 5']);
  });

  it('holds also where it comes while a device is asked for', async () => {
    await note(0);
    server.meanwhile = () => positions.agree(ONE, null);
    await positions.flush(ONE);
    expect([server.told, box.fixes]).toEqual([[], []]);
  });

  it('that was said in another page is heard in this one', async () => {
    await positions.open(ONE);
    await note(0);
    expect(state).toMatchObject({ agreed: 'shift of one', isNoting: true });
    box.yes.delete('one');
    await note(5);
    expect(state).toMatchObject({ agreed: null, isNoting: false, waiting: 0 });
    expect(box.fixes).toHaveLength(1);
  });
});

describe('positions of a handheld', () => {
  it('are waited for until the first is noted, and said to wait only where nobody takes them', async () => {
    await positions.open(ONE);
    await positions.agree(ONE, 'shift');
    await positions.flush(ONE);
    expect([state.isNoting, state.isFailing]).toEqual([false, false]);
    await note(0, ONE, 400);
    expect(state.isNoting).toBe(false);
    await note(0);
    expect([state.isNoting, state.isFailing, state.waiting]).toEqual([true, false, 1]);
    server.isThere = false;
    await positions.flush(ONE);
    expect([state.isFailing, state.waiting]).toEqual([true, 1]);
    server.isThere = true;
    await positions.flush(ONE);
    expect([state.isFailing, state.waiting]).toEqual([false, 0]);
  });

  it('are noted every fifth second, and not where the machine hardly knows', async () => {
    for (const seconds of [0, 1, 4.9, 5, 9, 10]) await note(seconds);
    await note(20, ONE, 400);
    await positions.flush(ONE);
    expect(server.told).toEqual(['one device 0', 'one device 5', 'one device 10']);
    expect(state).toMatchObject({ waiting: 0, toldAt: NOW, verdict: null });
  });

  it('wait while nobody answers, also for another page, and are told once', async () => {
    server.isThere = false;
    await note(0);
    await positions.flush(ONE);
    positions = openPage();
    await positions.open(ONE);
    await note(5);
    expect(state.waiting).toBe(2);
    server.isThere = true;
    await positions.flush(ONE);
    await positions.flush(ONE);
    expect(server.told).toEqual(['one device 0', 'one device 5']);
  });

  it('go out under the account that they are of, and of no other team than then', async () => {
    await note(0);
    await positions.open(TWO);
    await note(1, TWO);
    await positions.flush(TWO);
    expect(server.told).toEqual(['two device 1']);
    await positions.flush({ ...ONE, team: 'another team' });
    expect(server.told).toEqual(['two device 1']);
    // Nor is a device asked for, which would stand for nothing that it tells.
    expect([server.asked, box.fixes]).toEqual([1, []]);
  });

  it('go out in batches, all of them', async () => {
    for (let i = 0; i < 450; i++) await note(i * 5);
    await positions.flush(ONE);
    expect(server.told).toHaveLength(450);
    expect(server.asked).toBe(1);
  });

  it('of longer ago than is believed are forgotten', async () => {
    await note(0);
    now = NOW + 13 * HOUR;
    await positions.flush(ONE);
    expect([server.told, box.fixes]).toEqual([[], []]);
  });

  it('are not told beside a device of the team, which is asked after again in a while', async () => {
    server.device = null;
    await note(0);
    await positions.flush(ONE);
    expect([state.verdict, box.fixes]).toEqual(['elsewhere', []]);
    server.device = 'device';
    await note(10);
    await positions.flush(ONE);
    expect([server.asked, server.told]).toEqual([1, []]);
    now = NOW + HOUR;
    await note(20);
    await positions.flush(ONE);
    expect([server.told, state.verdict]).toEqual([['one device 20'], null]);
  });

  it('that a force does not release are let go, and that is said', async () => {
    server.code = 'position.withheld';
    await note(0);
    await positions.flush(ONE);
    expect([state.verdict, state.toldAt ?? null, box.fixes]).toEqual(['withheld', null, []]);
  });

  it('of a time without a shift are let go, and that is said', async () => {
    server.code = 'position.off-shift';
    await note(0);
    await positions.flush(ONE);
    expect([state.verdict, state.toldAt ?? null, box.fixes]).toEqual(['off-shift', null, []]);
  });

  it('are told no more from a machine that an administrator has ended, and that is said', async () => {
    server.isEnded = true;
    await note(0);
    await positions.flush(ONE);
    expect([state.verdict, state.isFailing, box.fixes]).toEqual(['ended', false, []]);
  });

  it('of a device that was ended are told as another one', async () => {
    await note(0);
    server.code = 'device.unknown';
    await positions.flush(ONE);
    expect(box.fixes).toHaveLength(1);
    [server.code, server.device] = [undefined, 'next'];
    await positions.flush(ONE);
    expect(server.told).toEqual(['one next 0']);
  });

  it('that the server refuses for good do not stand in the way; those of a closed door wait', async () => {
    server.fault = new HttpFault('session.another', 409);
    await note(0);
    await positions.flush(ONE);
    expect(box.fixes).toHaveLength(1);
    server.fault = new HttpFault('request.malformed', 400);
    await positions.flush(ONE);
    expect([box.fixes, state.toldAt ?? null]).toEqual([[], null]);
  });
});
