import { type ReactNode, useEffect, useRef } from 'react';
import { useText } from '../../ui/catalogue.js';

/** One thing at a time over the whole page. */
export function Sheet({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const text = useText();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="hh-sheet" aria-label={title} onClose={onClose}>
      <header>
        <h2>{title}</h2>
        <button type="button" className="hh-quiet" onClick={onClose}>
          {text.handheld.close}
        </button>
      </header>
      {children}
    </dialog>
  );
}
