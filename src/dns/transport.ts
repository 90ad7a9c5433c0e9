import { createSocket } from 'node:dgram';
import { connect, isIPv6 } from 'node:net';
import type { Packet } from 'dns2';
import { readReply, type Query } from './message.ts';
import type { SocketAddress } from './servers.ts';

/** A reply to the question that was asked, or why there is none. */
export type Received = { readonly reply: Packet } | { readonly outcome: Failure };

export type Failure = 'timeout' | 'unreachable' | 'malformed';

/** Milliseconds after which a datagram is taken for lost and sent again, twice at most. */
const resendAfter = 400;

/** Asks over UDP, again after a while, and passes over datagrams that are no reply to the question. */
export function overUdp(
  { address, port }: SocketAddress,
  query: Query,
  signal: AbortSignal,
): Promise<Received> {
  return new Promise((resolve) => {
    const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
    const repeats = [1, 2].map((times) => setTimeout(send, times * resendAfter));
    let over = false;

    function end(received: Received): void {
      if (over) return;
      over = true;
      repeats.forEach(clearTimeout);
      signal.removeEventListener('abort', late);
      socket.close();
      resolve(received);
    }
    function late(): void {
      end({ outcome: 'timeout' });
    }
    function send(): void {
      socket.send(query.bytes, (error) => {
        if (error) end({ outcome: 'unreachable' });
      });
    }

    socket.on('error', () => end({ outcome: 'unreachable' }));
    socket.on('message', (bytes) => {
      const reading = readReply(bytes, query);
      if (reading !== 'foreign') end(receivedOf(reading));
    });
    signal.addEventListener('abort', late);
    if (signal.aborted) late();
    // A connected socket takes datagrams of this server only, and hears when nobody is there.
    else
      socket.connect(port, address, () => {
        if (!over) send();
      });
  });
}

/** Asks over TCP (RFC 7766): for a reply too long for UDP, and where UDP is filtered. */
export function overTcp(
  { address, port }: SocketAddress,
  query: Query,
  signal: AbortSignal,
): Promise<Received> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const chunks: Buffer[] = [];
    let length = 0;

    function end(received: Received): void {
      signal.removeEventListener('abort', late);
      socket.destroy();
      resolve(received);
    }
    function late(): void {
      end({ outcome: 'timeout' });
    }

    socket.on('error', () => end({ outcome: 'unreachable' }));
    socket.on('end', () => end({ outcome: 'malformed' }));
    socket.on('connect', () => {
      const prefix = Buffer.alloc(2);
      prefix.writeUInt16BE(query.bytes.length);
      socket.write(Buffer.concat([prefix, query.bytes]));
    });
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      length += chunk.length;
      const [first = chunk] = chunks;
      const whole = first.length >= 2 ? first : Buffer.concat(chunks);
      if (length < 2 || length < 2 + whole.readUInt16BE(0)) return;
      const bytes = Buffer.concat(chunks);
      const reading = readReply(bytes.subarray(2, 2 + bytes.readUInt16BE(0)), query);
      // Nobody else can write into this connection: what is not a reply to the question is a broken server's.
      end(reading === 'foreign' ? { outcome: 'malformed' } : receivedOf(reading));
    });
    signal.addEventListener('abort', late);
    if (signal.aborted) late();
  });
}

const mediaType = 'application/dns-message';
/** No DNS message is longer. */
const mostBytes = 65_535;

/** Asks over HTTPS (RFC 8484). Redirects are not followed: a resolver that was chosen is the one that is asked. */
export async function overHttps(url: string, query: Query, signal: AbortSignal): Promise<Received> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { accept: mediaType, 'content-type': mediaType },
      body: new Uint8Array(query.bytes),
      redirect: 'error',
      signal,
    });
    const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
    if (!response.ok || type !== mediaType) {
      await response.body?.cancel();
      return { outcome: response.ok ? 'malformed' : 'unreachable' };
    }
    const bytes = await bytesOf(response);
    const reading = bytes === undefined ? 'malformed' : readReply(bytes, query);
    return reading === 'foreign' ? { outcome: 'malformed' } : receivedOf(reading);
  } catch {
    return { outcome: signal.aborted ? 'timeout' : 'unreachable' };
  }
}

async function bytesOf({ body }: Response): Promise<Buffer | undefined> {
  const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = body?.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    chunks.push(part.value);
    length += part.value.length;
    if (length <= mostBytes) continue;
    await reader?.cancel();
    return undefined;
  }
  return Buffer.concat(chunks);
}

function receivedOf(reading: Packet | 'malformed'): Received {
  return reading === 'malformed' ? { outcome: reading } : { reply: reading };
}
