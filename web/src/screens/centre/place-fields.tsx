import { nameIn } from '@app/shared';
import { InputNumber, Select } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useInstallation } from '../../link/installation.js';
import { fetchKeySites, type KeySite } from '../../link/key-sites.js';
import { useLanguage, useText } from '../../ui/catalogue.js';
import { isBelow } from '../desk/centre-branches.js';
import { readPlace, type ReportDraft } from './report-draft.js';

export interface PlaceFieldsProps {
  readonly draft: ReportDraft;
  readonly isWrong: { readonly lng: boolean; readonly lat: boolean };
  readonly change: (part: Partial<ReportDraft>) => void;
}

/** Where it is: by coordinates, or by a key site or centre that is known by name. The map beside does the same. */
export function PlaceFields({ draft, isWrong, change }: PlaceFieldsProps) {
  const text = useText();
  const options = usePlaceOptions();
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
      <label htmlFor="report-lng">{text.desk.coordinates}</label>
      <span className="pair">
        {coordinate('lng', text.desk.lng, 180)}
        {coordinate('lat', text.desk.lat, 90)}
      </span>
      <label htmlFor="report-known">{text.desk.knownPlace}</label>
      <Select
        id="report-known"
        value={null}
        options={options}
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={text.desk.knownPlaceHint}
        onChange={(_value, option) => {
          if (!option || Array.isArray(option)) return;
          const [lng, lat] = option.position;
          change({ lng, lat, ...(option.isSite ? { place: option.label } : {}) });
        }}
      />
    </>
  );
}

interface PlaceOption {
  readonly value: string;
  readonly label: string;
  readonly position: readonly [number, number];
  readonly isSite: boolean;
}

/** Key sites, then centres of the own subtree with a place of their own, by name. */
function usePlaceOptions(): PlaceOption[] {
  const { centres, session } = useInstallation();
  const language = useLanguage((choice) => choice.language);
  const [sites, setSites] = useState<readonly KeySite[]>([]);
  useEffect(() => {
    let isGone = false;
    // Without them the coordinates and the map are still there.
    fetchKeySites().then(
      (found) => isGone || setSites(found),
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, []);
  return useMemo(() => {
    const known = sites.map(({ id, names, position }) => ({
      value: id,
      label: nameIn(names, language),
      position,
      isSite: true,
    }));
    const below = [...centres.values()].flatMap(({ id, names, anchor, closedAt }) =>
      anchor && closedAt === null && isBelow(centres, id, session.centre.id)
        ? [{ value: id, label: nameIn(names, language), position: anchor, isSite: false }]
        : [],
    );
    return [...known, ...below];
  }, [sites, centres, session, language]);
}
