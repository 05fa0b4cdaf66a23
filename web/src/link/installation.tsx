import { type Centre, nameIn, type Session, type Settings, toMs } from '@app/shared';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { useLanguage } from '../ui/catalogue.js';
import { serverClock } from '../ui/server-clock.js';
import { backoffMs } from './backoff.js';
import { HttpFault } from './http.js';
import { fetchCentres, fetchSession, fetchSettings } from './session.js';

/** Who is signed in, where, and what holds for everybody there. */
export interface Installation {
  readonly settings: Settings;
  readonly session: Session;
  /** The tree that the session may see, parents first. */
  readonly centres: ReadonlyMap<string, Centre>;
}

const InstallationContext = createContext<Installation | null>(null);

/** Only below `SignedIn`. */
export function useInstallation(): Installation {
  const installation = useContext(InstallationContext);
  if (!installation) throw new Error('useInstallation: a SignedIn around wanted, none seen');
  return installation;
}

/** The name of a centre in the language chosen; empty for one that may not be seen. */
export function useCentreName(): (id: string) => string {
  const { centres } = useInstallation();
  const language = useLanguage((choice) => choice.language);
  return (id) => {
    const centre = centres.get(id);
    return centre ? nameIn(centre.names, language) : '';
  };
}

export interface SignedInProps {
  /** Shown to whoever is not signed in. */
  readonly otherwise: ReactNode;
  readonly waiting: ReactNode;
  readonly children: ReactNode;
}

/** Asks who is signed in before anything is shown; a server that does not answer is asked again without end. */
export function SignedIn({ otherwise, waiting, children }: SignedInProps) {
  const [found, setFound] = useState<Installation | 'nobody'>();
  useEffect(() => {
    let isGone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (failedTries: number) => {
      const seen = await lookAround();
      if (isGone) return;
      if (seen) setFound(seen);
      else timer = setTimeout(() => void look(failedTries + 1), backoffMs(failedTries, Math.random()));
    };
    void look(0);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, []);

  if (!found) return waiting;
  if (found === 'nobody') return otherwise;
  return <InstallationContext value={found}>{children}</InstallationContext>;
}

async function lookAround(): Promise<Installation | 'nobody' | undefined> {
  try {
    const [settings, session, centres] = await Promise.all([fetchSettings(), fetchSession(), fetchCentres()]);
    serverClock.hear(toMs(settings.serverNow));
    return { settings, session, centres: new Map(centres.map((centre) => [centre.id, centre])) };
  } catch (fault) {
    return fault instanceof HttpFault && (fault.status === 401 || fault.status === 423)
      ? 'nobody'
      : undefined;
  }
}
