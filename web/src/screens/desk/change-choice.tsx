import { CATEGORIES, type Category, type Incident, SEVERITIES, type Severity } from '@app/shared';
import { Select } from 'antd';
import { useText } from '../../ui/catalogue.js';
import { gradeText } from './desk-words.js';

/** What an incident should be instead. */
export interface ChangeSaid {
  readonly category?: Category;
  readonly severity?: Severity;
}

interface ChangeChoiceProps {
  readonly incident: Incident;
  readonly value: ChangeSaid;
  readonly onChange: (value: ChangeSaid) => void;
}

/** Another category or severity than an incident has; it begins with those that it has. */
export function ChangeChoice({ incident, value, onChange }: ChangeChoiceProps) {
  const text = useText();
  return (
    <span className="acts-row">
      {text.flow.change.chooses}
      <Select<Category>
        className="step-change"
        value={value.category ?? incident.category}
        options={CATEGORIES.map((category) => ({ value: category, label: text.category[category] }))}
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={text.desk.category}
        onChange={(category) => onChange({ ...value, category })}
      />
      <Select<Severity>
        className="step-change"
        value={value.severity ?? incident.severity}
        options={SEVERITIES.map((severity) => ({ value: severity, label: gradeText(severity, text) }))}
        aria-label={text.desk.severity}
        onChange={(severity) => onChange({ ...value, severity })}
      />
    </span>
  );
}

/** Whether it says anything else than what stands. */
export const changes = ({ category, severity }: ChangeSaid, incident: Incident): boolean =>
  (category !== undefined && category !== incident.category) ||
  (severity !== undefined && severity !== incident.severity);
