import { createSocket } from 'node:dgram';
import { connect, isIPv6 } from 'node:net';
import type { Packet } from 'dns2';
import { readReply, type Query } from './message.ts';
import type { DnsServer } from './servers.ts';

/** A reply to the question that was asked, or why there is none. */
export type Received = { readonly reply: Packet } | { readonly outcome: Failure };

export type Failure = 'timeout' | 'unreachable' | 'malformed';

type Address = Pick<DnsServer, 'address' | 'port'>;

/** Asks over UDP, once more after a while, and passes over datagrams that are no reply to the question. */
export function overUdp({ address, port }: Address, query: Query, signal: AbortSignal): Promise<Received> {
  return new Promise((resolve) => {
    const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
    const repeat = setTimeout(send, 350);
    let over = false;

    function end(received: Received) {
      if (over) return;
      over = true;
      clearTimeout(repeat);
      signal.removeEventListener('abort', late);
      socket.close();
      resolve(received);
    }
    function late() {
      end({ outcome: 'timeout' });
    }
    function send() {
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
    else socket.connect(port, address, send);
  });
}

/** Asks over TCP (RFC 7766): for a reply too long for UDP, and where UDP is filtered. */
export function overTcp({ address, port }: Address, query: Query, signal: AbortSignal): Promise<Received> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const chunks: Buffer[] = [];

    function end(received: Received) {
      signal.removeEventListener('abort', late);
      socket.destroy();
      resolve(received);
    }
    function late() {
      end({ outcome: 'timeout' });
    }

    socket.on('error', () => end({ outcome: 'unreachable' }));
    socket.on('end', () => end({ outcome: 'malformed' }));
    socket.on('connect', () => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(query.bytes.length);
      socket.write(Buffer.concat([length, query.bytes]));
    });
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      const bytes = Buffer.concat(chunks);
      if (bytes.length < 2 || bytes.length < 2 + bytes.readUInt16BE(0)) return;
      const reading = readReply(bytes.subarray(2, 2 + bytes.readUInt16BE(0)), query);
      // Nobody else can write into this connection: what is not a reply to the question is a broken server's.
      end(reading === 'foreign' ? { outcome: 'malformed' } : receivedOf(reading));
    });
    signal.addEventListener('abort', late);
    if (signal.aborted) late();
  });
}

function receivedOf(reading: Packet | 'malformed'): Received {
  return reading === 'malformed' ? { outcome: reading } : { reply: reading };
}
