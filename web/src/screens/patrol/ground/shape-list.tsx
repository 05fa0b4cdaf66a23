import { nameIn } from '@app/shared';
import { useLanguage, useText } from '../../../ui/catalogue.js';
import { Age } from '../../../ui/panel.js';
import type { Shape } from './ground-draft.js';

interface ShapeListProps {
  readonly shapes: readonly Shape[];
  readonly readAt: number | null;
  readonly selected: string | undefined;
  readonly onSelect: (key: string) => void;
}

/** Beats and places by their names, with what is not saved yet. */
export function ShapeList({ shapes, readAt, selected, onSelect }: ShapeListProps) {
  const text = useText();
  const groups = [
    ['beat', text.ground.beats],
    ['point', text.ground.points],
  ] as const;
  return (
    <nav className="shape-list">
      {groups.map(([kind, title]) => {
        const some = shapes.filter((shape) => shape.kind === kind);
        return (
          <section key={kind}>
            <h3 className="part-head">
              <span>{title(some.filter(({ isRemoved }) => !isRemoved).length)}</span>
              <Age at={readAt} />
            </h3>
            {kind === 'beat' && some.length === 0 && <p className="soft">{text.ground.noBeats}</p>}
            {some.map((shape) => (
              <Line
                key={shape.key}
                shape={shape}
                isSelected={shape.key === selected}
                onSelect={() => onSelect(shape.key)}
              />
            ))}
          </section>
        );
      })}
    </nav>
  );
}

interface LineProps {
  readonly shape: Shape;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
}

function Line({ shape, isSelected, onSelect }: LineProps) {
  const text = useText();
  const language = useLanguage((choice) => choice.language);
  const mark = shape.isRemoved ? 'isRemoved' : shape.version === 0 ? 'isNew' : 'isChanged';
  return (
    <button type="button" className="shape-line" aria-pressed={isSelected} onClick={onSelect}>
      <span className={shape.isRemoved ? 'is-gone' : ''}>{nameIn(shape.terms.names, language) || '—'}</span>
      <span className="soft">
        {shape.kind === 'beat' ? text.ground.ring[shape.terms.ring] : text.ground.kind[shape.terms.kind]}
      </span>
      {shape.isEdited && <span className="tag is-warned">{text.ground[mark]}</span>}
    </button>
  );
}
