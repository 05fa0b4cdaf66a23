import type { departmentHans } from './department.zh-hans.js';

const plural = (n: number, one: string): string => `${n} ${n === 1 ? one : `${one}s`}`;
const both = (teams: number, departments: number): string =>
  [...(teams > 0 ? [plural(teams, 'team')] : []), plural(departments, 'department')].join(', ');

export const departmentEn: typeof departmentHans = {
  title: 'Departments of the centre',
  sent: (n) => `Departments sent: ${n}`,
  hint: 'They go with teams or alone. A department has no handheld: the desk notes when it signs, arrives and is done.',
  set: 'Set departments',
  setHint:
    'Names of departments alone, no people, no telephone numbers. Close what is no more; what was sent stays. Traditional and English may be left empty.',
  open: 'Open',
  add: 'Add a department',
  save: 'Save departments',
  none: 'No departments yet',
  closed: 'Closed',
  fault: {
    name: 'A name in simplified Chinese is wanted; no name holds a telephone number (5 digits or more in a row).',
    twice: 'Another department has this name.',
  },
  send: (teams, departments) => `Dispatch ${both(teams, departments)}`,
  acceptAndSend: (teams, departments) => `Accept, dispatch ${both(teams, departments)}`,
  step: {
    acknowledge: 'Signed for',
    arrive: 'On scene',
    clear: 'Done',
    decline: 'Declined',
    recall: 'Recall',
  },
  returned: 'The department returned it. Send a team or a department, or say why you keep it without one.',
};
