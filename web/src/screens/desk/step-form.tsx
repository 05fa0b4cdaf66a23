import {
  type Incident,
  type IncidentAction,
  type IncidentStep,
  nameIn,
  needsOf,
  SATISFACTIONS,
  type Satisfaction,
  toInstant,
} from '@app/shared';
import { TreeSelect } from 'antd';
import { useMemo, useState } from 'react';
import { useDirectory } from '../../link/directory.js';
import { useInstallation } from '../../link/installation.js';
import { useLanguage, useText } from '../../ui/catalogue.js';
import { instantOf } from '../../ui/wall-time.js';
import { WallTimeField } from '../../ui/wall-time-field.js';
import { destinationsOf } from './destinations.js';
import { ChangeChoice, changes, type ChangeSaid } from './change-choice.js';
import { corrected, CorrectionChoice, type CorrectionSaid } from './correction-choice.js';
import { DuplicateChoice } from './duplicate-choice.js';
import { ReasonField } from './reason-field.js';

type Said = Omit<IncidentStep, 'version'>;

export interface StepFormProps {
  readonly incident: Incident;
  readonly action: IncidentAction;
  /** Goes along with what is said here, such as which offer is meant. */
  readonly given?: Said;
  readonly isBusy: boolean;
  readonly onTake: (said: Said) => Promise<boolean>;
  readonly onCancel: () => void;
}

/** What a step must say before it is taken, as the flow's table has it. Stays as it is when the step is refused. */
export function StepForm({ incident, action, given, isBusy, onTake, onCancel }: StepFormProps) {
  const text = useText();
  const { timeZone } = useInstallation().settings;
  const needs = needsOf(action);
  const [reason, setReason] = useState('');
  const [centre, setCentre] = useState<string>();
  const [until, setUntil] = useState('');
  const [into, setInto] = useState<string>();
  const [change, setChange] = useState<ChangeSaid>({});
  const [correction, setCorrection] = useState<CorrectionSaid>({});
  const isCorrected = Object.keys(corrected(correction, incident)).length > 0;
  const [satisfaction, setSatisfaction] = useState<Satisfaction>();
  const isWhole =
    (!needs.includes('reason') || reason.trim() !== '') &&
    (!needs.includes('centre') || centre !== undefined) &&
    (!needs.includes('until') || until !== '') &&
    (!needs.includes('change') || changes(change, incident)) &&
    (!needs.includes('correction') || isCorrected) &&
    (!needs.includes('into') || into !== undefined) &&
    (!needs.includes('satisfaction') || satisfaction !== undefined);
  const said = {
    ...given,
    ...change,
    ...corrected(correction, incident),
    ...(reason.trim() ? { reason: reason.trim() } : {}),
    ...(centre ? { centre } : {}),
    ...(until ? { until: toInstant(instantOf(until, timeZone)) } : {}),
    ...(satisfaction ? { satisfaction } : {}),
    ...(into ? { into } : {}),
  };
  return (
    <form
      className="acts-row step-form"
      aria-label={text.action[action]}
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole) void onTake(said);
      }}
    >
      {needs.includes('centre') && (
        <Whither action={action} holder={incident.centre} value={centre} onChange={setCentre} />
      )}
      {needs.includes('until') && (
        <WallTimeField className="step-until" label={text.flow.until} value={until} onChange={setUntil} />
      )}
      {needs.includes('satisfaction') &&
        SATISFACTIONS.map((word) => (
          <label key={word}>
            <input type="radio" name="satisfaction" onChange={() => setSatisfaction(word)} />{' '}
            {text.flow.satisfaction[word]}
          </label>
        ))}
      {needs.includes('change') && <ChangeChoice incident={incident} value={change} onChange={setChange} />}
      {needs.includes('correction') && (
        <CorrectionChoice incident={incident} value={correction} onChange={setCorrection} />
      )}
      {needs.includes('into') && <DuplicateChoice told={incident} value={into} onPick={setInto} />}
      {needs.includes('reason') && (
        <ReasonField label={text.action[action]} value={reason} onChange={setReason} />
      )}
      <button type="submit" className="button is-primary" disabled={!isWhole || isBusy}>
        {text.action[action]}
      </button>
      <button type="button" className="button" onClick={onCancel}>
        {text.desk.cancel}
      </button>
    </form>
  );
}

/** One centre of the whole city that the action may lead to. */
function Whither({
  action,
  holder,
  value,
  onChange,
}: {
  action: IncidentAction;
  holder: string;
  value: string | undefined;
  onChange: (centre: string) => void;
}) {
  const text = useText();
  const language = useLanguage((choice) => choice.language);
  const names = useDirectory();
  const tree = useMemo(
    () => destinationsOf(names, action, holder, (centre) => nameIn(centre.names, language)),
    [names, action, holder, language],
  );
  return (
    <TreeSelect
      className="step-centre"
      {...(value === undefined ? {} : { value })}
      treeData={tree}
      showSearch={{ treeNodeFilterProp: 'title' }}
      treeDefaultExpandAll
      popupMatchSelectWidth={false}
      placeholder={text.flow.toCentre}
      aria-label={text.flow.toCentre}
      onChange={onChange}
    />
  );
}
