import { WORDS } from '@app/shared';
import type { filesHans } from './zh-hans.js';

export const filesEn: typeof filesHans = {
  ...WORDS.en,
  incidents: 'Incidents',
  column: {
    number: 'Number',
    category: 'Category',
    severity: 'Grade',
    status: 'Status',
    centre: 'Centre',
    origin: 'Reported by',
    grid: 'Grid',
    place: 'Place',
    lng: 'Longitude',
    lat: 'Latitude',
    source: 'Source',
    occurred: 'Happened',
    recorded: 'Recorded',
    accepted: 'Accepted',
    dispatched: 'Dispatched',
    arrived: 'Arrived',
    handled: 'Completed',
    closed: 'Closed',
    teams: 'Teams',
    description: 'Description',
  },
  document: {
    heading: (title) => `Incident report: ${title}`,
    sentAt: 'Sent',
    by: 'By',
    unsent: 'Draft, not sent',
    acknowledged: 'Acknowledged',
    empty: '(none yet)',
  },
};
