import { DATUMS, type FixReport } from '@app/shared';
import { z } from 'zod';

/** Names of fields with dots between, as `gps.lon` or `points.0.lon`. */
const Path = z.string().regex(/^[^.\s]+(\.[^.\s]+)*$/, 'expected names of fields with dots between');
const Topic = z
  .string()
  .max(200)
  .regex(
    /^(?!\$)(([^/+#\0]*|\+)\/)*([^/+#\0]*|\+|#)$/,
    'expected a topic filter of MQTT, such as fleet/+/fix',
  );

const TopicRule = z.strictObject({
  topic: Topic,
  /** Where in the payload a list of positions stands; without it the payload is one, or a list of them. */
  list: Path.optional(),
  /** The device's id or `externalId`: a level of the topic, the first one is 1, or a field. */
  device: z.union([
    z.strictObject({ level: z.number().int().min(1).max(20) }),
    z.strictObject({ path: Path }),
  ]),
  at: z.strictObject({ path: Path, unit: z.enum(['iso', 'ms', 's']) }),
  lng: Path,
  lat: Path,
  speed: z.strictObject({ path: Path, unit: z.enum(['kmh', 'ms']) }).optional(),
  headingDeg: Path.optional(),
  /** Of all positions of this topic; without it that of each device. */
  datum: z.enum(DATUMS).optional(),
});
export type TopicRule = z.infer<typeof TopicRule>;

const Mapping = z
  .strictObject({
    $schema: z.string().optional(),
    protocol: z.enum(['3.1.1', '5']).default('5'),
    /** Several servers, or connections, share what the broker tells (`$share`); without it each is told everything. */
    shared: z.boolean().default(false),
    connections: z.number().int().min(1).max(16).default(1),
    topics: z.array(TopicRule).min(1).max(50),
  })
  .refine(({ shared, connections }) => shared || connections === 1, {
    path: ['connections'],
    message: 'expected 1, or "shared": true: each connection would be told everything',
  });
export type Mapping = z.infer<typeof Mapping>;

/**
 * How a broker's messages are read, from the text of a file.
 * @throws Error that names every line of the file that is wrong, what was seen and what was wanted
 */
export function parseMapping(text: string): Mapping {
  const value = jsonOf(text);
  const parsed = Mapping.safeParse(value);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => {
    const seen = path.reduce<unknown>((at, name) => fieldOf(at, String(name)), value);
    return `${path.join('.') || 'the file'}: ${message}; seen ${JSON.stringify(seen) ?? 'nothing'}`;
  });
  throw new Error(`bad mapping:\n  ${lines.join('\n  ')}`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`bad mapping:\n  the file: expected JSON; ${String(cause)}`, { cause });
  }
}

/** The first rule whose filter takes a topic, in the order of the file. */
export const ruleFor = ({ topics }: Mapping, topic: string): TopicRule | undefined =>
  topics.find((rule) => isOf(rule.topic, topic));

/** Whether a topic is one of a filter: `+` is any level, `#` any rest. */
function isOf(filter: string, topic: string): boolean {
  const [wanted, levels] = [filter.split('/'), topic.split('/')];
  for (const [i, name] of wanted.entries()) {
    if (name === '#') return true;
    if (levels[i] === undefined || (name !== '+' && name !== levels[i])) return false;
  }
  return wanted.length === levels.length;
}

/** The positions of a message as the other doors take them; what is missing or of another kind, they refuse. */
export function reportsOf(rule: TopicRule, topic: string, payload: unknown): unknown[] {
  const list = rule.list === undefined ? payload : fieldAt(payload, rule.list);
  const items: readonly unknown[] = Array.isArray(list) ? list : list === undefined ? [] : [list];
  return items.map((item) => reportOf(rule, topic, item));
}

function reportOf(
  rule: TopicRule,
  topic: string,
  item: unknown,
): Record<keyof Omit<FixReport, 'accuracyM'>, unknown> {
  const { device, at, lng, lat, speed, headingDeg, datum } = rule;
  const name = 'level' in device ? topic.split('/')[device.level - 1] : fieldAt(item, device.path);
  const motion = speed && fieldAt(item, speed.path);
  return {
    device: typeof name === 'number' ? String(name) : name,
    at: instantOf(fieldAt(item, at.path), at.unit),
    lng: fieldAt(item, lng),
    lat: fieldAt(item, lat),
    speedKmh: speed?.unit === 'ms' && typeof motion === 'number' ? motion * 3.6 : (motion ?? undefined),
    headingDeg: (headingDeg === undefined ? undefined : fieldAt(item, headingDeg)) ?? undefined,
    datum,
  };
}

function instantOf(value: unknown, unit: TopicRule['at']['unit']): unknown {
  if (unit === 'iso' || typeof value !== 'number') return value;
  const ms = unit === 's' ? value * 1_000 : value;
  return Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : undefined;
}

const fieldAt = (value: unknown, path: string): unknown => path.split('.').reduce(fieldOf, value);

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
