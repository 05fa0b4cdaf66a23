import type { IncidentCard } from '@app/shared';
import { useText } from '../../ui/catalogue.js';

/** What kind of incident it is; of a sensitive one that alone, so marked that nobody takes the mask for the whole. */
export function IncidentName({ card }: { card: Pick<IncidentCard, 'category' | 'masked'> }) {
  const text = useText();
  if (!card.masked) return text.category[card.category];
  return <span className="is-sensitive">{text.privacy.sensitive}</span>;
}
