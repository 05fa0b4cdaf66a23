import { useCentreName, useInstallation } from '../../link/installation.js';
import { useLanguage, useText } from '../../ui/catalogue.js';
import { LanguageSwitch } from '../../ui/language-switch.js';
import { clockText, dateText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { LevelMark } from '../desk/level-mark.js';
import { LinkState } from './link-state.js';
import { SignOut } from './sign-out.js';
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
        <LevelMark scope={session.centre.id} />
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
