import type { ArgumentsHost } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Fault } from '../../../../server/src/platform/fault.js';
import { HttpFaults } from '../../../../server/src/platform/http-faults.js';
import { Log } from '../../../../server/src/platform/log.js';

const log = new Log({ logLevel: 'silent', site: 'test' });
const warn = jest.spyOn(log, 'warn').mockReturnValue();

/** A request to a route, and what it was answered. */
function asked(): { host: ArgumentsHost; status: () => number } {
  let status = 0;
  const response = {
    headersSent: false,
    status: (code: number) => ((status = code), response),
    json: () => response,
  };
  const request = { requestId: 'r1', method: 'GET', route: { path: '/api/incidents/:id' } };
  const http = { getRequest: () => request, getResponse: () => response };
  return { host: { getType: () => 'http', switchToHttp: () => http } as never, status: () => status };
}

beforeEach(() => {
  jest.useFakeTimers();
  warn.mockClear();
});
afterEach(() => void jest.useRealTimers());

describe('a 503', () => {
  it('is never answered without a line that says why', () => {
    const { host, status } = asked();
    new HttpFaults(log).catch(new Error('timeout exceeded when trying to connect'), host);
    expect(status()).toBe(503);
    expect(warn).toHaveBeenCalledWith(
      'http.unavailable',
      expect.objectContaining({
        requestId: 'r1',
        path: '/api/incidents/:id',
        part: 'database',
        error: 'timeout exceeded when trying to connect',
      }),
    );
  });

  it('is told once in a while for each part, with how many were not', () => {
    const faults = new HttpFaults(log);
    const { host } = asked();
    const gone = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    for (let i = 0; i < 5; i++) faults.catch(gone, host);
    faults.catch(new Fault('service.unavailable', { part: 'tracks' }), host);
    expect(warn.mock.calls.map(([, fields]) => fields)).toEqual([
      expect.objectContaining({ part: 'database', code: 'ECONNREFUSED', unsaid: 0 }),
      expect.objectContaining({ part: 'tracks' }),
    ]);
    jest.advanceTimersByTime(10_000);
    faults.catch(gone, host);
    expect(warn).toHaveBeenLastCalledWith('http.unavailable', expect.objectContaining({ unsaid: 4 }));
  });

  it('is no bug, and a refusal is neither', () => {
    const error = jest.spyOn(log, 'error').mockReturnValue();
    const { host } = asked();
    const faults = new HttpFaults(log);
    faults.catch(Object.assign(new Error('gone'), { code: '57P01' }), host);
    expect(error).not.toHaveBeenCalled();
    warn.mockClear();
    faults.catch(new Fault('incident.unknown'), host);
    expect(warn).not.toHaveBeenCalled();
  });
});
