import { describe, expect, it } from '@jest/globals';
import { readConfig } from '../../../../server/src/platform/config.js';

const DATABASE_URL = 'postgres://app:hush@127.0.0.1:1/app';

describe('the configuration', () => {
  it('has a preset for everything but the database', () => {
    expect(readConfig({ DATABASE_URL })).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      jt808Port: 6808,
      demo: true,
      redisUrl: null,
      publicUrl: null,
      timeZone: 'Asia/Shanghai',
      logLevel: 'info',
    });
    expect(() => readConfig({})).toThrow('DATABASE_URL: ');
  });

  it('takes an empty value as none', () => {
    expect(readConfig({ DATABASE_URL, PORT: '', REDIS_URL: '', MAPBOX_TOKEN: '' })).toMatchObject({
      port: 3000,
      redisUrl: null,
      mapboxToken: null,
    });
  });

  it('has no door for terminals where it is off, and knows whether its port was chosen', () => {
    expect(readConfig({ DATABASE_URL, JT808_PORT: 'off' }).jt808Port).toBeNull();
    expect(readConfig({ DATABASE_URL }).isJt808PortChosen).toBe(false);
    expect(readConfig({ DATABASE_URL, JT808_PORT: '6900' })).toMatchObject({
      jt808Port: 6900,
      isJt808PortChosen: true,
    });
    expect(() => readConfig({ DATABASE_URL, JT808_PORT: '66000' })).toThrow('expected off or 0 to 65535');
  });

  it('takes a public address without its last slash', () => {
    expect(readConfig({ DATABASE_URL, PUBLIC_URL: 'https://ops.example/' }).publicUrl).toBe(
      'https://ops.example',
    );
  });

  const bad: [Record<string, string>, string, string][] = [
    [{ PORT: 'abc' }, 'PORT: expected digits; seen "abc"', ''],
    [{ PORT: '65536' }, 'PORT: expected 0 to 65535; seen "65536"', ''],
    [{ PORT: '-1' }, 'PORT: expected digits; seen "-1"', ''],
    [{ PORT: ' ' }, 'PORT: expected digits; seen " "', ''],
    [{ PORT: '0x50' }, 'PORT: expected digits; seen "0x50"', ''],
    [{ DATABASE_POOL: '1' }, 'DATABASE_POOL: expected 2 to 200; seen "1"', ''],
    [{ DEMO: 'yes' }, 'DEMO: ', 'seen "yes"'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL: ', '"info"'],
    [{ TIME_ZONE: 'Gobi' }, 'TIME_ZONE: expected an IANA time zone', 'seen "Gobi"'],
    [{ REDIS_URL: 'http://:hush@here' }, 'REDIS_URL: expected redis://host:port', 'seen (not shown)'],
    [{ DATABASE_URL: 'mysql://app:hush@here' }, 'DATABASE_URL: expected postgres://', 'seen (not shown)'],
    [{ PUBLIC_URL: 'ops' }, 'PUBLIC_URL: ', ''],
  ];
  it.each(bad)('names a bad setting, what was wanted and what was seen: %j', (env, ...words) => {
    const read = () => readConfig({ DATABASE_URL, ...env });
    for (const word of words) expect(read).toThrow(word);
    expect(read).not.toThrow('hush');
  });

  it('names all bad settings at once', () => {
    const read = () => readConfig({ DATABASE_URL, PORT: 'x', DEMO: 'x', SITE: 'x'.repeat(41) });
    for (const name of ['PORT', 'DEMO', 'SITE']) expect(read).toThrow(`${name}: `);
  });

  it('refuses the demo in production', () => {
    expect(() => readConfig({ DATABASE_URL, NODE_ENV: 'production' })).toThrow('production wants DEMO=off');
    expect(readConfig({ DATABASE_URL, NODE_ENV: 'production', DEMO: 'off' }).demo).toBe(false);
  });
});
