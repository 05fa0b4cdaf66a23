import type { EvidenceKind } from '@app/shared';
import type { flowHans } from './flow.zh-hans.js';

const times = (n: number): string => (n === 1 ? 'once' : n === 2 ? 'twice' : `${n} times`);

const EVIDENCE = { photo: 'photographs', any: 'photographs or files' } satisfies Record<EvidenceKind, string>;

export const flowEn: typeof flowHans = {
  more: 'More',
  offers: 'Handing over and help',
  kind: {
    'hand-up': 'handed up',
    'hand-down': 'handed down',
    'hand-across': 'handed across',
    assist: 'help asked',
  },
  waits: (from, kind, to) => `${from}: ${kind} to ${to}, waits for an answer`,
  waitsOn: (from, kind, next, to) => `${from}: ${kind} to ${next}, waits for ${to} to pass it on`,
  helps: (centre) => `${centre} helps`,
  keepsDuty: 'Until they take over, the duty stays here.',
  returnedByCentre: (centre) =>
    `${centre} returned it. First decide: keep it here, hand it to another centre, or reject it. Then it can go on.`,
  returnedByTeam: 'The team returned it. Send another, or say why you keep it without one.',
  suspended: (until) => `Suspended until ${until}; it goes on by itself, and no clock runs until then`,
  extension: {
    asked: (by, until) => `${by} asks for time until ${until}; to be reviewed`,
    reviewed: (by, until) => `${by} asks for time until ${until}; reviewed, to be approved above`,
  },
  change: {
    chooses: 'It should be',
    proposed: (by, to) => `${by} proposes: ${to}. The duty officer decides.`,
    changed: (from, to) => `${from} → ${to}`,
  },
  was: (what, said) => `${what} was: ${said ?? 'nothing'}`,
  extended: (n) => `Extended ${times(n)}`,
  reworked: (n) => `Redone ${times(n)}`,
  reopened: (n) => `Reopened ${times(n)}`,
  followUpDue: (until) => `Follow up by ${until}`,
  followUpLate: (until) => `The follow-up visit is overdue: it was due by ${until}`,
  satisfaction: { satisfied: 'Satisfied', fair: 'Fairly satisfied', dissatisfied: 'Dissatisfied (reopens)' },
  followedUp: (word) => `Follow-up: ${word}`,
  supervised: {
    proposed: (trigger) => `Supervision proposed: ${trigger}; the duty chief above is to confirm`,
    open: (trigger, centre) => `Supervised by ${centre}: ${trigger}`,
    answered: (centre) => `${centre} was answered and is to lift its supervision`,
  },
  trigger: {
    'by-hand': 'by decision from above',
    'not-accepted': 'not accepted in time',
    'not-handled': 'not handled in time',
    'not-lawful': 'not handled as it should be',
  },
  evidence: {
    kinds: EVIDENCE,
    wanted: (step: string, what: EvidenceKind, { least, seen }: { least: number; seen: number }) =>
      `${step} needs ${EVIDENCE[what]}: at least ${least}, so far ${seen}. Add them below, or have the team take them`,
    crew: (what: EvidenceKind, least: number) =>
      `Before it can be completed: ${EVIDENCE[what]}, ${least}. Take one of how it is now`,
  },
  rules: {
    title: 'Rules of the flow',
    step: 'Step',
    what: 'Evidence',
    least: 'At least',
    addEvidence: 'Ask for evidence',
    addLevels: 'Limit a step to levels',
    levels: 'Levels that may take it',
    hint: 'A rule for a category goes before one for any; 0 asks for none. After rework or reopening evidence is wanted anew. The limits of the table itself (supervision from above, closing by who handed down) always hold, these only narrow them; the top level may in any case.',
  },
  clocks: {
    stage: 'Stage',
    level: 'Level',
    category: 'Category',
    severity: 'Grade',
    kind: 'Counted in',
    value: 'Limit',
    any: 'any',
    days: 'days',
    add: 'Add a limit',
    remove: 'Remove',
    kinds: {
      emergency: 'emergency hours',
      working: 'working hours',
      workdays: 'workdays',
      days: 'calendar days',
    },
    limit: {
      suspendDays: 'Longest suspension (days)',
      reopenDays: 'May be reopened for (days)',
      duplicateRadiusM: 'Duplicates within (m)',
      duplicateHours: 'Duplicates within (hours)',
      unmergeMinutes: 'May be unmerged for (min)',
    },
    hint: 'The more exact limit wins: grade, then category, then level. 0: no clock runs. A change holds for what enters a stage from now on.',
    calendar: 'Holidays and make-up workdays',
    year: 'Year',
    file: 'Calendar file',
    fileHint: 'A line for each day: date, holiday or workday, name (UTF-8). It takes the place of that year.',
    badLine: (line, seen) => `Line ${line}: ${seen}`,
    known: (year, holidays, workdays) => `${year}: ${holidays} holidays, ${workdays} make-up workdays`,
  },
  waitMark: {
    'hand-up': 'Being handed up',
    'hand-down': 'Being handed down',
    'hand-across': 'Being handed across',
    assist: 'Help asked',
  },
  helpMark: 'With help',
  supervisionMark: { proposed: 'Supervision proposed', open: 'Supervised', answered: 'Supervision answered' },
  duplicates: 'May be the same',
  shareTeam: 'Team also sent elsewhere',
  absorb: 'Took in another',
  release: 'Let the other go',
  noDuplicates: 'No open incident of this category is near',
  duplicateWhy: (score, metres, minutes, sameGrid) =>
    `${score}% alike: ${metres} m and ${minutes} min apart${sameGrid ? ', same grid' : ''}`,
  mergedInto: (number, until) => `Merged into ${number}; can be taken back until ${until}`,
  absorbed: (number) => `${number} was merged into this one`,
  toCentre: 'To centre',
  until: 'Until',
  to: (centre) => `→ ${centre}`,
};
