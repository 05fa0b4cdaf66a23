import { nameIn, type Role } from '@app/shared';
import type { ReactNode } from 'react';
import { NavLink, useNavigate } from 'react-router';
import { useCentreName, useInstallation } from '../../link/installation.js';
import { useLanguage, useText } from '../../ui/catalogue.js';
import { LanguageSwitch } from '../../ui/language-switch.js';
import { clockText } from '../../ui/time-format.js';
import { useNow } from '../../ui/use-now.js';
import { useViewportScale } from '../../ui/use-viewport-scale.js';
import { DeskTheme } from './desk-theme.js';
import { SignOut } from '../wall/sign-out.js';
import { DutyCount } from './duty-count.js';
import { ToTheDoor } from './fault-note.js';
import '../wall/wall.css';
import './desk.css';

const PAGES = ['wall', 'command', 'centre', 'duty', 'replay', 'admin', 'liaison'] as const;
type Page = (typeof PAGES)[number];

/** Who works where. Everybody may look at the wall of the own centre. */
const MAY: Readonly<Record<Page, readonly Role[]>> = {
  wall: ['display', 'duty', 'commander', 'staff', 'admin'],
  command: ['duty', 'commander', 'staff'],
  centre: ['duty', 'commander', 'staff'],
  duty: ['duty', 'commander', 'staff'],
  replay: ['duty', 'commander', 'staff', 'admin'],
  admin: ['admin'],
  liaison: ['armed-police-liaison', 'militia-liaison'],
};

export interface DeskFrameProps {
  readonly page: Exclude<Page, 'wall'>;
  /** Stands in the head line, beside the name of the centre. */
  readonly head?: ReactNode;
  readonly children: ReactNode;
}

/** What every desk has around it; whoever has another role is told so and where to go instead. */
export function DeskFrame({ page, head, children }: DeskFrameProps) {
  useViewportScale('desk');
  const { session } = useInstallation();
  const isMine = MAY[page].includes(session.account.role);
  return (
    <DeskTheme>
      <div className={`desk is-${page}`}>
        <DeskHead head={isMine ? head : undefined} />
        {isMine ? children : <NotYours />}
      </div>
    </DeskTheme>
  );
}

function DeskHead({ head }: { head: ReactNode }) {
  const text = useText();
  const { session, settings } = useInstallation();
  const centreName = useCentreName();
  const language = useLanguage((choice) => choice.language);
  const { role, name } = session.account;
  return (
    <header className="desk-head">
      <h1>{text.product}</h1>
      <nav aria-label={text.desk.pages}>
        {PAGES.filter((page) => MAY[page].includes(role)).map((page) => (
          <NavLink key={page} to={`/${page}`}>
            {text.desk.page[page]}
            {page === 'duty' && <DutyCount />}
          </NavLink>
        ))}
      </nav>
      <span className="desk-centre">
        {centreName(session.centre.id) || nameIn(session.centre.names, language)}
      </span>
      {settings.demo && <span className="tag">{text.state.demo}</span>}
      <div className="desk-head-mine">{head}</div>
      <DeskClock />
      <LanguageSwitch />
      <span className="soft desk-account" title={name}>
        {text.role[role]}
      </span>
      <SignOut />
    </header>
  );
}

function DeskClock() {
  const now = useNow();
  const { settings } = useInstallation();
  return <time className="desk-clock">{clockText(now, settings.timeZone, true)}</time>;
}

function NotYours() {
  const text = useText();
  const navigate = useNavigate();
  const { session } = useInstallation();
  return (
    <main className="desk-refusal">
      <p>{text.desk.notYours(text.role[session.account.role])}</p>
      <p className="note-acts">
        <button type="button" className="button" onClick={() => void navigate('/')}>
          {text.desk.goHome}
        </button>
        <ToTheDoor label={text.desk.signInAs} />
      </p>
    </main>
  );
}
