import { useText } from '../../../ui/catalogue.js';
import type { Shape } from '../ground/ground-draft.js';

/** Where the codes of a saved place, or of all places in a beat, are printed; nothing where there is none. */
export function CodeLink({ shape, shapes }: { shape: Shape; shapes: readonly Shape[] }) {
  const text = useText();
  const points = (shape.kind === 'point' ? [shape] : shapes.filter((one) => isIn(one, shape.key))).filter(
    ({ version, isRemoved, mayChange }) => version > 0 && !isRemoved && mayChange,
  );
  if (points.length === 0) return null;
  const query = new URLSearchParams(points.map(({ key }) => ['point', key]));
  return (
    <a className="button is-small" href={`/codes?${query}`} target="_blank" rel="noreferrer">
      {text.codes.open(points.length)}
    </a>
  );
}

const isIn = (shape: Shape, beat: string): boolean => shape.kind === 'point' && shape.terms.beat === beat;
