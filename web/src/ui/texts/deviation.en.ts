import type { deviationHans } from './deviation.zh-hans.js';

export const deviationEn: typeof deviationHans = {
  kind: {
    'off-beat': 'Off its beat',
    stationary: 'Stationary',
    'lost-contact': 'Lost contact',
    overspeed: 'Too fast',
    'silent-device': 'Silent terminal',
  },
  told: {
    'off-beat': ({ callSign, from, limit }) =>
      `${callSign} has been off its beat since ${from} (more than ${limit})`,
    stationary: ({ callSign, from, limit }) => `${callSign} has not moved since ${from} (more than ${limit})`,
    'lost-contact': ({ callSign, from, limit }) =>
      `${callSign} has sent no position since ${from}: contact lost (more than ${limit})`,
    overspeed: ({ callSign, from, bound }) =>
      `${callSign} has been going faster than ${bound} km/h since ${from}`,
    'silent-device': ({ callSign, from, limit }) =>
      `A terminal of ${callSign} has been silent since ${from} (more than ${limit})`,
  },
  asked: (force, told) => `Ask the liaison desk (${force}): ${told}`,
  now: 'Deviates now',
  since: (kind, from, age) => `${kind} · since ${from} · for ${age}`,
  lost: (age) => `lost ${age}`,
  manyLost: (some, n) => `${n} teams lost at once (${some} …): look at network and gateway first`,
  questions: 'Please check',
  doorHint: 'Teams of yours report through it; meanwhile nobody asks after them one by one.',
  questionsHint:
    'These teams have not been heard for a while. You are only asked whether they are safe; it goes away when they are heard again. An answer reaches whoever asked at once; the word on it is shown on no wall.',
  answer: {
    checking: 'Checking',
    safe: 'Safe',
    'on-task': 'On other orders',
    'help-wanted': 'Needs help',
    declined: 'Not to be told',
  },
  answered: (force, clock, answer) => `${force} liaison, ${clock}: ${answer}`,
  answeredMine: (clock, answer) => `Answered ${clock}: ${answer}`,
  unanswered: 'Unanswered',
  answerNote: 'A word on it (may be left out)',
  silent: (span) => `silent for ${span}`,
  silentOff: (span) => `silent for ${span} (no alert on shift)`,
  rules: {
    title: 'Rules of deviations',
    hint: 'From when on a team on shift deviates. The more exact rule wins: duty level, then leading force, then mode. A change holds from the next look on. The city chooses these numbers; no standard gives them.',
    kind: 'Kind',
    level: 'Duty level',
    force: 'Led by',
    mode: 'Mode',
    isJudged: 'Judged',
    after: 'Lasts longer than (s)',
    bound: 'Bound',
    clear: 'Over after (s)',
    any: 'any',
    never: 'never',
    unit: { metres: 'm', kmh: 'km/h' },
    add: 'Add a rule',
    notYet: (n) => `${n} to be mended before it can be saved.`,
    fault: {
      after: 'It has to last a whole number of seconds, 10 to 86,400.',
      clear: 'It is over after a whole number of seconds, 0 to 3,600.',
      bound: 'The bound is a number from 1 to 20,000.',
      'no-bound': 'Say how far or how fast is too much: without a bound this rule never speaks.',
      twice: 'A rule above is for the same kind, level, force and mode: keep one.',
    },
  },
};
