import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Person } from '../support/app.js';
import { openProxy, type Proxy } from '../support/proxy.js';
import type { ClientHistory } from './history.js';
import type { Stage } from './stage.js';
import type { Seat, Standing } from './witness.js';

export interface Guest {
  readonly name: string;
  readonly scope: string;
  readonly person: Person;
}

/** A process of witnesses. */
class Host {
  private constructor(readonly child: ChildProcess) {}

  static open(): Host {
    return new Host(
      fork(join(import.meta.dirname, 'witness-host.js'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }),
    );
  }

  async sit(seats: readonly Seat[]): Promise<void> {
    await this.#ask({ sit: seats }, 'sat');
  }

  standing(): Promise<Standing[]> {
    return this.#ask({ ask: 'standing' }, 'standing');
  }

  history(): Promise<ClientHistory[]> {
    return this.#ask({ ask: 'history' }, 'history');
  }

  #ask<T>(order: object, name: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const hear = (word: Record<string, unknown>) => {
        if (!(name in word)) return;
        this.child.off('message', hear);
        this.child.off('exit', fail);
        resolve(word[name] as T);
      };
      const fail = () => reject(new Error('a host of witnesses ended'));
      this.child.on('message', hear);
      this.child.once('exit', fail);
      this.child.send(order);
    });
  }
}

/** The clients of a run, in two processes, each behind a relay of its own that leads to whichever server is up. */
export class Crowd {
  private constructor(
    readonly hosts: readonly Host[],
    readonly links: readonly { readonly name: string; readonly proxy: Proxy }[],
  ) {}

  static async open(stage: Stage, guests: readonly Guest[]): Promise<Crowd> {
    const hosts = [Host.open(), Host.open()];
    const links: { name: string; proxy: Proxy }[] = [];
    const seats: Seat[][] = [[], []];
    for (const [index, { name, scope, person }] of guests.entries()) {
      const proxy = await openProxy(() => stage.someServer().port);
      links.push({ name, proxy });
      const url = `http://127.0.0.1:${proxy.port}`;
      const headers = { ...person.headers, origin: url };
      seats[index % 2]?.push({ name, scope, url, headers, rosterForm: index % 3 === 0 ? 'ids' : 'runs' });
    }
    await Promise.all(hosts.map((host, index) => host.sit(seats[index] ?? [])));
    return new Crowd(hosts, links);
  }

  async standing(): Promise<Standing[]> {
    return (await Promise.all(this.hosts.map((host) => host.standing()))).flat();
  }

  async history(): Promise<ClientHistory[]> {
    return (await Promise.all(this.hosts.map((host) => host.history()))).flat();
  }

  /** Resolves when every client stands as wanted; answers those that do not when the time is over. */
  async until(isMet: (standing: Standing) => boolean, withinMs: number): Promise<Standing[]> {
    const since = performance.now();
    for (;;) {
      const others = (await this.standing()).filter((standing) => !isMet(standing));
      if (others.length === 0 || performance.now() - since > withinMs) return others;
      await pause(100);
    }
  }

  async close(): Promise<void> {
    for (const { child } of this.hosts) {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGCONT');
      child.disconnect();
      await gone;
    }
    for (const { proxy } of this.links) await proxy.close();
  }
}
