import type { AuditEntry } from '@app/shared';
import { useState } from 'react';
import { type AuditPage, fetchAudit } from '../../link/audit.js';
import { useCentreName } from '../../link/installation.js';
import { useFetched } from '../../link/use-fetched.js';
import { useText } from '../../ui/catalogue.js';
import { FaultNote } from '../desk/fault-note.js';
import { subjectText, useAuditDetail, wordOf } from './audit-words.js';
import { PersonLogin } from './person-login.js';
import { When } from './when.js';

const RENEW_MS = 30_000;
/** Beginnings of the actions that read or erase what somebody wrote. */
const READING = /\.(read|searched|exported|erased)$/;

/** Who did and who read what, newest first. */
export function AuditTab() {
  const text = useText();
  const [action, setAction] = useState('');
  const [account, setAccount] = useState('');
  const [isOfReading, setOfReading] = useState(false);
  const [older, setOlder] = useState<{ readonly of: string; readonly page: AuditPage }>();
  const query = new URLSearchParams({
    limit: '100',
    ...(action ? { action } : {}),
    ...(account.trim() ? { account: account.trim() } : {}),
  });
  const subject = query.toString();
  const newest = useFetched({ subject, everyMs: RENEW_MS, read: (signal) => fetchAudit(query, signal) });
  const more = older?.of === subject ? older.page : undefined;
  const first = newest.value?.items ?? [];
  const oldest = first.at(-1)?.seq ?? 0;
  const lines = [...first, ...(more?.items ?? []).filter(({ seq }) => seq < oldest)].filter(
    (line) => !isOfReading || READING.test(line.action),
  );
  const next = more ? more.next : (newest.value?.next ?? null);
  const readMore = async () => {
    if (next === null) return;
    const page = await fetchAudit(new URLSearchParams([...query, ['cursor', next]]));
    setOlder({ of: subject, page: { items: [...(more?.items ?? []), ...page.items], next: page.next } });
  };
  return (
    <section className="audit">
      <p className="acts-row">
        <select
          className="button"
          value={action}
          aria-label={text.privacy.action}
          onChange={({ target }) => setAction(target.value)}
        >
          <option value="">{text.privacy.allActions}</option>
          {Object.entries(text.privacy.actions).map(([key, name]) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
        <input
          className="field"
          value={account}
          maxLength={48}
          placeholder={text.privacy.find}
          aria-label={text.privacy.find}
          onChange={({ target }) => setAccount(target.value)}
        />
        <label>
          <input
            type="checkbox"
            checked={isOfReading}
            onChange={({ target }) => setOfReading(target.checked)}
          />{' '}
          {text.privacy.onlyReads}
        </label>
      </p>
      <FaultNote fault={newest.fault} onRetry={newest.reload} />
      <table className="clock-rules audit-lines">
        <thead>
          <tr>
            {(['at', 'account', 'action', 'subject', 'detail'] as const).map((column) => (
              <th key={column}>{text.privacy[column]}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <AuditLine key={line.seq} line={line} />
          ))}
        </tbody>
      </table>
      {lines.length === 0 && newest.value && <p className="soft">{text.privacy.none}</p>}
      {next !== null && (
        <button type="button" className="button" onClick={() => void readMore()}>
          {text.privacy.more}
        </button>
      )}
    </section>
  );
}

function AuditLine({ line }: { line: AuditEntry }) {
  const text = useText();
  const centreName = useCentreName();
  const detailOf = useAuditDetail();
  const { number } = line.detail;
  const [, centre] = /^centre:(.+)$/.exec(line.subject) ?? [];
  return (
    <tr>
      <td>
        <When at={line.at} />
      </td>
      <td>{line.account === null ? text.privacy.nobody : <PersonLogin login={line.account} />}</td>
      <td>
        {wordOf(text.privacy.actions, line.action)}
        {line.outcome === 'refused' && <span className="tag is-warned">{text.privacy.refused}</span>}
      </td>
      <td className="number">
        <span title={line.subject}>
          {typeof number === 'string'
            ? number
            : (centre !== undefined && centreName(centre)) || subjectText(line.subject, text)}
        </span>
      </td>
      <td className="soft">{detailOf(line)}</td>
    </tr>
  );
}
