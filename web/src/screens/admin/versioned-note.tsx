import { useText } from '../../ui/catalogue.js';
import { FaultNote } from '../desk/fault-note.js';

interface VersionedNoteProps {
  readonly fault: unknown;
  readonly forgive: () => void;
  readonly takeTheirs: (() => void) | undefined;
  readonly keepMine: (() => void) | undefined;
}

/** Why something was not saved; where somebody else saved meanwhile, which of both is to stand. */
export function VersionedNote({ fault, forgive, takeTheirs, keepMine }: VersionedNoteProps) {
  const text = useText();
  return (
    <>
      <FaultNote fault={fault} onClose={takeTheirs === undefined ? forgive : undefined} />
      {takeTheirs && keepMine && (
        <p className="note-acts">
          <button type="button" className="button is-small" onClick={takeTheirs}>
            {text.ground.takeTheirs}
          </button>
          <button type="button" className="button is-small" onClick={keepMine}>
            {text.ground.keepMine}
          </button>
        </p>
      )}
    </>
  );
}
