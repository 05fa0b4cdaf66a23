import { type Incident, IncidentReport } from '@app/shared';
import { useCallback, useEffect, useRef, useState } from 'react';
import { HttpFault, newKey } from '../../link/http.js';
import { reportIncident } from '../../link/incidents.js';
import { emptyDraft, keepDraft, type Lack, loadDraft, type ReportDraft, reportOf } from './report-draft.js';

export interface ReportDesk {
  readonly draft: ReportDraft;
  readonly lacks: readonly Lack[];
  readonly fault: unknown;
  readonly isSending: boolean;
  /** What the last report became. */
  readonly done: Incident | undefined;
  /** The caller's number: in this page's memory alone, never in the draft that the browser keeps. */
  readonly phone: string;
  readonly isPhoneWrong: boolean;
  readonly changePhone: (phone: string) => void;
  readonly change: (part: Partial<ReportDraft>) => void;
  readonly send: () => Promise<void>;
  /** Sends it as another incident: the first try under the old key was taken after all. */
  readonly sendAnew: () => Promise<void>;
  readonly startOver: () => void;
}

/**
 * A report on its way: the draft is kept in this browser for its account, through errors, reload and sign-out, with
 * the key that makes a second sending of it the same one. It is forgotten when its answer has come.
 */
export function useReport(account: string): ReportDesk {
  const [draft, setDraft] = useState(() => loadDraft(account));
  const [lacks, setLacks] = useState<readonly Lack[]>([]);
  const [fault, setFault] = useState<unknown>();
  const [isSending, setSending] = useState(false);
  const [done, setDone] = useState<Incident>();
  const [phone, setPhone] = useState('');
  const [isPhoneWrong, setPhoneWrong] = useState(false);
  const isLocked = useRef(false);

  useEffect(() => keepDraft(account, draft), [account, draft]);

  const change = useCallback((part: Partial<ReportDraft>) => {
    setDraft((old) => ({ ...old, ...part }));
    setLacks([]);
  }, []);

  const changePhone = (told: string) => {
    setPhone(told);
    setPhoneWrong(false);
  };

  const sendAs = async (draft: ReportDraft) => {
    const made = reportOf(draft);
    if ('lacks' in made) {
      setLacks(made.lacks);
      return;
    }
    const callerPhone = phone.trim();
    if (callerPhone !== '' && !IncidentReport.shape.callerPhone.safeParse(callerPhone).success) {
      setPhoneWrong(true);
      return;
    }
    // A state is set too late for a second Enter in the same moment.
    if (isLocked.current) return;
    isLocked.current = true;
    setSending(true);
    setFault(undefined);
    try {
      setDone(await reportIncident({ ...made.report, ...(callerPhone ? { callerPhone } : {}) }, draft.key));
      setDraft(emptyDraft());
      setPhone('');
    } catch (cause) {
      setFault(cause instanceof HttpFault ? cause : new HttpFault('unknown', 0));
    } finally {
      isLocked.current = false;
      setSending(false);
    }
  };
  const sendAnew = () => {
    const renewed = { ...draft, key: newKey() };
    setDraft(renewed);
    return sendAs(renewed);
  };
  const startOver = () => {
    setDone(undefined);
    setFault(undefined);
    setLacks([]);
    setDraft(emptyDraft());
    changePhone('');
  };
  return {
    phone,
    isPhoneWrong,
    changePhone,
    draft,
    lacks,
    fault,
    isSending,
    done,
    change,
    send: () => sendAs(draft),
    sendAnew,
    startOver,
  };
}
