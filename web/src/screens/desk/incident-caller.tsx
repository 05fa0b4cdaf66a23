import { CallerPhone } from '@app/shared';
import { useState } from 'react';
import { ask, HttpFault, sentenceOf } from '../../link/http.js';
import { useText } from '../../ui/catalogue.js';

/** The caller's number: read only when somebody asks for it, since every reading is written down. */
export function IncidentCaller({ id }: { id: string }) {
  const text = useText();
  const [told, setTold] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const read = async () => {
    setBusy(true);
    try {
      setTold((await ask(`/api/incidents/${id}/caller`, CallerPhone)).phone);
    } catch (cause) {
      setTold(sentenceOf(cause instanceof HttpFault ? cause : undefined, text));
    } finally {
      setBusy(false);
    }
  };
  return (
    <p className="caller">
      <span className="soft">{text.desk.callerPhone}</span>{' '}
      {told ?? (
        <button type="button" className="button" disabled={isBusy} onClick={() => void read()}>
          {text.desk.showCaller}
        </button>
      )}
    </p>
  );
}
