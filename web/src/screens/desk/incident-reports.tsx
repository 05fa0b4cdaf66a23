import { type Incident, REPORT_KINDS, type Report, type ReportKind } from '@app/shared';
import { Modal } from 'antd';
import { useEffect, useState } from 'react';
import { HttpFault } from '../../link/http.js';
import { beginReport, fetchReports } from '../../link/reports.js';
import { useWall } from '../../store/wall.store.js';
import { useLanguage, useText } from '../../ui/catalogue.js';
import { FaultNote } from './fault-note.js';
import { ReportEditor } from './report-editor.js';
import { ReportLine } from './report-line.js';
import './reports.css';

/** Reports of an incident to the higher centre: what is wanted, written, sent and acknowledged. */
export function IncidentReports({ incident }: { incident: Pick<Incident, 'id' | 'version' | 'actions'> }) {
  const text = useText();
  const language = useLanguage((choice) => choice.language);
  const { reports, fault, take, fail } = useReports(incident.id, incident.version);
  const [openId, setOpenId] = useState<string>();
  const open = reports?.find(({ id }) => id === openId);
  const begin = async (kind: ReportKind) => {
    fail(undefined);
    try {
      const begun = await beginReport(incident.id, kind, language);
      take(begun);
      setOpenId(begun.id);
    } catch (cause) {
      fail(cause);
    }
  };
  const choose = (report: Report) =>
    report.state === 'wanted' ? void begin(report.kind) : setOpenId(report.id);
  const next = reports === undefined ? [] : mayBegin(reports);
  return (
    <section className="reports">
      <header>
        <h4>{text.reports.heading}</h4>
        {next.map((kind) => (
          <button key={kind} type="button" className="button" onClick={() => void begin(kind)}>
            {text.reports.kind[kind]}
          </button>
        ))}
      </header>
      <FaultNote fault={fault} onClose={() => fail(undefined)} />
      {reports?.length === 0 && <p className="soft">{text.reports.none}</p>}
      <ul>
        {reports?.map((report) => (
          <li key={report.id}>
            <ReportLine report={report} onOpen={() => choose(report)} />
          </li>
        ))}
      </ul>
      <Modal
        open={open !== undefined}
        onCancel={() => setOpenId(undefined)}
        footer={null}
        width="min(60rem, 92vw)"
        destroyOnHidden
        title={open && text.reports.title(open.kind, open.ordinal)}
      >
        {open && <ReportEditor key={open.id} report={open} onChange={take} />}
      </Modal>
    </section>
  );
}

/** As the server decides it: one first, follow-ups, one final; a draft that is open is opened, not begun. */
function mayBegin(reports: readonly Report[]): ReportKind[] {
  const has = (kind: ReportKind) => reports.some((report) => report.kind === kind && report.sentAt !== null);
  const isOpen = (kind: ReportKind) =>
    reports.some((report) => report.kind === kind && report.sentAt === null);
  return REPORT_KINDS.filter((kind) => {
    if (isOpen(kind) || has('final')) return false;
    return kind === 'first' ? !has('first') : has('first');
  });
}

/** Read again when the incident, or what the picture says of one of its reports, has moved. */
function useReports(incident: string, version: number) {
  const [reports, setReports] = useState<readonly Report[]>();
  const [fault, fail] = useState<unknown>();
  const told = useWall((wall) =>
    [...wall.reports.values()]
      .filter((card) => card.incident === incident)
      .map(({ id, version: at }) => `${id}:${at}`)
      .join(),
  );
  useEffect(() => {
    const stop = new AbortController();
    const read = async () => {
      try {
        setReports(await fetchReports(incident, stop.signal));
      } catch (cause) {
        if (!stop.signal.aborted) fail(cause instanceof HttpFault ? cause : new HttpFault('unknown', 0));
      }
    };
    void read();
    return () => stop.abort();
  }, [incident, version, told]);
  const take = (fresh: Report) =>
    setReports((all = []) =>
      all.some(({ id }) => id === fresh.id)
        ? all.map((one) => (one.id === fresh.id ? fresh : one))
        : [...all, fresh],
    );
  return { reports, fault, fail, take };
}
