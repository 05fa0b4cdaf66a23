import type { Incident } from '@app/shared';
import { Input, InputNumber } from 'antd';
import { useText } from '../../ui/catalogue.js';
import { PlaceChoice } from '../centre/place-choice.js';

/** What place and text of an incident should say. */
export interface CorrectionSaid {
  readonly place?: string;
  readonly description?: string;
  readonly lng?: number;
  readonly lat?: number;
}

interface CorrectionChoiceProps {
  readonly incident: Incident;
  readonly value: CorrectionSaid;
  readonly onChange: (value: CorrectionSaid) => void;
}

/** Place and text as they stand, to be written anew; a place that is picked brings its coordinates. */
export function CorrectionChoice({ incident, value, onChange }: CorrectionChoiceProps) {
  const text = useText();
  const now = { ...spotOf(incident), ...value };
  const coordinate = (key: 'lng' | 'lat', most: number) => (
    <InputNumber<number>
      className="coordinate"
      value={now[key]}
      min={-most}
      max={most}
      precision={6}
      controls={false}
      aria-label={text.desk[key]}
      onChange={(degrees) => degrees !== null && onChange({ ...now, [key]: degrees })}
    />
  );
  return (
    <div className="step-correction">
      <label htmlFor="correct-place">{text.desk.placeLabel}</label>
      <PlaceChoice
        id="correct-place"
        words={value.place ?? incident.place ?? ''}
        onWords={(place) => onChange({ ...value, place })}
        onPlace={({ lng, lat }, place) => onChange({ ...value, lng, lat, place })}
      />
      <span>{text.desk.coordinates}</span>
      <span className="pair">
        {coordinate('lng', 180)}
        {coordinate('lat', 90)}
      </span>
      <label htmlFor="correct-text">{text.desk.description}</label>
      <Input.TextArea
        id="correct-text"
        value={value.description ?? incident.description ?? ''}
        maxLength={4000}
        autoSize={{ minRows: 2, maxRows: 6 }}
        onChange={({ target }) => onChange({ ...value, description: target.value })}
      />
    </div>
  );
}

const spotOf = ({ lng, lat }: Incident) => ({ lng, lat });

/** Only what says something else than stands; coordinates go together. */
export function corrected(said: CorrectionSaid, incident: Incident): CorrectionSaid {
  const { place, description, lng = incident.lng, lat = incident.lat } = said;
  return {
    ...(place !== undefined && place.trim() !== (incident.place ?? '') ? { place } : {}),
    ...(description !== undefined && description.trim() !== (incident.description ?? '')
      ? { description }
      : {}),
    ...(lng !== incident.lng || lat !== incident.lat ? { lng, lat } : {}),
  };
}
