import { Calendar, CalendarFile, type ClockSettings } from '@app/shared';
import { useState } from 'react';
import { ask, HttpFault } from '../../link/http.js';
import { useInstallation } from '../../link/installation.js';
import { useText } from '../../ui/catalogue.js';
import { dayText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { FaultNote } from '../desk/fault-note.js';
import { boundsOf, NumberField } from './number-field.js';
import { useChange } from './use-change.js';

const YEAR = CalendarFile.shape.year;

/** Holidays and make-up workdays of a year from a file; the file takes the place of what was known of that year. */
export function CalendarImport({ years, onDone }: { years: ClockSettings['years']; onDone: () => void }) {
  const text = useText();
  const now = useNow();
  const { timeZone } = useInstallation().settings;
  const [picked, setPicked] = useState<number | null>();
  const thisYear = Number.isNaN(now) ? null : Number(dayText(now, timeZone).slice(0, 4));
  const year = picked === undefined ? thisYear : picked;
  const isYear = YEAR.safeParse(year).success;
  const { fault, isBusy, run, forgive } = useChange(onDone);
  const words = text.flow.clocks;
  const take = async (file: File | undefined) => {
    if (!file) return;
    const body = { year, text: await file.text() };
    await run(() => ask('/api/calendars', Calendar, { method: 'POST', body }));
  };
  return (
    <section className="calendar-import">
      <h4>{words.calendar}</h4>
      <p className="acts-row">
        <label>
          {words.year}{' '}
          <NumberField
            {...boundsOf(YEAR)}
            value={year}
            label={words.year}
            isWrong={!isYear}
            onChange={setPicked}
          />
        </label>
        <input
          type="file"
          accept=".csv,.txt,text/csv,text/plain"
          disabled={isBusy || !isYear}
          aria-label={words.file}
          onChange={({ target }) => {
            void take(target.files?.[0]);
            target.value = '';
          }}
        />
        <span className="soft">{words.fileHint}</span>
      </p>
      <FaultNote fault={fault} onClose={forgive} />
      {fault instanceof HttpFault && typeof fault.detail['line'] === 'number' && (
        <p className="is-warned">{words.badLine(fault.detail['line'], String(fault.detail['seen']))}</p>
      )}
      <ul>
        {years.map((one) => (
          <li key={one.year}>{words.known(one.year, one.holidays, one.workdays)}</li>
        ))}
      </ul>
    </section>
  );
}
