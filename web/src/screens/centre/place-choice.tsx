import { type KnownPlace, nameIn } from '@app/shared';
import { AutoComplete } from 'antd';
import { useMemo, useState } from 'react';
import { useCentreName } from '../../link/installation.js';
import { useLanguage, useText } from '../../ui/catalogue.js';
import { wordsAfter } from './report-draft.js';
import { usePlaces } from './use-places.js';

interface PlaceChoiceProps {
  readonly id: string;
  readonly words: string;
  readonly onWords: (words: string) => void;
  readonly onPlace: (place: KnownPlace, words: string) => void;
}

/** What the caller says of the place: free words, and beside them what the city knows by such a name. */
export function PlaceChoice({ id, words, onWords, onPlace }: PlaceChoiceProps) {
  const text = useText();
  const [typed, setTyped] = useState('');
  const found = usePlaces(typed);
  const labelOf = usePlaceLabel();
  const centreName = useCentreName();
  const options = useMemo(
    () =>
      found.map((place) => ({
        value: `${place.kind} ${place.names.hans} ${place.lng} ${place.lat}`,
        place,
        label: (
          <span className="place-option">
            <b>{labelOf(place)}</b>
            <span className="soft">
              {text.desk.placeKind[place.kind]}
              {place.centre && place.kind !== 'centre' && place.kind !== 'grid'
                ? ` · ${centreName(place.centre)}`
                : ''}
            </span>
          </span>
        ),
      })),
    [found, labelOf, centreName, text],
  );
  return (
    <AutoComplete
      id={id}
      value={words}
      options={options}
      defaultActiveFirstOption={false}
      maxLength={120}
      placeholder={text.desk.placeHint}
      onSearch={(next) => {
        setTyped(next);
        onWords(next);
      }}
      onSelect={(_value, { place }) => {
        onPlace(place, wordsAfter(words, labelOf(place)));
        setTyped('');
      }}
    />
  );
}

function usePlaceLabel(): (place: KnownPlace) => string {
  const text = useText();
  const language = useLanguage((choice) => choice.language);
  return useMemo(
    () =>
      ({ kind, names, grid }) => {
        const name = nameIn(names, language);
        return kind === 'grid' && grid !== null ? text.wall.grid(name, grid.slice(-3)) : name;
      },
    [text, language],
  );
}
