import { CATEGORIES, toMs } from '@app/shared';
import { useHeard } from '../../store/use-aside.js';
import { useText } from '../../ui/catalogue.js';
import { spanText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { useSpeakerName } from './colleagues.js';
import { DRAFT_PREFIX, draftWordOf } from './draft-word.js';

/** Reports that colleagues of the same centre are typing, so that two do not take the same call. */
export function ColleagueDrafts() {
  const text = useText();
  const now = useNow();
  const nameOf = useSpeakerName();
  const drafts = useHeard(DRAFT_PREFIX).flatMap((word) => {
    const draft = draftWordOf(word.data);
    return draft ? [{ ...draft, topic: word.topic, who: nameOf(word) }] : [];
  });
  if (drafts.length === 0) return null;
  return (
    <p className="colleagues" role="status">
      <b>{text.duty.drafts(drafts.length)}</b>
      {drafts.map(({ topic, category, place, since, who }) => {
        const known = CATEGORIES.find((one) => one === category);
        return (
          <span key={topic}>
            {text.duty.draftOf(known ? text.category[known] : text.duty.draftUnknown, place)}{' '}
            <span className="soft">
              {who} {text.duty.draftSince(spanText(now - toMs(since), text))}
            </span>
          </span>
        );
      })}
    </p>
  );
}
