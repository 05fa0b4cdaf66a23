import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type BinaryFix, type FixesAnswer, writeFixBatch } from '@app/shared';
import type { Socket } from 'socket.io-client';
import { connected, once, type Person } from '../support/app.js';
import { CITY, iso, Positions, type Refused } from '../support/positions.js';

type Acked = ({ ok: true } & FixesAnswer) | ({ ok: false } & Refused);

const emitted = (socket: Socket, ...args: unknown[]): Promise<Acked> =>
  socket.timeout(15_000).emitWithAck('fixes', ...args) as Promise<Acked>;

let city: Positions;

beforeAll(async () => {
  city = await Positions.open();
});

afterAll(() => city.close());

describe('positions over Socket.IO', () => {
  it('are taken as JSON and as bytes', async () => {
    const { id, number, person } = await city.newDevice();
    const socket = await connected(person.socket('/devices'));
    const now = Date.now();
    const json = { device: id, at: iso(now - 1_000), ...CITY };
    expect(await emitted(socket, [json])).toEqual({ ok: true, accepted: 1, rejected: [], flagged: [] });
    const fix: BinaryFix = { device: number, at: now, ...CITY, speedKmh: 12, headingDeg: NaN };
    const bytes = writeFixBatch([
      fix,
      { ...fix, device: number === 1 ? 2 : number - 1 },
      { ...fix, lat: 95 },
    ]);
    expect(await emitted(socket, bytes)).toEqual({
      ok: true,
      accepted: 1,
      rejected: [
        { index: 1, code: 'device.unknown' },
        { index: 2, code: 'place.out-of-range' },
      ],
      flagged: [],
    });
    expect(await city.stored(id)).toMatchObject([{ speed: null }, { speed: 12 }]);
    socket.disconnect();
  });

  it('of a clock before all history are refused alone, not what others tell in that moment', async () => {
    const [good, bad] = [await city.newDevice(), await city.newDevice({}, city.teams[1]?.id)];
    const [one, other] = [
      await connected(good.person.socket('/devices')),
      await connected(bad.person.socket('/devices')),
    ];
    const fix: BinaryFix = { device: bad.number, at: -8.6e15, ...CITY, speedKmh: NaN, headingDeg: NaN };
    const start = Date.now() - 60_000;
    for (let round = 0; round < 10; round++) {
      const told = [
        emitted(one, [{ device: good.id, at: iso(start + round), ...CITY }]),
        emitted(other, writeFixBatch([{ ...fix, at: round % 2 ? 8.6e15 : -8.6e15 }])),
      ];
      expect(await Promise.all(told)).toMatchObject([
        { ok: true, accepted: 1 },
        { ok: true, rejected: [{ index: 0, code: 'request.malformed' }] },
      ]);
    }
    for (const socket of [one, other]) socket.disconnect();
  });

  it('get an answer however malformed they are', async () => {
    const socket = await connected((await city.newDevice()).person.socket('/devices'));
    const outcomes = [[], ['fixes'], [null], [7], [{ no: 'fixes' }], [Buffer.from('junk')], [[], 'more']];
    for (const args of outcomes) {
      const answer = await emitted(socket, ...args);
      const isBatch = Array.isArray(args[0]);
      expect(answer).toMatchObject(isBatch ? { ok: true } : { ok: false, error: { code: 'wire.malformed' } });
    }
    const many = await emitted(
      socket,
      Array.from({ length: 1_001 }, () => 1),
    );
    expect(many).toMatchObject({ ok: false, error: { code: 'request.too-large' } });
    socket.disconnect();
  });

  it('are refused at the door, with the code, without a token that may tell them', async () => {
    const refusal = (person: Person) =>
      connected(person.socket('/devices')).then(
        () => 'let in',
        (error: { data?: { code?: string } }) => error.data?.code,
      );
    expect(await refusal(city.app.nobody())).toBe('session.required');
    expect(await refusal(city.app.withToken('wrong'))).toBe('session.required');
    expect(await refusal(city.commander)).toBe('session.required');
  });

  it('end with the device that is revoked', async () => {
    const { id, person } = await city.newDevice();
    const socket = await connected(person.socket('/devices'));
    const gone = once(socket, 'disconnect');
    await city.commander.ask('DELETE', `/api/devices/${id}`);
    await gone;
  });
});
