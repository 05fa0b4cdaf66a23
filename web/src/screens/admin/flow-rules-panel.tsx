import {
  CATEGORIES,
  EVIDENCE_ACTIONS,
  EVIDENCE_KINDS,
  EvidenceRule,
  FLOW,
  FlowRules,
  INCIDENT_ACTIONS,
  type LevelRule,
  nameIn,
} from '@app/shared';
import { useInstallation } from '../../link/installation.js';
import { useLanguage, useText } from '../../ui/catalogue.js';
import { boundsOf, EMPTIED, NumberField } from './number-field.js';
import { Picked } from './picked.js';
import { ReadNote } from './read-note.js';
import { RemoveCell } from './remove-cell.js';
import { useVersionedAt } from './use-versioned-at.js';
import { VersionedNote } from './versioned-note.js';

const NEW_EVIDENCE: EvidenceRule = { action: 'complete', category: null, what: 'photo', least: 1 };
/** What somebody takes, at some level. */
const TAKEN = INCIDENT_ACTIONS.filter((action) =>
  FLOW.some((row) => row.action === action && row.roles.length > 0),
);

/** What a city adds to the table of the flow: evidence that a step wants, levels at which it may be taken. */
export function FlowRulesPanel() {
  const text = useText();
  const words = text.flow.rules;
  const { settings } = useInstallation();
  const { read, edited } = useVersionedAt<FlowRules, Partial<Pick<FlowRules, 'evidence' | 'levels'>>>(
    '/api/flow-rules',
    FlowRules,
  );
  const { draft, isChanged, isBusy, edit, save } = edited;
  if (!draft) return <ReadNote read={read} />;
  const { evidence, levels } = draft;
  const all = settings.levels.map(({ level }) => level);
  const wrong = evidence.filter(isWrong).length;
  return (
    <section className="clocks">
      <h3>{words.title}</h3>
      <p className="soft">{words.hint}</p>
      <ReadNote read={read} />
      <VersionedNote {...edited} />
      <table className="clock-rules">
        <thead>
          <tr>
            {[words.step, text.flow.clocks.category, words.what, words.least].map((name) => (
              <th key={name}>{name}</th>
            ))}
            <th />
          </tr>
        </thead>
        <tbody>
          {evidence.map((rule, index) => (
            <EvidenceRow
              key={index}
              rule={rule}
              onChange={(next) => edit({ evidence: evidence.with(index, next) })}
              onRemove={() => edit({ evidence: evidence.toSpliced(index, 1) })}
            />
          ))}
        </tbody>
      </table>
      <table className="clock-rules">
        <thead>
          <tr>
            <th>{words.step}</th>
            <th>{words.levels}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {levels.map((rule, index) => (
            <LevelRow
              key={index}
              rule={rule}
              onChange={(next) => edit({ levels: levels.with(index, next) })}
              onRemove={() => edit({ levels: levels.toSpliced(index, 1) })}
            />
          ))}
        </tbody>
      </table>
      <p className="acts-row">
        <button
          type="button"
          className="button"
          onClick={() => edit({ evidence: [...evidence, NEW_EVIDENCE] })}
        >
          {words.addEvidence}
        </button>
        <button
          type="button"
          className="button"
          onClick={() => edit({ levels: [...levels, { action: 'suspend', levels: all }] })}
        >
          {words.addLevels}
        </button>
        <button
          type="button"
          className="button is-primary"
          disabled={!isChanged || wrong > 0 || isBusy}
          onClick={() => void save()}
        >
          {text.desk.admin.save}
        </button>
        {wrong > 0 && <span className="is-warned">{text.deviation.rules.notYet(wrong)}</span>}
      </p>
    </section>
  );
}

const isWrong = ({ least }: EvidenceRule): boolean => !EvidenceRule.shape.least.safeParse(least).success;

interface RowProps<R> {
  readonly rule: R;
  readonly onChange: (rule: R) => void;
  readonly onRemove: () => void;
}

function EvidenceRow({ rule, onChange, onRemove }: RowProps<EvidenceRule>) {
  const text = useText();
  return (
    <tr>
      <td>
        <Picked
          options={EVIDENCE_ACTIONS}
          value={rule.action}
          textOf={(action) => text.action[action]}
          onPick={(action) => action !== null && onChange({ ...rule, action })}
        />
      </td>
      <td>
        <Picked
          options={CATEGORIES}
          value={rule.category}
          any={text.flow.clocks.any}
          textOf={(category) => text.category[category]}
          onPick={(category) => onChange({ ...rule, category })}
        />
      </td>
      <td>
        <Picked
          options={EVIDENCE_KINDS}
          value={rule.what}
          textOf={(what) => text.flow.evidence.kinds[what]}
          onPick={(what) => what !== null && onChange({ ...rule, what })}
        />
      </td>
      <td>
        <NumberField
          {...boundsOf(EvidenceRule.shape.least)}
          value={rule.least}
          label={text.flow.rules.least}
          isWrong={isWrong(rule)}
          onChange={(least) => onChange({ ...rule, least: least ?? EMPTIED })}
        />
      </td>
      <RemoveCell onRemove={onRemove} />
    </tr>
  );
}

function LevelRow({ rule, onChange, onRemove }: RowProps<LevelRule>) {
  const text = useText();
  const language = useLanguage((choice) => choice.language);
  const { settings } = useInstallation();
  const put = (level: string, isIn: boolean) =>
    onChange({
      ...rule,
      levels: isIn ? [...rule.levels, level] : rule.levels.filter((one) => one !== level),
    });
  return (
    <tr>
      <td>
        <Picked
          options={TAKEN}
          value={rule.action}
          textOf={(action) => text.action[action]}
          onPick={(action) => action !== null && onChange({ ...rule, action })}
        />
      </td>
      <td>
        {settings.levels.map(({ level, names }, index) => (
          <label key={level} className="level-pick">
            <input
              type="checkbox"
              checked={index === 0 || rule.levels.includes(level)}
              disabled={index === 0 || (rule.levels.length === 1 && rule.levels.includes(level))}
              onChange={({ target }) => put(level, target.checked)}
            />{' '}
            {nameIn(names, language)}
          </label>
        ))}
      </td>
      <RemoveCell onRemove={onRemove} />
    </tr>
  );
}
