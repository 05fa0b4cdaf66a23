import {
  Alert,
  DAILY_LEVEL,
  type Device,
  DeviationRules,
  deviationRule,
  leadOf,
  type Team,
  toMs,
} from '@app/shared';
import { ask } from '../../link/http.js';
import { useFetched } from '../../link/use-fetched.js';
import { useText } from '../../ui/catalogue.js';
import { ageText, spanText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { useList } from './use-list.js';
import { When } from './when.js';

const READ_MS = 60_000;

export interface Silence {
  /** Devices that an open alert says are silent while their teams are on shift, and teams that are not heard at all. */
  readonly told: ReadonlySet<string>;
  readonly rules: DeviationRules | undefined;
}

/** What counts as silent, and of which devices that has been told. */
export function useSilence(): Silence {
  const { items } = useList('/api/alerts', Alert);
  const { value: rules } = useFetched({
    subject: 'deviation-rules',
    everyMs: READ_MS,
    read: (signal) => ask('/api/deviation-rules', DeviationRules, { signal }),
  });
  const told = new Set(
    items?.flatMap(({ deviation }) =>
      deviation?.kind === 'lost-contact' ? deviation.team : (deviation?.device ?? []),
    ),
  );
  return { told, rules };
}

interface LastWordProps {
  readonly device: Device;
  readonly team: Team | undefined;
  readonly silence: Silence;
}

/** When a device was heard last; longer ago than its rule allows is told loudly on shift and quietly off it. */
export function LastWord({ device, team, silence: { told, rules } }: LastWordProps) {
  const text = useText();
  const now = useNow();
  const { seenAt, revokedAt, isHandheld, id } = device;
  if (seenAt === null) return '—';
  const silentMs = now - toMs(seenAt);
  const judged = team && { level: DAILY_LEVEL, force: leadOf(team), mode: team.mode };
  const afterS = judged && rules && deviationRule(rules.rules, 'silent-device', judged)?.afterS;
  // A crew's handheld tells as long as they like: its silence says nothing.
  const isJudged = revokedAt === null && !isHandheld;
  const isSilent = isJudged && typeof afterS === 'number' && silentMs >= afterS * 1_000;
  const span = spanText(silentMs, text);
  const isTold = told.has(id) || told.has(device.team);
  return (
    <>
      <When at={seenAt} />{' '}
      {isSilent ? (
        <span className={isTold ? 'is-warned' : 'soft'}>
          {isTold ? text.deviation.silent(span) : text.deviation.silentOff(span)}
        </span>
      ) : (
        <span className="soft">{ageText(silentMs, text)}</span>
      )}
    </>
  );
}
