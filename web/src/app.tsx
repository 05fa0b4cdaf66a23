import type { Role } from '@app/shared';
import { lazy, Suspense } from 'react';
import { BrowserRouter, Navigate, Route, Routes, useLocation } from 'react-router';
import { SignedIn, useInstallation } from './link/installation.js';
import { useText } from './ui/catalogue.js';

const LOADS = {
  '/wall': () => import('./screens/wall/wall-screen.js'),
  '/signin': () => import('./screens/signin/signin-screen.js'),
  '/command': () => import('./screens/command/command-screen.js'),
  '/centre': () => import('./screens/centre/centre-screen.js'),
  '/duty': () => import('./screens/duty/duty-screen.js'),
  '/replay': () => import('./screens/replay/replay-screen.js'),
  '/admin': () => import('./screens/admin/admin-screen.js'),
  '/liaison': () => import('./screens/liaison/liaison-screen.js'),
  '/codes': () => import('./screens/patrol/codes/codes-screen.js'),
  '/patrol': () => import('./screens/handheld/handheld-screen.js'),
} as const;

const WallScreen = lazy(async () => ({ default: (await LOADS['/wall']()).WallScreen }));
const SignInScreen = lazy(async () => ({ default: (await LOADS['/signin']()).SignInScreen }));
const CommandScreen = lazy(async () => ({ default: (await LOADS['/command']()).CommandScreen }));
const CentreScreen = lazy(async () => ({ default: (await LOADS['/centre']()).CentreScreen }));
const DutyScreen = lazy(async () => ({ default: (await LOADS['/duty']()).DutyScreen }));
const ReplayScreen = lazy(async () => ({ default: (await LOADS['/replay']()).ReplayScreen }));
const AdminScreen = lazy(async () => ({ default: (await LOADS['/admin']()).AdminScreen }));
const LiaisonScreen = lazy(async () => ({ default: (await LOADS['/liaison']()).LiaisonScreen }));
const CodesScreen = lazy(async () => ({ default: (await LOADS['/codes']()).CodesScreen }));
const HandheldScreen = lazy(async () => ({ default: (await LOADS['/patrol']()).HandheldScreen }));

/** Fetches what the page of an address is made of, while one asks who is signed in. */
export function fetchScreen(pathname: string): void {
  const load: (() => Promise<unknown>) | undefined = Object.entries(LOADS).find(
    ([path]) => path === pathname,
  )?.[1];
  // What fails here is asked for, and told, where the page is drawn.
  load?.().catch(() => undefined);
}

/** Where each role begins. */
const HOME_OF = {
  display: '/wall',
  duty: '/wall',
  commander: '/command',
  staff: '/centre',
  admin: '/admin',
  'armed-police-liaison': '/liaison',
  'militia-liaison': '/liaison',
  team: '/patrol',
} as const satisfies Record<Role, string>;

export function App() {
  return (
    <BrowserRouter>
      <Suspense fallback={<Waiting />}>
        <Routes>
          <Route path="/signin" element={<SignInScreen />} />
          <Route path="/wall" element={<Guarded screen={<WallScreen />} />} />
          <Route path="/command" element={<Guarded screen={<CommandScreen />} />} />
          <Route path="/centre" element={<Guarded screen={<CentreScreen />} />} />
          <Route path="/duty" element={<Guarded screen={<DutyScreen />} />} />
          <Route path="/replay" element={<Guarded screen={<ReplayScreen />} />} />
          <Route path="/admin" element={<Guarded screen={<AdminScreen />} />} />
          <Route path="/liaison" element={<Guarded screen={<LiaisonScreen />} />} />
          <Route path="/codes" element={<Guarded screen={<CodesScreen />} />} />
          <Route path="/patrol" element={<HandheldScreen />} />
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
      <NoHandheld>{screen}</NoHandheld>
    </SignedIn>
  );
}

/** A team's handheld has one page: it stands for no centre, so that no desk has anything for it. */
function NoHandheld({ children }: { children: React.ReactNode }) {
  const { session } = useInstallation();
  return session.account.role === 'team' ? <Navigate to={HOME_OF.team} replace /> : children;
}

function HomeByRole() {
  const { session } = useInstallation();
  return <Navigate to={HOME_OF[session.account.role]} replace />;
}

function Waiting() {
  const text = useText();
  return <p className="waiting">{text.state.connecting}</p>;
}
