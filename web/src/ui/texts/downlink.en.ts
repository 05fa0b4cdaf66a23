import type { downlinkHans } from './downlink.zh-hans.js';

export const downlinkEn: typeof downlinkHans = {
  title: 'To the terminal',
  none: 'This team has no JT/T 808 terminal',
  terminal: 'Terminal',
  text: 'Words for the crew',
  send: 'Send',
  urgent: 'Urgent',
  ask: 'Ask where they are',
  follow: 'Follow',
  stop: 'Stop following',
  followFor: 'Follow for',
  toneOf: 'Tone',
  otherCommand:
    'This team has a command of its own: it can be asked or told, not located or followed from here.',
  noMessages: 'Nothing has been sent yet',
  never: 'never heard',
  sent: 'The words are not kept, only when they were sent and acknowledged.',
  minutes: (n) => `${n} min`,
  seen: (age) => `heard ${age}`,
  failed: (why) => `Not done by the terminal (${why})`,
  tone: { request: 'Request', inform: 'Information' },
  kind: { text: 'Text', query: 'Where are you', track: 'Follow' },
  state: {
    waiting: 'Queued',
    sent: 'Sent',
    answered: 'Acknowledged',
    lapsed: 'Not delivered: terminal off line',
  },
  why: ['failed', 'message wrong', 'not supported'],
};
