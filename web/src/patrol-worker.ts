// The service worker of /patrol: in, requests of that page; out, the page and its files, from the network where there
// is one, else from what was kept. Never: an answer of the API, or another page.

/** What the page needs to open; written by the build. */
const SHELL = '%SHELL%' as unknown as readonly string[];
const CACHE = 'patrol';
const PAGE = '/patrol';
/** A network that does not answer within this is none. */
const PATIENCE_MS = 3_000;

interface Waiting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Asked extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
/** What a service worker has besides what every script has. */
interface Scope {
  addEventListener(type: 'install' | 'activate', listener: (event: Waiting) => void): void;
  addEventListener(type: 'fetch', listener: (event: Asked) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
}
const scope = globalThis as unknown as Scope;

scope.addEventListener('install', (event) => event.waitUntil(install()));
scope.addEventListener('activate', (event) => event.waitUntil(clear()));
scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (request.mode === 'navigate') event.respondWith(page(request));
  else if (pathname.startsWith('/assets/')) event.respondWith(file(request));
});

async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll([PAGE, ...SHELL]);
  await scope.skipWaiting();
}

/** Files of versions before this one go. */
async function clear(): Promise<void> {
  const cache = await caches.open(CACHE);
  const kept = new Set([PAGE, ...SHELL]);
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    // Fonts stay: they are fetched when they are needed, and change their name with their content.
    if (!kept.has(pathname) && !pathname.endsWith('.woff2')) await cache.delete(request);
  }
  await scope.clients.claim();
}

/** The page of today; without a network the one that was kept. */
async function page(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (answer.ok) return answer;
  } catch {
    // No network: what was kept.
  }
  return (await caches.match(PAGE)) ?? Response.error();
}

/** Files are named by their content: one that is kept is the right one. */
async function file(request: Request): Promise<Response> {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(CACHE)).put(request, answer.clone());
  return answer;
}
