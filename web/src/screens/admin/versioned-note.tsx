import { useText } from '../../ui/catalogue.js';
import { FaultNote } from '../desk/fault-note.js';

interface VersionedNoteProps {
  readonly fault: unknown;
  readonly forgive?: () => void;
  readonly takeTheirs: (() => void) | undefined;
  readonly keepMine: (() => void) | undefined;
}

/** Why something was not saved; where somebody else saved meanwhile, which of both may stand. */
export function VersionedNote({ fault, forgive, takeTheirs, keepMine }: VersionedNoteProps) {
  const text = useText();
  const isChoice = takeTheirs !== undefined || keepMine !== undefined;
  return (
    <>
      <FaultNote fault={fault} onClose={isChoice ? undefined : forgive} />
      {isChoice && (
        <p className="note-acts">
          {takeTheirs && (
            <button type="button" className="button is-small" onClick={takeTheirs}>
              {text.ground.takeTheirs}
            </button>
          )}
          {keepMine && (
            <button type="button" className="button is-small" onClick={keepMine}>
              {text.ground.keepMine}
            </button>
          )}
        </p>
      )}
    </>
  );
}
