import { setTimeout as pause } from 'node:timers/promises';
import type { Crowd } from './crowd.js';
import type { LinkFault, Planned } from './schedule.js';

const DELAY_MS = 700;

/** Does it, and undoes it. Answers whom it befell. */
export async function breakLink(crowd: Crowd, { kind, holdMs, draw }: Planned<LinkFault>): Promise<string> {
  const host = crowd.hosts[Math.floor(draw * crowd.hosts.length)];
  const link = crowd.links[Math.floor(draw * crowd.links.length)];
  if (!host || !link) throw new Error('a crowd without clients');
  const { proxy, name } = link;
  switch (kind) {
    case 'link cut':
      proxy.cut();
      await pause(holdMs);
      proxy.resume();
      return name;
    case 'link hung':
      proxy.pause();
      await pause(holdMs);
      proxy.resume();
      return name;
    case 'link delayed':
      proxy.delay(DELAY_MS);
      await pause(holdMs);
      proxy.delay(0);
      return name;
    case 'link half-open at the client':
      proxy.strand('client');
      return name;
    case 'link half-open at the server':
      proxy.strand('server');
      return name;
    case 'clients frozen':
      host.child.kill('SIGSTOP');
      await pause(holdMs);
      host.child.kill('SIGCONT');
      return `host ${crowd.hosts.indexOf(host) + 1}`;
  }
}
