import type { Language } from './names.js';
import type { TeamStatus } from './team.js';

export const TEAM_STATUS_ACTIONS = [
  'stand-by',
  'patrol',
  'post',
  'rest',
  'break-down',
  'work',
  'call-backup',
  'pull-out',
] as const;
export type TeamStatusAction = (typeof TEAM_STATUS_ACTIONS)[number];

/**
 * Status → what people may say next → status (domain §3.4). The upper rows are a team's own; the lower ones hold while
 * an assignment is open, whose steps alone begin and end them. What was out of service is on stand-by first.
 */
export const TEAM_FLOW = {
  available: { patrol: 'patrolling', post: 'posted', rest: 'rest', 'break-down': 'out-of-service' },
  patrolling: { 'stand-by': 'available', post: 'posted', rest: 'rest', 'break-down': 'out-of-service' },
  posted: { 'stand-by': 'available', patrol: 'patrolling', rest: 'rest', 'break-down': 'out-of-service' },
  rest: {
    'stand-by': 'available',
    patrol: 'patrolling',
    post: 'posted',
    'break-down': 'out-of-service',
  },
  'out-of-service': { 'stand-by': 'available' },
  assigned: {},
  'en-route': {},
  'on-scene': { work: 'working', 'call-backup': 'backup', 'pull-out': 'clearing' },
  working: { 'call-backup': 'backup', 'pull-out': 'clearing' },
  backup: { work: 'working', 'pull-out': 'clearing' },
  clearing: {},
} as const satisfies Record<TeamStatus, Partial<Record<TeamStatusAction, TeamStatus>>>;

type Steps = Readonly<Partial<Record<TeamStatusAction, TeamStatus>>>;

/** What people may say next of a team of this status, with what it becomes. */
export const teamSteps = (from: TeamStatus): Steps => TEAM_FLOW[from];

/** Whether people may bring a team from one status straight to another; to the same one always. */
export const mayBecome = (from: TeamStatus, to: TeamStatus): boolean =>
  from === to || Object.values(teamSteps(from)).includes(to);

const DIGITS: Readonly<Record<Language, readonly string[]>> = {
  'zh-Hans': ['洞', '幺', '两', '三', '四', '五', '六', '拐', '八', '九'],
  'zh-Hant': ['洞', '幺', '兩', '三', '四', '五', '六', '拐', '八', '九'],
  en: ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'niner'],
};

/** A call sign as it is said on air (domain §3.3): `雄关207` is `雄关两洞拐`; in English digit by digit. */
export function spokenCallSign(callSign: string, language: Language): string {
  const said = callSign.replace(/\d/g, (digit) => {
    const word = DIGITS[language][Number(digit)] ?? digit;
    return language === 'en' ? ` ${word}` : word;
  });
  return said.replace(/ {2,}/g, ' ').trim();
}
