import { type DeviationRule, DeviationRules, FORCES } from '@app/shared';
import { useText } from '../../ui/catalogue.js';
import { ReadNote } from './read-note.js';
import { ReleasePanel } from './release-panel.js';
import { DeviationRuleRow } from './deviation-rule-row.js';
import { ruleFaults } from './rule-faults.js';
import { useVersionedAt } from './use-versioned-at.js';
import { VersionedNote } from './versioned-note.js';

/** From when on a team on shift deviates, and for how long each force lets its tracks be kept. */
export function WatchTab() {
  return (
    <div className="watch-rules">
      <Rules />
      <ReleasePanel mine={FORCES} />
    </div>
  );
}

const COLUMNS = ['kind', 'level', 'force', 'mode', 'isJudged', 'after', 'bound', 'clear'] as const;
const NEW_RULE: DeviationRule = {
  kind: 'off-beat',
  level: null,
  force: 'police',
  mode: 'motorcycle',
  afterS: 600,
  clearS: 60,
  bound: 200,
};

function Rules() {
  const text = useText();
  const words = text.deviation.rules;
  const { read, edited } = useVersionedAt<DeviationRules, Pick<DeviationRules, 'rules'>>(
    '/api/deviation-rules',
    DeviationRules,
  );
  const { draft, isChanged, isBusy, edit, save } = edited;
  if (!draft) return <ReadNote read={read} />;
  const faults = ruleFaults(draft.rules);
  const put = (next: DeviationRule[]) => edit({ rules: next });
  return (
    <section className="clocks">
      <h3>{words.title}</h3>
      <p className="soft">{words.hint}</p>
      <ReadNote read={read} />
      <VersionedNote {...edited} />
      <table className="clock-rules">
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column}>{words[column]}</th>
            ))}
            <th />
          </tr>
        </thead>
        <tbody>
          {draft.rules.map((rule, index) => (
            <DeviationRuleRow
              key={index}
              rule={rule}
              fault={faults.get(index)}
              onChange={(next) => put(draft.rules.with(index, next))}
              onRemove={() => put(draft.rules.toSpliced(index, 1))}
            />
          ))}
        </tbody>
      </table>
      <p className="acts-row watch-acts">
        <button type="button" className="button" onClick={() => put([...draft.rules, NEW_RULE])}>
          {words.add}
        </button>
        <button
          type="button"
          className="button is-primary"
          disabled={!isChanged || isBusy || faults.size > 0}
          onClick={() => void save()}
        >
          {text.desk.admin.save}
        </button>
        {faults.size > 0 && <span className="is-warned">{words.notYet(faults.size)}</span>}
      </p>
    </section>
  );
}
