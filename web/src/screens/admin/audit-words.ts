import { AUDIT_DETAILS, type AuditEntry, Instant, toMs } from '@app/shared';
import { useCentreName, useInstallation } from '../../link/installation.js';
import { usePerson } from '../../link/use-person.js';
import { type Texts, useText } from '../../ui/catalogue.js';
import { momentText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';

/** The database keeps no order of its keys. */
const placeOf = (key: string): number => {
  const place = (AUDIT_DETAILS as readonly string[]).indexOf(key);
  return place < 0 ? AUDIT_DETAILS.length : place;
};

type Words = Readonly<Record<string, string>>;

const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;
/** Said elsewhere in the line, or of no use to a reader. */
const UNSAID: ReadonlySet<string> = new Set(['number', 'sha256']);
/** Words that say what they are. */
const PLAIN: ReadonlySet<string> = new Set(['part', 'label', 'reason']);
/** Said of nearly every line, and no news. */
const isUsual = (key: string, value: unknown): boolean => key === 'label' && value === 'internal';

/** Enough of an id to tell two apart; the whole stands in the title. */
const idText = (id: string): string => (UUID.test(id) ? `…${id.slice(-6)}` : id);

/** A line of another version may say what has no word here. */
export const wordOf = (words: Words, key: string): string => words[key] ?? key;

/** What was read or changed, in words; its id in short, or in words where it is a key. */
export function subjectText(subject: string, { privacy, force, category }: Texts): string {
  const [kind = '', ...rest] = subject.split(':');
  const words = kind === 'force' ? force : kind === 'action-card' ? category : {};
  return [wordOf(privacy.subjects, kind), wordOf(words, idText(rest.join(':')))]
    .filter((part) => part !== '')
    .join(' ');
}

/** Where the words of a value stand, by the key that it has in the line. */
function wordsOf(key: string, { privacy, role, force, patrol, sos, downlink, duty, ...text }: Texts): Words {
  const known: Readonly<Record<string, Words>> = {
    part: { ...privacy.part, ...privacy.view },
    label: privacy.label,
    reason: privacy.reason,
    role,
    force,
    level: patrol.level,
    answer: patrol.forceAnswer,
    positions: patrol.positions,
    grain: patrol.positions,
    outcome: sos.outcome,
    tone: downlink.tone,
    kind: { ...duty.logKind, ...privacy.values },
    code: text.error,
    status: text.status,
    category: text.category,
  };
  return known[key] ?? privacy.values;
}

/** What a line of the audit says beside action and subject, in words where there are any. */
export function useAuditDetail(): (line: Pick<AuditEntry, 'detail'>) => string {
  const text = useText();
  const now = useNow();
  const centreName = useCentreName();
  const personName = usePerson();
  const { settings } = useInstallation();
  const { privacy, listComma, flow } = text;
  const names: Words = { ...flow.clocks.limit, ...privacy.details };

  const valueText = (key: string, value: unknown): string => {
    if (typeof value === 'boolean') return value ? privacy.isSo : privacy.isNotSo;
    if (Array.isArray(value)) return String(value.length);
    if (typeof value === 'object' && value !== null) return pairsText(value);
    const said = String(value);
    if (Instant.safeParse(value).success) return momentText(toMs(said), now, settings.timeZone);
    if (key === 'officer' || key === 'signer') return personName(said);
    return wordsOf(key, text)[said] ?? (centreName(said) || idText(said));
  };
  const pairsText = (detail: object): string =>
    Object.entries(detail)
      .sort(([a], [b]) => placeOf(a) - placeOf(b))
      .filter(([key, value]) => !UNSAID.has(key) && !isUsual(key, value) && value !== null)
      .map(([key, value]) =>
        PLAIN.has(key) ? valueText(key, value) : `${wordOf(names, key)} ${valueText(key, value)}`,
      )
      .join(listComma);
  return ({ detail }) => pairsText(detail);
}
