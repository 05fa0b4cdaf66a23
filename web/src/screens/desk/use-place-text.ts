import { useCallback } from 'react';
import { useInstallation } from '../../link/installation.js';
import { useLanguage } from '../../ui/catalogue.js';
import { placeText } from './desk-words.js';

/** Says where an incident is, in the language chosen. */
export function usePlaceText(): (incident: {
  readonly place: string | null;
  readonly centre: string;
}) => string {
  const { centres } = useInstallation();
  const language = useLanguage((choice) => choice.language);
  return useCallback(
    ({ place, centre }) => placeText(place, centres.get(centre), language),
    [centres, language],
  );
}
