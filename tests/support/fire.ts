import { DueTimesSchedule } from '../../server/src/clocks/due-times.schedule.js';
import { Database } from '../../server/src/platform/database.js';
import type { RunningApp } from './app.js';

/**
 * Fires whatever is due within so many ms, now and in its order: nothing fires earlier than the database's clock says.
 */
export async function fireIn({ app }: RunningApp, ms: number): Promise<void> {
  const database = app.get(Database);
  const due = [ms / 1000];
  await database.query(
    `update due_time set due_at = now() - (now() + $1 * interval '1 second' - due_at) / 100000
      where fired_at is null and due_at <= now() + $1 * interval '1 second'`,
    due,
  );
  await app.get(DueTimesSchedule).fireDue();
  // Waits for what the server's own turn holds.
  await database.query('select id from due_time where due_at <= now() for update');
}
