import type { IncidentCard } from '@app/shared';
import { useText } from '../../ui/catalogue.js';

/** In a word each: that another centre is asked, that one helps, that somebody above supervises. */
export function CourseMarks({
  card: { offers = [], supervision },
}: {
  card: Pick<IncidentCard, 'offers' | 'supervision'>;
}) {
  const text = useText();
  const waits = offers.filter(({ state }) => state === 'offered').map(({ kind }) => text.flow.waitMark[kind]);
  const helps = offers.some(({ state }) => state === 'assisting') ? [text.flow.helpMark] : [];
  return (
    <>
      {[...new Set([...waits, ...helps])].map((word) => (
        <span key={word} className="tag">
          {word}
        </span>
      ))}
      {supervision && <span className="tag is-warned">{text.flow.supervisionMark[supervision.state]}</span>}
    </>
  );
}
