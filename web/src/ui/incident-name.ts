import type { IncidentCard } from '@app/shared';
import type { Texts } from './catalogue.js';

/** What kind of incident a card says that it is; of a sensitive one no more than that. */
export const incidentName = (
  { category, masked }: Pick<IncidentCard, 'category' | 'masked'>,
  text: Texts,
): string => (masked ? text.privacy.sensitive : text.category[category]);
