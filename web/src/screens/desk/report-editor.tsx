import {
  type Report,
  REPORT_FIELDS,
  REPORT_FORMATS,
  REPORT_WANTED,
  type ReportBody,
  type ReportField,
} from '@app/shared';
import { Input } from 'antd';
import { useState } from 'react';
import { download } from '../../link/download.js';
import { HttpFault } from '../../link/http.js';
import { editReport, reportFile, stepReport } from '../../link/reports.js';
import { useLanguage, useText } from '../../ui/catalogue.js';
import { FaultNote } from './fault-note.js';

/** A report with its fields: typed while it is a draft, read when it was sent. */
export function ReportEditor({ report, onChange }: { report: Report; onChange: (report: Report) => void }) {
  const text = useText();
  const language = useLanguage((choice) => choice.language);
  const [body, setBody] = useState<ReportBody>(report.body);
  const [fault, setFault] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const mayEdit = report.actions.includes('edit');
  const isChanged = REPORT_FIELDS[report.kind].some(
    (field) => (body[field] ?? '').trim() !== (report.body[field] ?? ''),
  );
  const wanted: readonly ReportField[] = REPORT_WANTED[report.kind];
  const lacks = lackingIn(fault);

  const run = async (work: () => Promise<Report | undefined>) => {
    setBusy(true);
    setFault(undefined);
    try {
      const fresh = await work();
      if (fresh) onChange(fresh);
    } catch (cause) {
      setFault(cause);
    } finally {
      setBusy(false);
    }
  };
  const save = () => (isChanged && mayEdit ? editReport(report, body) : Promise.resolve(report));
  const send = () =>
    run(async () => {
      const saved = await save();
      // What was saved stays saved, also when it is not sent.
      onChange(saved);
      return stepReport(saved, 'send');
    });
  const file = (format: (typeof REPORT_FORMATS)[number]) =>
    run(async () => {
      const saved = await save();
      const name = `${report.number} ${text.reports.title(report.kind, report.ordinal)}.${format}`;
      await download(reportFile(report.id, format, language), name);
      return saved;
    });

  return (
    <form
      className="report-editor"
      onSubmit={(event) => {
        event.preventDefault();
        void run(save);
      }}
    >
      {REPORT_FIELDS[report.kind].map((field) => (
        <label key={field}>
          <span className={lacks.includes(field) ? 'is-warned' : ''}>
            {text.reports.field[field]}
            {wanted.includes(field) && mayEdit && ' *'}
          </span>
          <Input.TextArea
            value={body[field] ?? ''}
            maxLength={4000}
            readOnly={!mayEdit}
            status={lacks.includes(field) ? 'error' : ''}
            autoSize={{ minRows: 1, maxRows: 8 }}
            onChange={({ target }) => setBody((old) => ({ ...old, [field]: target.value }))}
          />
        </label>
      ))}
      <FaultNote fault={fault} onClose={() => setFault(undefined)} />
      <div className="note-acts">
        {mayEdit && (
          <>
            <button type="button" className="button is-primary" disabled={isBusy} onClick={() => void send()}>
              {text.reports.send}
            </button>
            <button type="submit" className="button" disabled={isBusy || !isChanged}>
              {text.reports.save}
            </button>
          </>
        )}
        {report.actions.includes('acknowledge') && (
          <button
            type="button"
            className="button is-primary"
            disabled={isBusy}
            onClick={() => void run(() => stepReport(report, 'acknowledge'))}
          >
            {text.reports.acknowledge}
          </button>
        )}
        {REPORT_FORMATS.map((format) => (
          <button
            key={format}
            type="button"
            className="button"
            disabled={isBusy}
            onClick={() => void file(format)}
          >
            {format.toUpperCase()}
          </button>
        ))}
        <span className="soft">
          {report.sentAt !== null ? text.reports.fixed : isChanged && text.reports.unsaved}
        </span>
      </div>
    </form>
  );
}

/** The fields that a refusal says are empty. */
function lackingIn(fault: unknown): readonly unknown[] {
  const fields = fault instanceof HttpFault && fault.code === 'report.lacks' ? fault.detail['fields'] : [];
  return Array.isArray(fields) ? fields : [];
}
