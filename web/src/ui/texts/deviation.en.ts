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
  questions: 'Please check',
  questionsHint:
    'These teams have not been heard for a while. You are only asked whether they are safe; it goes away when they are heard again.',
  silent: (span) => `silent for ${span}`,
  silentOff: (span) => `silent for ${span} (no alert on shift)`,
};
