import { type DutyLevel, toMs, REASON_CHARS } from '@app/shared';
import { InputNumber } from 'antd';
import { useState } from 'react';
import { useCentreName, useInstallation } from '../../link/installation.js';
import { fetchEffects, fetchLevels, liftLevel, setNeed } from '../../link/patrol.js';
import { useFetched } from '../../link/use-fetched.js';
import { versionsText } from '../../store/versions-text.js';
import { useWall } from '../../store/wall.store.js';
import { useText } from '../../ui/catalogue.js';
import { momentText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { useChange } from '../admin/use-change.js';
import { EraseWords } from '../desk/erase-words.js';
import { FaultNote } from '../desk/fault-note.js';
import { WrittenWords } from '../desk/written-words.js';
import { Part } from '../../ui/part.js';
import { LevelForm } from './level-form.js';

const READ_MS = 30_000;

/** The duty level of a centre and of those right below, what each asks for, and who set it. */
export function LevelPanel({ scope, onDone }: { scope: string; onDone: () => void }) {
  const text = useText();
  const { session } = useInstallation();
  const cards = useWall((wall) => wall.levels);
  const mark = versionsText(cards.values());
  const effects = useFetched({
    subject: scope,
    mark,
    everyMs: READ_MS,
    read: (signal) => fetchEffects(scope, signal),
  });
  const levels = useFetched({ subject: 'levels', mark, everyMs: READ_MS, read: fetchLevels });
  const [isRaising, setRaising] = useState(false);
  const reload = () => {
    effects.reload();
    levels.reload();
    onDone();
  };
  const isCommander = session.account.role === 'commander';
  const standing = levels.value?.filter(({ state }) => state === 'planned' || state === 'active') ?? [];
  return (
    <Part title={text.patrol.dutyLevel} observedAt={effects.readAt}>
      <FaultNote fault={effects.fault ?? levels.fault} onRetry={reload} />
      <EffectTable items={effects.value?.items ?? []} mayChange={isCommander} onDone={reload} />
      {standing.map((level) => (
        <LevelLine key={level.id} level={level} onDone={reload} />
      ))}
      {isCommander && (
        <p className="note-acts">
          <button type="button" className="button" onClick={() => setRaising(true)}>
            {text.patrol.raise}
          </button>
        </p>
      )}
      {isRaising && <LevelForm scope={scope} onDone={reload} onClose={() => setRaising(false)} />}
    </Part>
  );
}

interface EffectTableProps {
  readonly items: Awaited<ReturnType<typeof fetchEffects>>['items'];
  readonly mayChange: boolean;
  readonly onDone: () => void;
}

function EffectTable({ items, mayChange, onDone }: EffectTableProps) {
  const text = useText();
  const centreName = useCentreName();
  const change = useChange(onDone);
  return (
    <>
      <div className="effects-box">
        <table className="effects">
          <thead>
            <tr>
              <th>{text.desk.holder}</th>
              <th>{text.patrol.dutyLevel}</th>
              <th title={text.patrol.dailyHint}>{text.patrol.daily}</th>
              <th>{text.patrol.wanted}</th>
              <th>{text.patrol.onNow}</th>
            </tr>
          </thead>
          <tbody>
            {items.map(({ centre, level, daily, wanted, on }) => (
              <tr key={centre}>
                <td>{centreName(centre)}</td>
                <td className={`is-level-${level}`}>{text.patrol.level[level]}</td>
                <td>
                  {mayChange ? (
                    <InputNumber
                      key={daily}
                      size="small"
                      min={0}
                      max={500}
                      precision={0}
                      defaultValue={daily}
                      aria-label={`${centreName(centre)} ${text.patrol.daily}`}
                      onBlur={({ target }) => {
                        const teams = Number(target.value);
                        if (Number.isInteger(teams) && teams !== daily)
                          void change.run(() => setNeed(centre, teams));
                      }}
                    />
                  ) : (
                    daily
                  )}
                </td>
                <td>{wanted}</td>
                <td className={on < wanted ? 'is-warned' : ''}>{on}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <FaultNote fault={change.fault} onClose={change.forgive} />
    </>
  );
}

function LevelLine({ level, onDone }: { level: DutyLevel; onDone: () => void }) {
  const text = useText();
  const now = useNow();
  const { settings } = useInstallation();
  const centreName = useCentreName();
  const change = useChange(onDone);
  const [reason, setReason] = useState('');
  const when = (at: string) => momentText(toMs(at), now, settings.timeZone);
  const { terms } = level;
  return (
    <div className="level-line">
      <p>
        <b className={`is-level-${level.level}`}>{text.patrol.level[level.level]}</b>{' '}
        {centreName(level.centre) || text.patrol.above} · {when(level.from)}–{when(level.to)}
        {level.state === 'planned' && ` · ${text.patrol.levelPlanned}`}
      </p>
      <p className="soft">
        <WrittenWords words={level.reason} /> ·{' '}
        {text.patrol.terms(terms.teamsPct, terms.visitsPct, terms.strengthPct)}
      </p>
      {level.mayLift && (
        <p className="trade-form">
          <input
            className="field"
            value={reason}
            maxLength={REASON_CHARS}
            placeholder={text.patrol.liftReason}
            aria-label={text.patrol.liftReason}
            onChange={({ target }) => setReason(target.value)}
          />
          <button
            type="button"
            className="button is-small"
            disabled={reason.trim() === '' || change.isBusy}
            onClick={() => void change.run(() => liftLevel(level, reason))}
          >
            {text.patrol.lift}
          </button>
        </p>
      )}
      {level.mayLift && level.reason !== '' && (
        <EraseWords of={{ kind: 'duty-level', id: level.id }} onDone={onDone} />
      )}
      <FaultNote fault={change.fault} onClose={change.forgive} />
    </div>
  );
}
