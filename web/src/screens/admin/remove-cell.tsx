import { useText } from '../../ui/catalogue.js';

/** Takes a line out of a table of rules. */
export function RemoveCell({ onRemove }: { onRemove: () => void }) {
  const text = useText();
  return (
    <td>
      <button type="button" className="button" onClick={onRemove}>
        {text.flow.clocks.remove}
      </button>
    </td>
  );
}
