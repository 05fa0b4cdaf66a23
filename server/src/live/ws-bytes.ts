// WebSocket frames as bytes (RFC 6455 §5.2), unmasked as a server sends them, without extensions: made once and written
// to many sockets as they are.

const FIN = 0x80;
const OPCODE = { continuation: 0, text: 1, binary: 2 } as const;
const SHORT = 125;
const MEDIUM = 0xffff;

/** The head of a frame with a payload of `length` bytes; the payload follows it. */
export function frameHead(kind: keyof typeof OPCODE, length: number, isLast = true): Buffer {
  const first = OPCODE[kind] | (isLast ? FIN : 0);
  if (length <= SHORT) return Buffer.from([first, length]);
  const head = Buffer.alloc(length <= MEDIUM ? 4 : 10);
  head[0] = first;
  if (length <= MEDIUM) {
    head[1] = 126;
    head.writeUInt16BE(length, 2);
  } else {
    head[1] = 127;
    head.writeBigUInt64BE(BigInt(length), 2);
  }
  return head;
}

/**
 * One Socket.IO event with one binary argument, as the default parser writes it for the websocket transport: a text
 * frame that announces the attachment, and a binary one with it.
 */
export function binaryEvent(namespace: string, event: string, bytes: Uint8Array): Buffer {
  const text = `451-${namespace},${JSON.stringify([event, { _placeholder: true, num: 0 }])}`;
  const said = Buffer.from(text);
  return Buffer.concat([frameHead('text', said.length), said, frameHead('binary', bytes.byteLength), bytes]);
}
