import { z } from 'zod';

const whole = (from: number, to: number, preset: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'expected digits')
    .transform(Number)
    .refine((value) => value >= from && value <= to, `expected ${from} to ${to}`)
    .default(preset);
const port = (preset: number) => whole(0, 65_535, preset);
const flag = (preset: 'on' | 'off') =>
  z
    .enum(['on', 'off'])
    .default(preset)
    .transform((value) => value === 'on');
const optional = z
  .string()
  .optional()
  .transform((value) => value || null);

/** `id:key` with commas between, each key 32 bytes in base64; the first one seals, all of them open. */
export const CallerKeys = z.string().transform((text, context): ReadonlyMap<string, Buffer> => {
  const keys = text.split(',').map((one): [string, Buffer] => {
    const [, id = '', key = ''] = /^([\w-]{1,40}):([A-Za-z0-9+/=]{44})$/.exec(one.trim()) ?? [];
    return [id, Buffer.from(key, 'base64')];
  });
  if (keys.some(([id, key]) => id === '' || key.length !== 32))
    context.addIssue({
      code: 'custom',
      message: 'expected id:key with commas between, keys of 32 bytes in base64',
    });
  return new Map(keys);
});

/** Every setting of the server, by the name it has in the environment; `.env.example` explains each. */
const Settings = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port(3000),
  JT808_PORT: z
    .string()
    .regex(/^(off|\d{1,5})$/, 'expected off or a port')
    .transform((value) => (value === 'off' ? null : Number(value)))
    .refine((value) => value === null || value <= 65_535, 'expected off or 0 to 65535')
    .default(6808),
  JT808_IDLE_S: whole(10, 3_600, 180),
  MQTT_URL: z
    .string()
    .regex(/^(mqtts?|wss?):\/\/.+/, 'expected mqtt://user:password@host:1883 or mqtts://…')
    .optional()
    .transform((value) => value ?? null),
  MQTT_MAPPING: optional,
  DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'expected postgres://user:password@host:port/name'),
  DATABASE_POOL: whole(2, 200, 12),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'expected redis://host:port')
    .optional()
    .transform((value) => value ?? null),
  DEMO: flag('on'),
  PUBLIC_URL: z
    .url()
    .optional()
    .transform((value) => value?.replace(/\/$/, '') ?? null),
  TRUST_PROXY: optional,
  MAPBOX_TOKEN: optional,
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  SITE: z.string().min(1).max(40).default('main'),
  TIME_ZONE: z
    .string()
    .default('Asia/Shanghai')
    .refine(isTimeZone, 'expected an IANA time zone such as Asia/Shanghai'),
  TRACK_DAYS: whole(1, 30, 7),
  NUMBER_PREFIX: z.string().max(12).default('嘉综'),
  EVIDENCE_MB: whole(1, 200, 20),
  EVIDENCE_DAYS: whole(1, 180, 180),
  ANTIVIRUS: z
    .string()
    .regex(
      /^(clamd|command):.+$/,
      'expected clamd:host:port, clamd:/path/of/socket or command:program and words',
    )
    .optional()
    .transform((value) => value ?? null),
  S3_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .optional()
    .transform((value) => value?.replace(/\/$/, '') ?? null),
  S3_BUCKET: optional,
  S3_REGION: z.string().min(1).default('us-east-1'),
  S3_KEY: optional,
  S3_SECRET: optional,
  CALLER_KEYS: CallerKeys.optional().transform((value) => value ?? null),
  CALLER_DAYS: whole(1, 400, 30),
  TEXT_DAYS: whole(1, 4000, 400),
  EXPORT_ROWS: whole(1, 1_000_000, 50_000),
  SIMULATOR_SECRET: optional,
  WEB_DIR: optional,
});

/** What may carry a password or is one. */
const SECRETS = new Set([
  'DATABASE_URL',
  'REDIS_URL',
  'MQTT_URL',
  'PUBLIC_URL',
  'MAPBOX_TOKEN',
  'SIMULATOR_SECRET',
  'S3_ENDPOINT',
  'S3_KEY',
  'S3_SECRET',
  'CALLER_KEYS',
]);

export interface Config {
  readonly nodeEnv: 'production' | 'development' | 'test';
  readonly host: string;
  readonly port: number;
  /** Null: no terminals. */
  readonly jt808Port: number | null;
  /** Whether somebody chose that port; the preset one gives way when it is taken. */
  readonly isJt808PortChosen: boolean;
  /** Seconds after which a terminal that says nothing is gone. */
  readonly jt808IdleS: number;
  /** The city's own broker, and the file that says how its messages are read; null: none. */
  readonly mqtt: { readonly url: string; readonly mappingFile: string } | null;
  readonly dataDir: string;
  readonly databaseUrl: string;
  readonly databasePool: number;
  readonly redisUrl: string | null;
  readonly demo: boolean;
  readonly publicUrl: string | null;
  readonly trustProxy: string | null;
  readonly mapboxToken: string | null;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly site: string;
  readonly timeZone: string;
  /** Days for which tracks keep every fix; then one a minute to day 30, then none. */
  readonly trackDays: number;
  /** What the numbers of incidents begin with. */
  readonly numberPrefix: string;
  /** The largest photograph or file. */
  readonly evidenceMb: number;
  /** Days for which evidence is kept after its incident ended. */
  readonly evidenceDays: number;
  /** Who looks for viruses in what is sent; null: nobody. */
  readonly antivirus: string | null;
  /** Where evidence lies; null: below the data directory. */
  readonly evidenceS3: {
    readonly endpoint: string;
    readonly bucket: string;
    readonly region: string;
    readonly key: string;
    readonly secret: string;
  } | null;
  /** Keys that seal callers' numbers, today's first; null: one of this installation's own, in the data directory. */
  readonly callerKeys: ReadonlyMap<string, Buffer> | null;
  /** Days after its end for which an incident keeps the caller's number, and what was told in free text. */
  readonly callerDays: number;
  readonly textDays: number;
  /** Incidents that one exported file may hold. */
  readonly exportRows: number;
  readonly simulatorSecret: string | null;
  readonly webDir: string | null;
}

/** The token under which the configuration is injected. */
export const CONFIG = Symbol('config');

/**
 * Reads the environment once, at the start. This file is its only reader.
 * @throws Error that names every bad setting, what was seen and what was wanted
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = Settings.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => {
      const name = String(path[0]);
      const seen = SECRETS.has(name) ? '(not shown)' : JSON.stringify(given[name] ?? null);
      return `${name}: ${message}; seen ${seen}`;
    });
    throw new Error(`bad settings:\n  ${lines.join('\n  ')}`);
  }
  const { data } = parsed;
  if (data.NODE_ENV === 'production' && data.DEMO)
    throw new Error('bad settings:\n  DEMO: production wants DEMO=off; the demo city has open accounts');
  return {
    nodeEnv: data.NODE_ENV,
    host: data.HOST,
    port: data.PORT,
    jt808Port: data.JT808_PORT,
    isJt808PortChosen: given['JT808_PORT'] !== undefined,
    jt808IdleS: data.JT808_IDLE_S,
    mqtt: brokerOf(data),
    dataDir: data.DATA_DIR,
    databaseUrl: data.DATABASE_URL,
    databasePool: data.DATABASE_POOL,
    redisUrl: data.REDIS_URL,
    demo: data.DEMO,
    publicUrl: data.PUBLIC_URL,
    trustProxy: data.TRUST_PROXY,
    mapboxToken: data.MAPBOX_TOKEN,
    logLevel: data.LOG_LEVEL,
    site: data.SITE,
    timeZone: data.TIME_ZONE,
    trackDays: data.TRACK_DAYS,
    numberPrefix: data.NUMBER_PREFIX,
    evidenceMb: data.EVIDENCE_MB,
    evidenceDays: data.EVIDENCE_DAYS,
    antivirus: data.ANTIVIRUS,
    evidenceS3: bucketOf(data),
    callerKeys: data.CALLER_KEYS,
    callerDays: data.CALLER_DAYS,
    textDays: data.TEXT_DAYS,
    exportRows: data.EXPORT_ROWS,
    simulatorSecret: data.SIMULATOR_SECRET,
    webDir: data.WEB_DIR,
  };
}

/** @throws Error when only one of the two is set */
function brokerOf({ MQTT_URL: url, MQTT_MAPPING: mappingFile }: z.infer<typeof Settings>): Config['mqtt'] {
  if (url === null && mappingFile === null) return null;
  if (url === null || mappingFile === null)
    throw new Error('bad settings:\n  MQTT_URL, MQTT_MAPPING: both of them wanted, or none');
  return { url, mappingFile };
}

/** @throws Error when only some of what a bucket needs is set */
function bucketOf(data: z.infer<typeof Settings>): Config['evidenceS3'] {
  const {
    S3_ENDPOINT: endpoint,
    S3_BUCKET: bucket,
    S3_REGION: region,
    S3_KEY: key,
    S3_SECRET: secret,
  } = data;
  if (endpoint === null && bucket === null && key === null && secret === null) return null;
  if (endpoint === null || bucket === null || key === null || secret === null)
    throw new Error(
      'bad settings:\n  S3_ENDPOINT, S3_BUCKET, S3_KEY, S3_SECRET: all of them wanted, or none',
    );
  return { endpoint, bucket, region, key, secret };
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
