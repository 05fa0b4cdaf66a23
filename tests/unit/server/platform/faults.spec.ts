import {
  BadRequestException,
  ForbiddenException,
  NotFoundException,
  PayloadTooLargeException,
} from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { ERRORS, IncidentReport, Join } from '@app/shared';
import { Fault } from '../../../../server/src/platform/fault.js';
import { toFault } from '../../../../server/src/platform/http-faults.js';
import { faultOf, parsePipe } from '../../../../server/src/platform/parse-pipe.js';
import { refusal, refuseUnknown } from '../../../../server/src/platform/socket-requests.js';

const coded = (code: string, message = 'x') => Object.assign(new Error(message), { code });

describe('what a caller is told of a thrown value', () => {
  const table: [string, unknown, string][] = [
    ['a fault', new Fault('incident.stale', { seen: 1 }), 'incident.stale'],
    ['a bad request of the framework', new BadRequestException(), 'request.malformed'],
    ['an unknown route', new NotFoundException(), 'request.unknown-route'],
    ['a body too large', new PayloadTooLargeException(), 'request.too-large'],
    ['another refusal of the framework', new ForbiddenException(), 'request.malformed'],
    [
      'an encoding that a parser does not know',
      Object.assign(new Error('snappy'), { status: 415 }),
      'request.malformed',
    ],
    ['a parser’s own failure', Object.assign(new Error('x'), { status: 500 }), 'internal'],
    ['a refused connection', coded('ECONNREFUSED'), 'service.unavailable'],
    ['a server that shuts down', coded('57P01'), 'service.unavailable'],
    ['a standby that was asked to write', coded('25006'), 'service.unavailable'],
    ['a lock held through every retry', coded('55P03'), 'service.unavailable'],
    ['a deadlock through every retry', coded('40P01'), 'service.unavailable'],
    ['a silent database', new Error('Query read timeout'), 'service.unavailable'],
    ['a pool that is empty', new Error('timeout exceeded when trying to connect'), 'service.unavailable'],
    ['a NUL in a text', coded('22021'), 'request.malformed'],
    ['a NUL in a card', coded('22P05'), 'request.malformed'],
    ['half a character in a card', coded('22P02', 'invalid input syntax for type json'), 'request.malformed'],
    ['a bad id in our own SQL', coded('22P02', 'invalid input syntax for type uuid'), 'internal'],
    ['a bug', new TypeError('x is undefined'), 'internal'],
    ['a thrown text', 'oops', 'internal'],
    ['nothing', undefined, 'internal'],
  ];
  it.each(table)('%s', (_name, thrown, code) => expect(toFault(thrown).code).toBe(code));

  it('never carries a bug’s words', () => {
    expect(toFault(new Error('secret')).detail).toEqual({});
  });
});

describe('what does not fit its schema', () => {
  const REPORT = { category: 'traffic', severity: 3, lng: 98.2, lat: 39.7 };
  const parse = (body: unknown, schema: unknown = IncidentReport): Promise<unknown> =>
    parsePipe()
      .transform(body, { type: 'body', schema } as never)
      .then(
        () => 'fits',
        (fault: Fault) => fault.code,
      );

  it('is told by what was wrong first', async () => {
    expect(await parse(REPORT)).toBe('fits');
    expect(await parse({ ...REPORT, colour: 'red' })).toBe('request.unknown-field');
    expect(await parse({ ...REPORT, lng: 180.1 })).toBe('place.out-of-range');
    expect(await parse({ ...REPORT, lng: 39.7, lat: 98.2 })).toBe('place.swapped');
    expect(await parse({ ...REPORT, lng: 98.2, lat: 95 })).toBe('place.out-of-range');
    expect(await parse({ ...REPORT, lat: null })).toBe('request.malformed');
    expect(await parse(null)).toBe('request.malformed');
    expect(await parse({ protocol: 1, scope: 'x' }, Join)).toBe('request.malformed');
  });

  it('names where, also in lists', () => {
    const fault = faultOf([{ message: 'expected a text', path: ['levels', { key: 2 }, 'names'] }]);
    expect(fault.detail).toEqual({ issues: [{ at: 'levels.2.names', wanted: 'expected a text' }] });
  });
});

describe('a refused socket request', () => {
  it('has the wire’s own code for what does not fit, and every other as it is', () => {
    expect(refusal(new Fault('request.unknown-field')).error.code).toBe('wire.malformed');
    expect(refusal(new Fault('request.too-large')).error.code).toBe('request.too-large');
    expect(refusal(new Fault('scope.denied')).error).toEqual({ code: 'scope.denied', detail: {} });
  });

  it('is any that the namespace does not know; the known ones go on', () => {
    const told: unknown[] = [];
    let guard: ((event: unknown[], next: () => void) => void) | undefined;
    const io = {
      on: (_: 'connection', listen: (socket: never) => void) =>
        listen({ use: (middleware: typeof guard) => (guard = middleware) } as never),
    };
    refuseUnknown(io, ['join']);
    guard?.(['join', {}], () => told.push('next'));
    guard?.(['explode', {}, (answer: unknown) => told.push(answer)], () => told.push('next'));
    guard?.(['explode'], () => told.push('next'));
    expect(told).toEqual([
      'next',
      { ok: false, error: { code: 'wire.malformed', detail: { seen: 'explode', wanted: ['join'] } } },
    ]);
  });
});

describe('the table of errors', () => {
  it('retries what passes by itself, and nothing that the caller must mend', () => {
    const retried = Object.entries(ERRORS).filter(([, { retry }]) => retry);
    expect(retried.map(([, { status }]) => status).every((status) => status >= 429)).toBe(true);
    for (const [code, { status }] of Object.entries(ERRORS))
      expect(new Fault(code as 'internal').status).toBe(status);
  });
});
