import { useText } from '../../../ui/catalogue.js';
import { versionOf } from '../../admin/use-versioned.js';
import { VersionedNote } from '../../admin/versioned-note.js';
import { CodeLink } from '../codes/code-link.js';
import { BeatForm } from './beat-form.js';
import { type BeatEdit, type Edit, editOf, type Shape } from './ground-draft.js';
import { PointForm } from './point-form.js';

interface ShapeSheetProps {
  readonly shape: Shape;
  readonly shapes: readonly Shape[];
  readonly fault: unknown;
  readonly onChange: (edit: Edit, field?: string) => void;
  readonly onRemove: () => void;
  /** What somebody else saved meanwhile stands. */
  readonly onTheirs: () => void;
  readonly onMine: (version: number) => void;
}

/** One beat or place with all that may be changed in it, and why it was not saved. */
export function ShapeSheet(props: ShapeSheetProps) {
  const { shape, shapes, fault, onChange, onRemove, onTheirs, onMine } = props;
  const text = useText();
  const isLocked = !shape.mayChange || shape.isRemoved;
  const edit = editOf(shape);
  const theirs = versionOf(fault);
  return (
    <section className="patrol-part shape-sheet">
      <VersionedNote
        fault={fault}
        takeTheirs={theirs === undefined ? undefined : onTheirs}
        keepMine={theirs === undefined ? undefined : () => onMine(theirs)}
      />
      {!shape.mayChange && <p className="soft">{text.ground.readOnly}</p>}
      {edit.kind === 'beat' ? (
        <BeatForm edit={edit} isLocked={isLocked} onChange={onChange} />
      ) : (
        <PointForm
          edit={edit}
          beats={shapes.filter((one): one is Shape & BeatEdit => one.kind === 'beat' && !one.isRemoved)}
          isLocked={isLocked}
          onChange={onChange}
        />
      )}
      {shape.mayChange && (
        <p className="note-acts">
          <button type="button" className="button is-small" onClick={onRemove}>
            {shape.isRemoved ? text.ground.undo : text.ground.remove}
          </button>
          <CodeLink shape={shape} shapes={shapes} />
        </p>
      )}
    </section>
  );
}
