import { Calendar, type ClockSettings } from '@app/shared';
import { useState } from 'react';
import { ask, HttpFault } from '../../link/http.js';
import { useText } from '../../ui/catalogue.js';
import { FaultNote } from '../desk/fault-note.js';
import { useChange } from './use-change.js';

/** Holidays and make-up workdays of a year from a file; the file takes the place of what was known of that year. */
export function CalendarImport({ years, onDone }: { years: ClockSettings['years']; onDone: () => void }) {
  const text = useText();
  const [year, setYear] = useState(() => new Date().getFullYear());
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
          <input
            className="field is-number"
            type="number"
            min={2000}
            max={2100}
            value={year}
            onChange={({ target }) => setYear(Number(target.value))}
          />
        </label>
        <input
          type="file"
          accept=".csv,.txt,text/csv,text/plain"
          disabled={isBusy}
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
