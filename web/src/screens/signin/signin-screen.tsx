import { DEMO_ACCOUNTS, LANGUAGES, PAIRED, type Settings, type SignIn } from '@app/shared';
import { type FormEvent, useEffect, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { HttpFault } from '../../link/http.js';
import { fetchSettings, signIn } from '../../link/session.js';
import { useLanguage, useText } from '../../ui/catalogue.js';
import { Problem } from './problem.js';
import { SetUpForm } from './set-up-form.js';
import './signin.css';

/** The door: account and password, in the demo one click, at the very first start the set-up code. */
export function SignInScreen() {
  const text = useText();
  const [params] = useSearchParams();
  const [settings, setSettings] = useState<Settings>();
  const [isSetUp, setSetUp] = useState(false);
  const code = params.get('setup');

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      try {
        setSettings(await fetchSettings());
      } catch {
        timer = setTimeout(() => void look(), 2000);
      }
    };
    void look();
    return () => clearTimeout(timer);
  }, []);

  return (
    <main className="signin">
      <header>
        <h1>{text.product}</h1>
        <p>{text.tagline}</p>
        <LanguageChoice />
      </header>
      {code !== null && !isSetUp ? (
        <SetUpForm code={code} onDone={() => setSetUp(true)} />
      ) : (
        <>
          {isSetUp && <p className="signin-done">{text.signIn.setupDone}</p>}
          <PasswordForm />
          {settings?.demo && <DemoDoors />}
        </>
      )}
    </main>
  );
}

/** Signs in and goes where the person wanted to; answers what went wrong. */
function useDoor(): { enter: (form: SignIn) => void; fault: unknown; isBusy: boolean } {
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const [fault, setFault] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const enter = (form: SignIn) => {
    const go = async () => {
      setBusy(true);
      setFault(undefined);
      try {
        await signIn(form);
        const to = params.get('to') ?? '/';
        await navigate(to.startsWith('/') && !to.startsWith('//') ? to : '/', { replace: true });
      } catch (thrown) {
        setFault(thrown);
      } finally {
        setBusy(false);
      }
    };
    void go();
  };
  return { enter, fault, isBusy };
}

function PasswordForm() {
  const text = useText();
  const { enter, fault, isBusy } = useDoor();
  const [account, setAccount] = useState('');
  const [password, setPassword] = useState('');
  const [otp, setOtp] = useState('');
  const wantsOtp = otp !== '' || (fault instanceof HttpFault && fault.detail['wanted'] === 'otp');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    enter({ account, password, ...(otp === '' ? {} : { otp }) });
  };
  return (
    <form className="signin-form" onSubmit={submit}>
      <h2>{text.signIn.title}</h2>
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
        {text.signIn.password}
        <input
          type="password"
          value={password}
          onChange={({ target }) => setPassword(target.value)}
          autoComplete="current-password"
          required
        />
      </label>
      {wantsOtp && (
        <label>
          {text.signIn.otp}
          <input
            value={otp}
            onChange={({ target }) => setOtp(target.value)}
            inputMode="numeric"
            autoComplete="one-time-code"
          />
          <small>{text.signIn.otpHint}</small>
        </label>
      )}
      <Problem fault={fault} />
      <button type="submit" className="button is-main" disabled={isBusy}>
        {text.signIn.submit}
      </button>
    </form>
  );
}

function DemoDoors() {
  const text = useText();
  const { enter, fault, isBusy } = useDoor();
  return (
    <section className="signin-demo">
      <h2>
        {text.signIn.demoTitle} <span className="tag">{text.state.demo}</span>
      </h2>
      <div>
        {DEMO_ACCOUNTS.map((demo) => (
          <button
            key={demo}
            type="button"
            className="button"
            disabled={isBusy}
            onClick={() => enter({ demo })}
          >
            <b>{text.signIn.demo[demo].name}</b>
            <span>{text.signIn.demo[demo].text}</span>
          </button>
        ))}
      </div>
      <p className="signin-second">
        <span>{text.signIn.second}</span>
        {PAIRED.map((demo) => (
          <button
            key={demo}
            type="button"
            className="button"
            disabled={isBusy}
            onClick={() => enter({ demo, second: true })}
          >
            {text.signIn.demo[demo].name}
          </button>
        ))}
      </p>
      <Problem fault={fault} />
    </section>
  );
}

function LanguageChoice() {
  const text = useText();
  const { language, choose } = useLanguage();
  return (
    <nav>
      {LANGUAGES.map((known) => (
        <button
          key={known}
          type="button"
          className="button"
          aria-pressed={known === language}
          onClick={() => choose(known)}
        >
          {text.language[known]}
        </button>
      ))}
    </nav>
  );
}
