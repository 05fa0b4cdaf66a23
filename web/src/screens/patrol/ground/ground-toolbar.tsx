import { download } from '../../../link/download.js';
import type { DrawMode } from '../../../map/draw-tool.js';
import { useText } from '../../../ui/catalogue.js';
import { Age } from '../../../ui/panel.js';
import { useChange } from '../../admin/use-change.js';
import { FaultNote } from '../../desk/fault-note.js';
import { useGroundDraft } from './ground-draft.store.js';
import { ImportPanel } from './import-panel.js';

const MODES = ['select', 'beat', 'point'] as const;

interface GroundToolbarProps {
  readonly scope: string;
  readonly mode: DrawMode;
  readonly mayDraw: boolean;
  readonly isSaving: boolean;
  readonly readAt: number | null;
  readonly onMode: (mode: DrawMode) => void;
  readonly onUndo: () => void;
  readonly onSave: () => void;
  readonly onImported: () => void;
}

/** The pens, the way back and forward, files in and out, and what is not saved. */
export function GroundToolbar(props: GroundToolbarProps) {
  const { scope, mode, mayDraw, isSaving, readAt, onMode, onUndo, onSave, onImported } = props;
  const text = useText();
  const { draft, step } = useGroundDraft();
  const exporting = useChange(() => undefined);
  const labels = { select: text.ground.select, beat: text.ground.drawBeat, point: text.ground.drawPoint };
  const count = draft.edits.size;
  return (
    <>
      <div className="filters">
        {mayDraw && (
          <span className="tabs" role="toolbar">
            {MODES.map((known) => (
              <button
                key={known}
                type="button"
                className="button"
                aria-pressed={mode === known}
                onClick={() => onMode(known)}
              >
                {labels[known]}
              </button>
            ))}
            <button
              type="button"
              className="button"
              disabled={mode === 'select' && draft.past.length === 0}
              onClick={onUndo}
            >
              {text.ground.undo}
            </button>
            <button
              type="button"
              className="button"
              disabled={draft.future.length === 0}
              onClick={() => step({ do: 'redo' })}
            >
              {text.ground.redo}
            </button>
          </span>
        )}
        {mayDraw && <ImportPanel centre={scope} onDone={onImported} />}
        <button
          type="button"
          className="button"
          disabled={exporting.isBusy}
          onClick={() =>
            void exporting.run(() => download(`/api/patrol-features?centre=${scope}`, 'beats.geojson'))
          }
        >
          {text.ground.exportFile}
        </button>
        <Age at={readAt} />
        {mayDraw && (
          <span className="ground-save">
            <button
              type="button"
              className="button"
              disabled={count === 0}
              onClick={() => step({ do: 'discard' })}
            >
              {text.ground.discard}
            </button>
            <button
              type="button"
              className="button is-primary"
              disabled={count === 0 || isSaving}
              onClick={onSave}
            >
              {count === 0 ? text.ground.saved : text.ground.save(count)}
            </button>
          </span>
        )}
      </div>
      <FaultNote fault={exporting.fault} onClose={exporting.forgive} />
    </>
  );
}
