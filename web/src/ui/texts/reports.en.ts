import { WORDS } from '@app/shared';
import type { reportsHans } from './reports.zh-hans.js';

export const reportsEn: typeof reportsHans = {
  ...WORDS.en.reports,
  heading: 'Reports upward',
  state: { wanted: 'Wanted', draft: 'Draft', sent: 'Sent', acknowledged: 'Acknowledged' },
  none: 'Nothing to report yet',
  send: 'Send',
  acknowledge: 'Acknowledge',
  save: 'Save draft',
  unsaved: 'Changes are not saved',
  toCentre: 'To ',
  overdue: 'Overdue',
  due: 'Due',
  fixed: 'Sent: it cannot be changed',
  noneOpen: 'No reports on their way',
};
