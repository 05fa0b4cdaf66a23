import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { readConfig } from '../../server/src/platform/config.js';

// docker-compose.yml, held to what the server reads, to nginx.conf and to the Dockerfile. No engine runs here.
const ROOT = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const Service = z.looseObject({
  image: z.string().optional(),
  build: z.object({ context: z.string(), dockerfile: z.string() }).optional(),
  restart: z.literal('unless-stopped'),
  environment: z.record(z.string(), z.string()).optional(),
  depends_on: z
    .union([z.array(z.string()), z.record(z.string(), z.object({ condition: z.literal('service_healthy') }))])
    .optional(),
  healthcheck: z.object({ test: z.array(z.string()).min(2), interval: z.string(), timeout: z.string() }),
  networks: z.union([z.array(z.string()), z.record(z.string(), z.object({ ipv4_address: z.string() }))]),
  volumes: z.array(z.string()).optional(),
  ports: z.array(z.string()).optional(),
  extra_hosts: z.array(z.string()).optional(),
});
const Compose = z.object({
  name: z.string(),
  services: z.record(z.string(), Service),
  networks: z.record(
    z.string(),
    z.object({ ipam: z.object({ config: z.array(z.object({ subnet: z.string() })) }) }),
  ),
  volumes: z.record(z.string(), z.unknown()),
});

const GIVEN = { POSTGRES_PASSWORD: 'Long-Enough-1', PUBLIC_URL: 'https://ops.example' };

type Env = Readonly<Record<string, string>>;

/** Puts in `${NAME:?why}` and `${NAME:-preset}`, as Compose does: in every text of the parsed file. */
function interpolated(value: unknown, env: Env): unknown {
  if (Array.isArray(value)) return value.map((one) => interpolated(one, env));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, interpolated(one, env)]));
  if (typeof value !== 'string') return value;
  return value.replace(/\$\{(\w+)(:[?-])([^}]*)\}/g, (_, name: string, how: string, rest: string) => {
    const given = env[name] ?? '';
    if (given === '' && how === ':?') throw new Error(`${name}: ${rest}`);
    return given === '' ? rest : given;
  });
}

function composed(env: Env): z.infer<typeof Compose> {
  const parsed = parse(read('docker-compose.yml'), { merge: true }) as Record<string, unknown>;
  const { 'x-server': _server, 'x-limits': _limits, ...rest } = parsed;
  return Compose.strict().parse(interpolated(rest, env));
}
const compose = composed(GIVEN);
const SERVERS = ['server-1', 'server-2'] as const;
const serviceOf = (name: string) => {
  const service = compose.services[name];
  if (!service) throw new Error(`no service ${name}`);
  return service;
};
const addressOf = (name: string): string => {
  const { networks } = serviceOf(name);
  return Array.isArray(networks) ? '' : (networks['inside']?.ipv4_address ?? '');
};

describe('docker-compose.yml', () => {
  it('brings up PostgreSQL, Redis, two servers and nginx, each of a stated version, watched and restarted', () => {
    expect(Object.keys(compose.services).sort()).toEqual(['nginx', 'postgres', 'redis', ...SERVERS]);
    for (const { image, build } of Object.values(compose.services))
      expect(build?.dockerfile ?? image).toMatch(/^(\.github\/deploy\/Dockerfile|[a-z]+:\d[\d.]*)$/);
  });

  it('wants a password and the public address', () => {
    for (const name of Object.keys(GIVEN)) expect(() => composed({ ...GIVEN, [name]: '' })).toThrow(name);
  });

  it('depends on and mounts only what there is', () => {
    for (const { depends_on: on = [], volumes = [] } of Object.values(compose.services)) {
      for (const name of Array.isArray(on) ? on : Object.keys(on)) serviceOf(name);
      for (const volume of volumes) {
        const [from = ''] = volume.split(':');
        const isThere = from.startsWith('./')
          ? existsSync(join(ROOT, from)) || from.endsWith('/tls')
          : from in compose.volumes;
        expect([volume, isThere]).toEqual([volume, true]);
      }
    }
  });

  it('gives the servers settings that the server reads, each its own site, and no port of the host', () => {
    const known = new Set(
      [...read('.env.example').matchAll(/^#?([A-Z][A-Z_0-9]+)=/gm)].map(([, name]) => name),
    );
    const sites = SERVERS.map((name) => {
      const { environment = {}, ports } = serviceOf(name);
      expect(Object.keys(environment).filter((setting) => !known.has(setting))).toEqual([]);
      expect(ports).toBeUndefined();
      const config = readConfig(environment);
      expect(config).toMatchObject({ nodeEnv: 'production', demo: false, host: '0.0.0.0', port: 3000 });
      expect(config).toMatchObject({ publicUrl: 'https://ops.example', trustProxy: addressOf('nginx') });
      expect([new URL(config.databaseUrl).hostname, new URL(config.redisUrl ?? '').hostname]).toEqual([
        'postgres',
        'redis',
      ]);
      return config.site;
    });
    expect(sites).toEqual([...SERVERS]);
    const { environment: database = {} } = serviceOf('postgres');
    const url = new URL(serviceOf('server-1').environment?.['DATABASE_URL'] ?? '');
    expect([url.username, url.password, url.pathname]).toEqual([
      database['POSTGRES_USER'],
      database['POSTGRES_PASSWORD'],
      `/${database['POSTGRES_DB']}`,
    ]);
  });

  it('keeps what lies outside the database in one place for both servers', () => {
    expect(read('.github/deploy/Dockerfile')).toContain('-o node -g node -m 700 /data');
    for (const name of SERVERS) {
      const { environment = {}, volumes = [] } = serviceOf(name);
      expect(volumes).toEqual(['data:/data']);
      expect(readConfig(environment).dataDir).toBe('/data');
    }
  });

  it('fits nginx.conf: addresses, ports, paths', () => {
    const conf = read('.github/deploy/nginx.conf');
    const { ports, volumes = [], extra_hosts: hosts = [] } = serviceOf('nginx');
    const upstream = [...conf.matchAll(/^\s+server ([\w-]+):(\d+) /gm)].map(
      ([, name, port]) => `${name}:${port}`,
    );
    expect(upstream).toEqual(SERVERS.map((name) => `${name}:3000`));
    expect(hosts).toEqual(SERVERS.map((name) => `${name}:${addressOf(name)}`));
    const listens = [...conf.matchAll(/listen (\d+)/g)].map(([, port]) => `${port}:${port}`);
    expect([...listens].sort()).toEqual([...(ports ?? [])].sort());
    expect(volumes.map((volume) => volume.split(':')[1])).toEqual([
      '/etc/nginx/nginx.conf',
      '/etc/nginx/tls',
    ]);
    expect(conf).toContain('ssl_certificate /etc/nginx/tls/tls.crt;');
    const [subnet = ''] = compose.networks['inside']?.ipam.config.map(({ subnet }) => subnet) ?? [];
    const inside = subnet.replace(/\d+\/24$/, '');
    const fixed = ['nginx', ...SERVERS].map(addressOf);
    expect(fixed.every((address) => address.startsWith(inside))).toBe(true);
    expect(new Set(fixed).size).toBe(fixed.length);
  });

  it('builds an image of what is in the repository, without keys and secrets', () => {
    const dockerfile = read('.github/deploy/Dockerfile');
    for (const [, from = ''] of dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm))
      for (const path of from.split(' ')) expect([path, existsSync(join(ROOT, path))]).toEqual([path, true]);
    expect(dockerfile).toMatch(/^USER node$/m);
    for (const ignored of ['.env', '.github/deploy/tls'])
      for (const file of ['.dockerignore', '.gitignore'])
        expect([
          file,
          read(file)
            .split('\n')
            .map((line) => line.replace(/\/$/, '')),
        ]).toEqual([file, expect.arrayContaining([ignored])]);
  });
});
