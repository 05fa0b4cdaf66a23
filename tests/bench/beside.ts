import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A process of this folder beside this one, without which nothing can be measured: when it fails, so does this one. */
export function forkBeside(name: string): ChildProcess {
  const child = fork(fileURLToPath(new URL(`./${name}.js`, import.meta.url)), { execArgv: [] });
  child.once('exit', (code) => {
    if (code !== 0) throw new Error(`${name} ended with code ${code}`);
  });
  return child;
}
