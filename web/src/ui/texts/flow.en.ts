import type { flowHans } from './flow.zh-hans.js';

const times = (n: number): string => (n === 1 ? 'once' : n === 2 ? 'twice' : `${n} times`);

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
  extended: (n) => `Extended ${times(n)}`,
  reworked: (n) => `Redone ${times(n)}`,
  reopened: (n) => `Reopened ${times(n)}`,
  followUpDue: (until) => `Follow up by ${until}`,
  satisfaction: { satisfied: 'Satisfied', fair: 'Fairly satisfied', dissatisfied: 'Dissatisfied (reopens)' },
  followedUp: (word) => `Follow-up: ${word}`,
  toCentre: 'To centre',
  until: 'Until',
  to: (centre) => `→ ${centre}`,
};
