import {
  CATEGORIES,
  ClockRule,
  ClockSettings,
  CLOCK_STAGES,
  FlowLimits,
  nameIn,
  SEVERITIES,
  TIME_KINDS,
} from '@app/shared';
import { useInstallation } from '../../link/installation.js';
import { useLanguage, useText } from '../../ui/catalogue.js';
import { CalendarImport } from './calendar-import.js';
import { FlowRulesPanel } from './flow-rules-panel.js';
import { boundsOf, EMPTIED, NumberField } from './number-field.js';
import { Picked } from './picked.js';
import { ReadNote } from './read-note.js';
import { RemoveCell } from './remove-cell.js';
import { useVersionedAt } from './use-versioned-at.js';
import { VersionedNote } from './versioned-note.js';

const LIMITS = Object.keys(FlowLimits.shape) as (keyof FlowLimits)[];

/** Limits of time by level, category, severity and stage; what else the city decides about the flow; its calendar. */
export function ClocksTab() {
  const text = useText();
  const { read, edited } = useVersionedAt<ClockSettings, Partial<Pick<ClockSettings, 'rules' | 'limits'>>>(
    '/api/clocks',
    ClockSettings,
  );
  const { draft, isChanged, isBusy, edit, save, raised } = edited;
  if (!draft) return <ReadNote read={read} />;
  const { rules, limits, years } = draft;
  const isWrong = (limit: keyof FlowLimits) => !FlowLimits.shape[limit].safeParse(limits[limit]).success;
  const wrong = rules.filter(isWrongRule).length + LIMITS.filter(isWrong).length;
  const put = (index: number, rule: ClockRule) => edit({ rules: rules.with(index, rule) });
  return (
    <div className="clocks">
      <ReadNote read={read} />
      <VersionedNote {...edited} />
      <table className="clock-rules">
        <thead>
          <tr>
            {(['stage', 'level', 'category', 'severity', 'kind', 'value'] as const).map((column) => (
              <th key={column}>{text.flow.clocks[column]}</th>
            ))}
            <th />
          </tr>
        </thead>
        <tbody>
          {rules.map((rule, index) => (
            <RuleRow
              key={index}
              rule={rule}
              onChange={(next) => put(index, next)}
              onRemove={() => edit({ rules: rules.toSpliced(index, 1) })}
            />
          ))}
        </tbody>
      </table>
      <p className="acts-row">
        <button type="button" className="button" onClick={() => edit({ rules: [...rules, NEW_RULE] })}>
          {text.flow.clocks.add}
        </button>
        {LIMITS.map((limit) => (
          <label key={limit}>
            {text.flow.clocks.limit[limit]}{' '}
            <NumberField
              {...boundsOf(FlowLimits.shape[limit])}
              value={limits[limit]}
              label={text.flow.clocks.limit[limit]}
              isWrong={isWrong(limit)}
              onChange={(next) => edit({ limits: { ...limits, [limit]: next ?? EMPTIED } })}
            />
          </label>
        ))}
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
      <p className="soft">{text.flow.clocks.hint}</p>
      <FlowRulesPanel />
      <CalendarImport years={years} onDone={raised} />
    </div>
  );
}

const VALUE = ClockRule.shape.value;
const isWrongRule = ({ value }: ClockRule): boolean => !VALUE.safeParse(value).success;

const NEW_RULE: ClockRule = {
  stage: 'handle',
  level: null,
  category: null,
  severity: null,
  kind: 'workdays',
  value: 1,
};

function RuleRow({
  rule,
  onChange,
  onRemove,
}: {
  rule: ClockRule;
  onChange: (rule: ClockRule) => void;
  onRemove: () => void;
}) {
  const text = useText();
  const { settings } = useInstallation();
  const language = useLanguage((choice) => choice.language);
  const levels = settings.levels.map(({ level }) => level);
  const levelText = Object.fromEntries(
    settings.levels.map(({ level, names }) => [level, nameIn(names, language)]),
  );
  const { any } = text.flow.clocks;
  return (
    <tr>
      <td>
        <Picked
          options={CLOCK_STAGES}
          value={rule.stage}
          textOf={(stage) => text.stage[stage]}
          onPick={(stage) => stage !== null && onChange({ ...rule, stage })}
        />
      </td>
      <td>
        <Picked
          options={levels}
          value={rule.level}
          any={any}
          textOf={(level) => levelText[level] ?? level}
          onPick={(level) => onChange({ ...rule, level })}
        />
      </td>
      <td>
        <Picked
          options={CATEGORIES}
          value={rule.category}
          any={any}
          textOf={(category) => text.category[category]}
          onPick={(category) => onChange({ ...rule, category })}
        />
      </td>
      <td>
        <Picked
          options={SEVERITIES}
          value={rule.severity}
          any={any}
          textOf={(severity) => text.severityLevel[severity]}
          onPick={(severity) => onChange({ ...rule, severity })}
        />
      </td>
      <td>
        <Picked
          options={TIME_KINDS}
          value={rule.kind}
          textOf={(kind) => text.flow.clocks.kinds[kind]}
          onPick={(kind) => kind !== null && onChange({ ...rule, kind })}
        />
      </td>
      <td>
        <NumberField
          {...boundsOf(VALUE)}
          value={rule.value}
          label={text.flow.clocks.value}
          isWrong={isWrongRule(rule)}
          onChange={(next) => onChange({ ...rule, value: next ?? EMPTIED })}
        />{' '}
        {rule.kind === 'emergency' || rule.kind === 'working' ? text.unit.minutes : text.flow.clocks.days}
      </td>
      <RemoveCell onRemove={onRemove} />
    </tr>
  );
}
