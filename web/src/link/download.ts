import { ATTENDED_HEADER, isAttended } from './attended.js';
import { HttpFault, refusalOf } from './http.js';

/** Fetches a file and hands it to the browser under a name; a refusal is a fault, never a file. @throws HttpFault */
export async function download(path: string, name: string): Promise<void> {
  const headers: Record<string, string> = isAttended() ? { [ATTENDED_HEADER]: '1' } : {};
  let file: Blob;
  try {
    const response = await fetch(path, { headers, credentials: 'same-origin' });
    if (!response.ok) throw refusalOf(response.status, await response.json().catch(() => undefined));
    file = await response.blob();
  } catch (cause) {
    // A file that breaks off fails while it is read.
    throw cause instanceof HttpFault ? cause : new HttpFault('offline', 0);
  }
  const address = URL.createObjectURL(file);
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
}
