import { LANGUAGES } from '@app/shared';
import { useNavigate } from 'react-router';
import { useCentreName, useInstallation } from '../../link/installation.js';
import { signOut } from '../../link/session.js';
import { useWall } from '../../store/wall.store.js';
import { useLanguage, useText } from '../../ui/catalogue.js';
import { Age } from '../../ui/panel.js';
import { clockText, dateText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { SoundSwitch } from './sound-switch.js';

/** Whose wall this is, what time it is there, and whether what it shows is fresh. */
export function StatusStrip() {
  const text = useText();
  const { session, settings } = useInstallation();
  const centreName = useCentreName();
  return (
    <header className="strip">
      <div className="strip-name">
        <h1>{text.product}</h1>
        <span>{centreName(session.centre.id) || session.centre.name}</span>
        {settings.demo && <span className="tag">{text.state.demo}</span>}
      </div>
      <Clock />
      <div className="strip-state">
        <LinkState />
        <SoundSwitch />
        <LanguageSwitch />
        <SignOut />
      </div>
    </header>
  );
}

function Clock() {
  const { settings } = useInstallation();
  const language = useLanguage((choice) => choice.language);
  const now = useNow();
  return (
    <div className="strip-clock">
      <time className="strip-time">{clockText(now, settings.timeZone, true)}</time>
      <span>{dateText(now, settings.timeZone, language)}</span>
    </div>
  );
}

function LinkState() {
  const text = useText();
  const sight = useWall((wall) => wall.sight.state);
  const provenAt = useWall((wall) => wall.provenAt);
  const repairs = useWall((wall) => wall.repairs);
  const words =
    sight === 'live' ? text.state.live : sight === 'blind' ? text.state.blind : text.state.connecting;
  return (
    <span
      className={`link-state is-${sight}`}
      title={repairs > 0 ? `${text.wall.repaired} ×${repairs}` : undefined}
    >
      <i aria-hidden="true" /> {words} <Age at={provenAt} />
    </span>
  );
}

function LanguageSwitch() {
  const { language, choose } = useLanguage();
  const text = useText();
  return (
    <select
      className="button"
      value={language}
      onChange={({ target }) => choose(LANGUAGES.find((known) => known === target.value) ?? language)}
    >
      {LANGUAGES.map((known) => (
        <option key={known} value={known}>
          {text.language[known]}
        </option>
      ))}
    </select>
  );
}

/** A display stays signed in: it has nobody to sign out. */
function SignOut() {
  const text = useText();
  const navigate = useNavigate();
  const { session } = useInstallation();
  if (session.account.role === 'display') return null;
  const leave = async () => {
    await signOut();
    await navigate('/signin');
  };
  return (
    <button type="button" className="button" onClick={() => void leave()}>
      {text.signIn.signOut}
    </button>
  );
}
