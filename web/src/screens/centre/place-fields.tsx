import { InputNumber } from 'antd';
import { useText } from '../../ui/catalogue.js';
import { PlaceChoice } from './place-choice.js';
import { readPlace, type ReportDraft } from './report-draft.js';

export interface PlaceFieldsProps {
  readonly draft: ReportDraft;
  readonly isWrong: { readonly lng: boolean; readonly lat: boolean };
  readonly change: (part: Partial<ReportDraft>) => void;
}

/** Where it is: in words, which may name a place that is known, and by coordinates. The map beside does the same. */
export function PlaceFields({ draft, isWrong, change }: PlaceFieldsProps) {
  const text = useText();
  const paste = (told: string): boolean => {
    const place = readPlace(told);
    if (place) change(place);
    return place !== undefined;
  };
  const coordinate = (key: 'lng' | 'lat', label: string, most: number) => (
    <InputNumber<number>
      id={`report-${key}`}
      className="coordinate"
      value={draft[key]}
      min={-most}
      max={most}
      step={0.001}
      precision={6}
      controls={false}
      placeholder={label}
      aria-label={label}
      status={isWrong[key] ? 'error' : ''}
      onChange={(value) => change({ [key]: value })}
      onPaste={(event) => paste(event.clipboardData.getData('text')) && event.preventDefault()}
    />
  );
  return (
    <>
      <label htmlFor="report-place">{text.desk.placeLabel}</label>
      <PlaceChoice
        id="report-place"
        words={draft.place}
        onWords={(place) => change({ place })}
        onPlace={({ lng, lat }, place) => change({ lng, lat, place })}
      />
      <label htmlFor="report-lng">{text.desk.coordinates}</label>
      <span className="pair">
        {coordinate('lng', text.desk.lng, 180)}
        {coordinate('lat', text.desk.lat, 90)}
      </span>
    </>
  );
}
