import { z } from 'zod';
import { Lat, Lng } from './geo.js';
import { Id } from './ids.js';
import { Instant } from './time.js';
import type { Category } from './category.js';
import type { AssignmentStep } from './assignment.js';

export const FORCES = ['police', 'armed-police', 'militia'] as const;
export const Force = z.enum(FORCES);
export type Force = z.infer<typeof Force>;
export const MODES = ['vehicle', 'foot', 'motorcycle', 'drone', 'video'] as const;
export const Mode = z.enum(MODES);
export type Mode = z.infer<typeof Mode>;
/** Who must arrive within how many minutes: the 1/3/5-minute force. */
export const Tier = z.union([z.literal(1), z.literal(3), z.literal(5)]);
export type Tier = z.infer<typeof Tier>;

export const TEAM_STATUSES = [
  'available',
  'patrolling',
  'posted',
  'assigned',
  'en-route',
  'on-scene',
  'working',
  'backup',
  'clearing',
  'rest',
  'out-of-service',
] as const;
export const TeamStatus = z.enum(TEAM_STATUSES);
export type TeamStatus = z.infer<typeof TeamStatus>;
/** Statuses from which a team can be sent at once. */
export const FREE_STATUSES: readonly TeamStatus[] = ['available', 'patrolling', 'posted'];
/** Statuses from which nobody sends a team, whatever the reason. */
export const RESTING_STATUSES: readonly TeamStatus[] = ['rest', 'out-of-service'];
/** Statuses that a team without an open assignment sets itself. */
export const OWN_STATUSES: readonly TeamStatus[] = [
  'available',
  'patrolling',
  'posted',
  'rest',
  'out-of-service',
];
/** The status that an open assignment gives its team; an ended one gives `available` back. */
export const STEP_STATUS = {
  dispatched: 'assigned',
  acknowledged: 'assigned',
  departed: 'en-route',
  arrived: 'on-scene',
  transporting: 'working',
  delivered: 'working',
  cleared: 'available',
  declined: 'available',
  recalled: 'available',
} as const satisfies Record<AssignmentStep, TeamStatus>;

/** Headcounts by force; never names. */
export const Headcounts = z.partialRecord(Force, z.number().int().min(0).max(200));
export type Headcounts = z.infer<typeof Headcounts>;

/** What a team can do beyond patrolling. */
export const CAPABILITIES = [
  'first-aid',
  'fire',
  'traffic',
  'crowd',
  'search-rescue',
  'drone',
  'water-rescue',
  'mediation',
] as const;
export const Capability = z.enum(CAPABILITIES);
export type Capability = z.infer<typeof Capability>;

/** What a team has with it (domain §3.3); never a firearm. */
export const TEAM_EQUIPMENT = [
  'aed',
  'first-aid-kit',
  'extinguisher',
  'recorder',
  'radio',
  'shield',
  'barrier',
  'drone',
  'searchlight',
  'rope',
] as const;
export const TeamEquipment = z.enum(TEAM_EQUIPMENT);
export type TeamEquipment = z.infer<typeof TeamEquipment>;

/** Where a team stands when it is posted: a place, never a person. */
export const Post = z.strictObject({ place: z.string().trim().min(1).max(60), lng: Lng, lat: Lat });
export type Post = z.infer<typeof Post>;

interface Manned {
  readonly forces: Headcounts;
  /** Forces that are in it and do not release how many they are. */
  readonly withheld?: readonly Force[] | undefined;
}

const isIn = ({ forces, withheld = [] }: Manned, force: Force): boolean =>
  (forces[force] ?? 0) > 0 || withheld.includes(force);

/** Who leads a team: as told, else police where there are any, else the first force that has somebody in it. */
export const leadOf = ({ lead, ...team }: Manned & { readonly lead?: Force | undefined }): Force =>
  lead ?? FORCES.find((force) => isIn(team, force)) ?? 'police';

/** Matters in which police have to be there: militia have no police powers (domain §3.3). */
const POLICE_MATTERS: readonly Category[] = ['disorder', 'suspicious-object'];

/**
 * Why a team may not be ordered to an incident of a category, whatever its status: armed police stand under their own
 * command and are only ever requested, and militia alone do not go where police powers are wanted. Null: it may.
 */
export function commandBar(team: Manned, category: Category): 'armed-police-only' | 'militia-alone' | null {
  if (isIn(team, 'police')) return null;
  if (isIn(team, 'armed-police')) return 'armed-police-only';
  return isIn(team, 'militia') && POLICE_MATTERS.includes(category) ? 'militia-alone' : null;
}

export const TeamCard = z.object({
  id: Id,
  callSign: z.string(),
  mode: Mode,
  tier: Tier,
  status: TeamStatus,
  version: z.number().int(),
  statusAt: Instant,
  centre: Id,
  forces: Headcounts,
  incidents: z.array(Id),
  /** Told only where it is not the first force of the list. */
  lead: Force.optional(),
  /** Forces in it whose headcount is not released; told only where there are any. */
  withheld: z.array(Force).optional(),
  /** How fine its positions are; told only where they are not precise. */
  grain: z.enum(['coarse', 'on-request']).optional(),
});
export type TeamCard = z.infer<typeof TeamCard>;

const Outfit = {
  lead: Force.optional(),
  capabilities: z.array(Capability).max(CAPABILITIES.length).optional(),
  equipment: z.array(TeamEquipment).max(TEAM_EQUIPMENT.length).optional(),
  post: Post.nullable().optional(),
};

export const TeamDraft = z.strictObject({
  ...Outfit,
  callSign: z.string().min(1).max(40),
  centre: Id,
  mode: Mode,
  tier: Tier,
  forces: Headcounts,
  sharedWith: z.array(Id).max(50).optional(),
  status: z.enum(['available', 'patrolling', 'posted', 'rest', 'out-of-service']).optional(),
});
export type TeamDraft = z.infer<typeof TeamDraft>;

export const TeamChange = z.strictObject({
  ...Outfit,
  version: z.number().int().positive(),
  callSign: z.string().min(1).max(40).optional(),
  mode: Mode.optional(),
  tier: Tier.optional(),
  forces: Headcounts.optional(),
  sharedWith: z.array(Id).max(50).optional(),
  status: TeamStatus.optional(),
  /** Teams are never deleted: closed, with a successor where there is one. */
  close: z.strictObject({ successor: Id.optional() }).optional(),
});
export type TeamChange = z.infer<typeof TeamChange>;

/** A team as HTTP answers it: its card, whom it is shared with, what it has, and its last fix. */
export const Team = TeamCard.extend({
  sharedWith: z.array(Id),
  capabilities: z.array(Capability),
  equipment: z.array(TeamEquipment),
  post: Post.nullable(),
  position: z
    .object({
      lng: z.number(),
      lat: z.number(),
      headingDeg: z.number().nullable(),
      speedKmh: z.number().nullable(),
      observedAt: Instant,
    })
    .nullable(),
});
export type Team = z.infer<typeof Team>;

export const DATUMS = ['wgs84', 'cgcs2000', 'gcj02', 'bd09'] as const;
/** The number that a JT/T 808 terminal speaks by, without leading zeros; at most 12 digits before 2019, then 20. */
export const TerminalNumber = z
  .string()
  .regex(/^\d{1,20}$/, 'expected at most 20 digits')
  .transform((digits) => digits.replace(/^0+(?=\d)/, ''));
export const DeviceDraft = z.strictObject({
  team: Id,
  name: z.string().min(1).max(80).optional(),
  externalId: z.string().min(1).max(80).optional(),
  datum: z.enum(DATUMS).optional(),
  terminal: TerminalNumber.optional(),
  /** The id that the terminal must register with; without it any will do. */
  terminalId: z
    .string()
    .regex(/^[\x21-\x7e]{1,30}$/, 'expected at most 30 letters, digits and signs')
    .optional(),
});
export type DeviceDraft = z.infer<typeof DeviceDraft>;

/** A device as HTTP answers it. `number` is what binary batches name it by. */
export const Device = z.object({
  id: Id,
  number: z.number().int(),
  team: Id,
  name: z.string().nullable(),
  externalId: z.string().nullable(),
  datum: z.enum(DATUMS),
  terminal: z.string().nullable(),
  terminalId: z.string().nullable(),
  /** When it first showed its code; until then a terminal may register and is given one. */
  enrolledAt: Instant.nullable(),
  /** Whether it is a crew's own handheld: it has no secret, whoever has signed in there speaks for it. */
  isHandheld: z.boolean().optional(),
  /** When it last told anything, to some seconds. */
  seenAt: Instant.nullable(),
  createdAt: Instant,
  revokedAt: Instant.nullable(),
});
export type Device = z.infer<typeof Device>;

/** Columns of a list of devices as CSV; the first line names them, in any order. */
export const DEVICE_COLUMNS = ['callSign', 'terminal', 'terminalId', 'name', 'externalId', 'datum'] as const;
export type DeviceColumn = (typeof DEVICE_COLUMNS)[number];
export const MAX_LISTED_DEVICES = 500;
/** Body of `POST /api/devices/list`. */
export const DeviceList = z.strictObject({ csv: z.string().max(200_000) });
export type DeviceList = z.infer<typeof DeviceList>;
/** What is wrong in a field of a list: empty or unreadable, a call sign of no team, twice in the list, in use already. */
export const LIST_FAULTS = ['malformed', 'unknown', 'twice', 'taken'] as const;
export const ListFault = z.object({
  line: z.number().int(),
  column: z.string(),
  seen: z.string(),
  why: z.enum(LIST_FAULTS),
});
export type ListFault = z.infer<typeof ListFault>;

/** The answer to `POST /api/devices`; the secret is told once and never again. */
export const NewDevice = Device.extend({ secret: z.string().nullable() });
export type NewDevice = z.infer<typeof NewDevice>;
/** The answer to `POST /api/devices/list`: every device of it, with its secret. */
export const NewDevices = z.object({ items: z.array(NewDevice) });
export type NewDevices = z.infer<typeof NewDevices>;

/** What a text is when it is no order, as it stands before its words on the terminal. */
export const MESSAGE_TONES = { request: '【商请】', inform: '【通报】' } as const;
export const MessageTone = z.enum(Object.keys(MESSAGE_TONES) as ['request', 'inform']);
export type MessageTone = z.infer<typeof MessageTone>;
/** So long a message waits for its terminal to be connected. */
export const MESSAGE_WAIT_MS = 60_000;
/** Characters of a text for a crew. */
export const MESSAGE_CHARS = 500;

/** What is sent down to a terminal: a text for its crew, a question where it is, or tracking for a while (0: no more). */
export const DeviceMessageDraft = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('text'),
    text: z.string().min(1).max(MESSAGE_CHARS),
    urgent: z.boolean().optional(),
    /** Stands before the words. Who leads a force of its own command is asked or told, never ordered: one is wanted. */
    tone: MessageTone.optional(),
  }),
  z.strictObject({ kind: z.literal('query') }),
  z.strictObject({
    kind: z.literal('track'),
    everyS: z.number().int().min(0).max(3_600),
    forS: z.number().int().min(1).max(86_400),
  }),
]);
export type DeviceMessageDraft = z.infer<typeof DeviceMessageDraft>;

/** What became of it; the text itself is not kept once it is sent. */
export const DeviceMessage = z.object({
  id: Id,
  kind: z.enum(['text', 'query', 'track']),
  state: z.enum(['waiting', 'sent', 'answered', 'lapsed']),
  createdAt: Instant,
  sentAt: Instant.nullable(),
  answeredAt: Instant.nullable(),
  /** 0 done · 1 failed · 2 wrong · 3 unsupported, as the terminal answered. */
  result: z.number().int().nullable(),
});
export type DeviceMessage = z.infer<typeof DeviceMessage>;
