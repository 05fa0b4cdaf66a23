import { execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './server.js';

const CONFIGURATION = join(import.meta.dirname, '../../.github/deploy/nginx.conf');
const READY_TRIES = 250;

/** Where an nginx is, as `npm test` found it; none: its tests are left out. (`NGINX` itself is a word of nginx's own.) */
export const NGINX = process.env['NGINX_PATH'];

export interface RunningNginx {
  readonly url: string;
  readonly port: number;
  readonly plainPort: number;
  /** The certificate that it shows, to be trusted by clients. */
  readonly ca: string;
  /** What it logged so far. */
  log(): string;
  close(): Promise<void>;
}

/** `from` must stand there exactly so often: a configuration that changed is not changed by halves. */
function replaced(text: string, from: string, to: string, times = 1): string {
  const parts = text.split(from);
  if (parts.length !== times + 1)
    throw new Error(`nginx.conf: ${times} × ${from} wanted, ${parts.length - 1} seen`);
  return parts.join(to);
}

interface Places {
  readonly directory: string;
  readonly port: number;
  readonly plainPort: number;
  readonly servers: readonly number[];
}

/** The configuration of production with other addresses, ports and paths. */
function adapted({ directory, port, plainPort, servers }: Places): string {
  let text = readFileSync(CONFIGURATION, 'utf8');
  const server = (address: string) => `server ${address} max_fails=1 fail_timeout=2s;`;
  text = replaced(text, server('server-1:3000'), servers.map((to) => server(`127.0.0.1:${to}`)).join('\n'));
  text = replaced(text, server('server-2:3000'), '');
  text = replaced(text, 'listen 80;', `listen 127.0.0.1:${plainPort};`);
  text = replaced(text, 'listen 443 ssl http2;', `listen 127.0.0.1:${port} ssl http2;`);
  text = replaced(text, '/etc/nginx/tls/', `${directory}/`, 2);
  text = replaced(text, '/dev/stderr', join(directory, 'error.log'));
  text = replaced(text, '/dev/stdout', join(directory, 'access.log'));
  const kept = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const paths = kept.map((name) => `${name}_temp_path ${directory}/${name};`).join('\n');
  return replaced(text, '\nhttp {\n', `\nhttp {\n${paths}\n`);
}

/** A key and a certificate for this machine, good for a day. */
function makeCertificate(directory: string): string {
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const files = ['-keyout', join(directory, 'tls.key'), '-out', join(directory, 'tls.crt')];
  execFileSync('openssl', ['req', '-x509', '-days', '1', ...key, ...subject, ...files], { stdio: 'ignore' });
  return readFileSync(join(directory, 'tls.crt'), 'utf8');
}

/** The nginx of production before these ports of this machine, whether anything listens there yet or not. */
export async function openNginx(
  servers: readonly number[],
  { port, plainPort }: { port: number; plainPort: number },
): Promise<RunningNginx> {
  if (NGINX === undefined) throw new Error('NGINX_PATH: the path of an nginx is wanted');
  const directory = await mkdtemp(join(tmpdir(), 'xiongguan-nginx-'));
  await chmod(directory, 0o755);
  const ca = makeCertificate(directory);
  const file = join(directory, 'nginx.conf');
  await writeFile(file, adapted({ directory, port, plainPort, servers }));
  const errors = openSync(join(directory, 'stderr.log'), 'a');
  const main = `daemon off; pid ${directory}/nginx.pid;`;
  const child = spawn(NGINX, ['-p', directory, '-e', join(directory, 'error.log'), '-c', file, '-g', main], {
    stdio: ['ignore', errors, errors],
  });
  closeSync(errors);
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const read = (name: string) => readFileSync(join(directory, name), { encoding: 'utf8', flag: 'a+' });
  const log = () => read('access.log') + read('error.log') + read('stderr.log');
  for (let tries = 0; !(await listens(port, ca)); tries++) {
    if (child.exitCode !== null || tries > READY_TRIES) throw new Error(`nginx does not listen:\n${log()}`);
    await pause(20);
  }
  const close = async () => {
    child.kill('SIGTERM');
    await gone;
    await rm(directory, { recursive: true, force: true });
  };
  return { url: `https://127.0.0.1:${port}`, port, plainPort, ca, log, close };
}

function listens(port: number, ca: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', ca }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Two free ports that are not the same. */
export async function freePorts(): Promise<{ port: number; plainPort: number }> {
  const port = await freePort();
  for (;;) {
    const plainPort = await freePort();
    if (plainPort !== port) return { port, plainPort };
  }
}
