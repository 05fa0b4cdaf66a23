import { useLocation, useNavigate } from 'react-router';
import { HttpFault, sentenceOf } from '../../link/http.js';
import { useText } from '../../ui/catalogue.js';

export interface FaultNoteProps {
  readonly fault: unknown;
  /** What the same request may be tried again with. */
  readonly onRetry?: (() => void) | undefined;
  readonly onClose?: (() => void) | undefined;
}

/** A refusal as a sentence that says what to do, its code small beside it; nothing without a fault. */
export function FaultNote({ fault, onRetry, onClose }: FaultNoteProps) {
  const text = useText();
  if (fault === undefined || fault === null) return null;
  const seen = fault instanceof HttpFault ? fault : undefined;
  const wantsDoor = seen?.code === 'session.required' || seen?.code === 'session.locked';
  return (
    <div className="note is-fault" role="alert">
      <p>
        {sentenceOf(fault, text)}
        {wantsDoor && ` ${text.desk.kept}`}
        <code className="note-code">
          {seen?.code ?? 'unknown'}
          {seen?.requestId && ` · ${seen.requestId.slice(0, 8)}`}
        </code>
      </p>
      <div className="note-acts">
        {wantsDoor && <ToTheDoor />}
        {onRetry && seen?.retry && (
          <button type="button" className="button" onClick={onRetry}>
            {text.desk.retry}
          </button>
        )}
        {onClose && (
          <button type="button" className="button" onClick={onClose}>
            {text.wall.close}
          </button>
        )}
      </div>
    </div>
  );
}

/** Leads to the sign-in and back to this page. */
export function ToTheDoor({ label }: { label?: string }) {
  const text = useText();
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  return (
    <button
      type="button"
      className="button"
      onClick={() => void navigate(`/signin?to=${encodeURIComponent(pathname + search)}`)}
    >
      {label ?? text.desk.signInAgain}
    </button>
  );
}
