import type { Fetched } from '../../link/use-fetched.js';
import { useText } from '../../ui/catalogue.js';
import { FaultNote } from '../desk/fault-note.js';

/** Why something was not read, or that it is not there yet; nothing where neither is so. */
export function ReadNote({ read: { value, fault, reload } }: { read: Fetched<unknown> }) {
  const text = useText();
  if (value === undefined && fault === undefined) return <p className="soft">{text.state.loading}</p>;
  return <FaultNote fault={fault} onRetry={reload} />;
}
