import type { Role, Session, Settings } from '@app/shared';
import { render, type RenderResult } from '@testing-library/react';
import type { ReactNode } from 'react';
import { MemoryRouter } from 'react-router';
import { SignedIn } from '../../../web/src/link/installation.js';
import { NOW } from './cards.js';

const HOME = '01890000-0000-7000-8000-000000000001';
const names = { hans: '雄关街道', hant: '雄關街道', en: 'Xiongguan' };

const centre = {
  id: HOME,
  parent: null,
  level: 'county',
  kind: 'street',
  code: '620201001',
  name: names.hans,
  names,
  aliases: [],
  anchor: null,
  bbox: null,
  closedAt: null,
  successor: null,
  version: 1,
};

const settings: Settings = {
  engine: 'maplibre',
  demo: true,
  timeZone: 'Asia/Shanghai',
  levels: [{ level: 'county', names }],
  languages: ['zh-Hans', 'zh-Hant', 'en'],
  version: '0.0.0',
  serverNow: new Date(NOW).toISOString(),
};

const sessionOf = (name: string, role: Role): Session => ({
  account: { id: '01890000-0000-7000-8000-000000000002', name, role },
  centre: { id: HOME, name: names.hans, names, level: 'county' },
  demo: false,
  locked: false,
  expiresAt: new Date(NOW + 3_600_000).toISOString(),
});

/** A request as a page makes it. */
interface Asked {
  readonly path: string;
  readonly body: unknown;
}

export interface House {
  readonly name?: string;
  readonly role?: Role;
  /** What is answered beside what every page asks first; it throws where the server cannot be reached. */
  readonly answer?: (asked: Asked) => unknown;
}

/** A page of somebody who is signed in; the server's side of HTTP is this house. */
export function renderSignedIn(
  page: ReactNode,
  { name = 'li.wei', role = 'admin', answer }: House = {},
  address = '/',
): RenderResult {
  const known: Readonly<Record<string, unknown>> = {
    '/api/settings': settings,
    '/api/session': sessionOf(name, role),
    '/api/centres': { items: [centre] },
    '/api/centres/directory': { items: [centre] },
  };
  globalThis.fetch = async (input, init) => {
    // Our pages ask by paths alone.
    const path = input as string;
    const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined;
    const given = known[path] ?? (await answer?.({ path, body }));
    return { ok: true, status: 200, json: async () => given } as Response;
  };
  return render(
    <MemoryRouter initialEntries={[address]}>
      <SignedIn waiting={null} otherwise={null}>
        {page}
      </SignedIn>
    </MemoryRouter>,
  );
}
