import { HttpFault, sentenceOf } from '../../link/http.js';
import { useText } from '../../ui/catalogue.js';

/** A refusal as a sentence that says what to do, with its code small beside it. */
export function Problem({ fault }: { fault: unknown }) {
  const text = useText();
  if (fault === undefined) return null;
  return (
    <p className="signin-fault" role="alert">
      {sentenceOf(fault, text)} {fault instanceof HttpFault && <small>{fault.code}</small>}
    </p>
  );
}
