import { type FormEvent, useState } from 'react';
import { askRaw } from '../../link/http.js';
import { useText } from '../../ui/catalogue.js';
import { Problem } from './problem.js';

/** The first step of an empty installation: its city and its first administrator, against the one-time code. */
export function SetUpForm({ code: given, onDone }: { code: string; onDone: () => void }) {
  const text = useText();
  const [code, setCode] = useState(given);
  const [city, setCity] = useState('');
  const [account, setAccount] = useState('');
  const [password, setPassword] = useState('');
  const [fault, setFault] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);

  const send = async () => {
    setBusy(true);
    setFault(undefined);
    try {
      const names = { hans: city, hant: city, en: city };
      const body = { code, account, password, city: { level: 'city', names } };
      await askRaw('/api/setup', { method: 'POST', body });
      onDone();
    } catch (thrown) {
      setFault(thrown);
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };

  return (
    <form className="signin-form" onSubmit={submit}>
      <h2>{text.signIn.setupTitle}</h2>
      <p>{text.signIn.setupIntro}</p>
      <label>
        {text.signIn.setupCode}
        <input value={code} onChange={({ target }) => setCode(target.value)} required />
      </label>
      <label>
        {text.signIn.cityName}
        <input value={city} onChange={({ target }) => setCity(target.value)} required maxLength={60} />
      </label>
      <label>
        {text.signIn.account}
        <input
          value={account}
          onChange={({ target }) => setAccount(target.value)}
          autoComplete="username"
          required
        />
      </label>
      <label>
        {text.signIn.newPassword}
        <input
          type="password"
          value={password}
          onChange={({ target }) => setPassword(target.value)}
          autoComplete="new-password"
          minLength={12}
          required
        />
      </label>
      <Problem fault={fault} />
      <button type="submit" className="button is-main" disabled={isBusy}>
        {text.signIn.setupSubmit}
      </button>
    </form>
  );
}
