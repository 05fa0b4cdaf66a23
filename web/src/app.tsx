import type { Role } from '@app/shared';
import { lazy, Suspense } from 'react';
import { BrowserRouter, Navigate, Route, Routes, useLocation } from 'react-router';
import { SignedIn, useInstallation } from './link/installation.js';
import { useText } from './ui/catalogue.js';

const WallScreen = lazy(async () => ({
  default: (await import('./screens/wall/wall-screen.js')).WallScreen,
}));
const SignInScreen = lazy(async () => ({
  default: (await import('./screens/signin/signin-screen.js')).SignInScreen,
}));

/** Where each role begins. */
const HOME_OF = {
  display: '/wall',
  duty: '/wall',
  commander: '/wall',
  staff: '/wall',
  admin: '/wall',
} as const satisfies Record<Role, string>;

export function App() {
  return (
    <BrowserRouter>
      <Suspense fallback={<Waiting />}>
        <Routes>
          <Route path="/signin" element={<SignInScreen />} />
          <Route path="/wall" element={<Guarded screen={<WallScreen />} />} />
          <Route path="*" element={<Guarded screen={<HomeByRole />} />} />
        </Routes>
      </Suspense>
    </BrowserRouter>
  );
}

function Guarded({ screen }: { screen: React.ReactNode }) {
  const { pathname, search } = useLocation();
  const back = pathname === '/' ? '' : `?to=${encodeURIComponent(pathname + search)}`;
  return (
    <SignedIn waiting={<Waiting />} otherwise={<Navigate to={`/signin${back}`} replace />}>
      {screen}
    </SignedIn>
  );
}

function HomeByRole() {
  const { session } = useInstallation();
  return <Navigate to={HOME_OF[session.account.role]} replace />;
}

function Waiting() {
  const text = useText();
  return <p className="waiting">{text.state.connecting}</p>;
}
