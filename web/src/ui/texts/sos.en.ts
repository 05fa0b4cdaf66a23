import type { sosHans } from './sos.zh-hans.js';

export const sosEn: typeof sosHans = {
  title: 'Help',
  calls: (callSign) => `${callSign} calls for help`,
  presses: (n) => `pressed ${n} times`,
  calling: 'nobody has answered',
  answered: 'answered',
  placed: (place, age) => `At ${place} · ${age}`,
  noPlace: 'Place unknown: call them on air',
  nearest: 'Nearest free',
  noneNear: 'No free team near',
  metres: (m) => `${m} m`,
  kilometres: (km) => `${km} km`,
  answer: 'I answer',
  end: 'End the call',
  endAs: 'Outcome',
  keep: 'Not yet',
  more: (n) => `${n} more calls for help`,
  callFor: 'Call for help for them',
  callSure: (callSign) => `Send a call for help for ${callSign}?`,
  outcome: {
    helped: 'Helped',
    resolved: 'Danger over',
    'pressed-by-mistake': 'Pressed by mistake',
    exercise: 'Exercise',
  },
};
