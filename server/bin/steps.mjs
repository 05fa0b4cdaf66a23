// One line per step: what, and how long it took. On a terminal the line counts while it works.
const isTerminal = process.stdout.isTTY === true;

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** Runs one step and says so; a failure is passed on after its line. */
export async function step(name, work) {
  const since = performance.now();
  const timer = isTerminal
    ? setInterval(() => process.stdout.write(`\r  … ${name} ${seconds(since)}`), 200)
    : undefined;
  try {
    const result = await work();
    clearInterval(timer);
    process.stdout.write(`${isTerminal ? '\r\x1b[K' : ''}  ✓ ${name} (${seconds(since)})\n`);
    return result;
  } catch (error) {
    clearInterval(timer);
    process.stdout.write(`${isTerminal ? '\r\x1b[K' : ''}  ✗ ${name} (${seconds(since)})\n`);
    throw error;
  }
}

/** A failure that the person at the keyboard can mend: what is wrong and what to do, no stack. */
export class Told extends Error {}

/** Prints what went wrong and ends with code 1. */
export function giveUp(error) {
  const known = error instanceof Told ? error.message : explain(error);
  process.stderr.write(`\n${known}\n`);
  process.exitCode = 1;
}

function explain(error) {
  if (error?.code === 'ENOSPC') return 'the disk is full: free some space and start again';
  if (['EACCES', 'EPERM', 'EROFS'].includes(error?.code))
    return `no permission for ${error.path ?? 'a file'}: make it writable for this user, or choose another DATA_DIR`;
  if (['ENOTDIR', 'EEXIST'].includes(error?.code))
    return `${error.path} cannot be made, for a file is in its way: move that, or choose another DATA_DIR`;
  return error?.stack ?? String(error);
}
