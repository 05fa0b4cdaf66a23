import type { IncidentStatus, TimelineEntry } from '@app/shared';
import type { RunningClock } from './clock.rules.js';
import type { Course } from './course.js';
import type { IncidentRow } from './incident.table.js';

/** What a step makes of an incident's course, and where that touches the rest of it. */
export interface Turn {
  readonly course: Course;
  readonly row?: Partial<
    Pick<
      IncidentRow,
      | 'centre'
      | 'former'
      | 'label'
      | 'coarseLng'
      | 'coarseLat'
      | 'category'
      | 'severity'
      | 'lng'
      | 'lat'
      | 'grid'
      | 'place'
      | 'description'
      | 'acceptDueAt'
      | 'arriveDueAt'
    >
  >;
  /** Where the step leads elsewhere than its row of the flow says. */
  readonly status?: IncidentStatus;
  /** The clock after the step; `'anew'` starts that of the stage once more. */
  readonly clock?: RunningClock | 'anew';
  readonly about?: TimelineEntry['about'];
}
