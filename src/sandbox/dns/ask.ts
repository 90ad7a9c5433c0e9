import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { Packet } from 'dns2';
import { canonical } from './names.ts';
import { UDP_PAYLOAD } from './wire.ts';

/** Where a server listens. */
export interface SocketAddress {
  readonly host: string;
  readonly port: number;
}

/** One question to one server. */
export interface Asking {
  readonly name: string;
  readonly type: number;
  /** Whether the server is to look further for us. */
  readonly recursive: boolean;
  /** Real milliseconds for UDP, and as many again for TCP. */
  readonly patience: number;
}

/**
 * Asks a DNS server over UDP, and over TCP when the answer was cut off. Replies with another id or question are passed
 * over; rejects when none comes in time.
 */
export async function ask(server: SocketAddress, asking: Asking): Promise<Packet> {
  const query = new Packet();
  query.header = new Packet.Header({ id: Packet.uuid(), rd: asking.recursive ? 1 : 0 });
  query.questions.push(new Packet.Question({ name: asking.name, type: asking.type, class: Packet.CLASS.IN }));
  query.additionals.push(Packet.Resource.EDNS([], { udpPayloadSize: UDP_PAYLOAD }));
  const bytes = query.toBuffer();
  const isReply = (reply: Packet): boolean =>
    reply.header.qr === 1 &&
    reply.header.id === query.header.id &&
    canonical(reply.questions[0]?.name ?? '') === canonical(asking.name) &&
    reply.questions[0]?.type === asking.type;
  const reply = await askUdp(server, bytes, isReply, asking.patience);
  return reply.header.tc === 1 ? askTcp(server, bytes, isReply, asking.patience) : reply;
}

const silent = 'The DNS server did not answer.';

function askUdp(
  server: SocketAddress,
  query: Buffer,
  isReply: (reply: Packet) => boolean,
  patience: number,
): Promise<Packet> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      socket.close();
      settle();
    };
    const timer = setTimeout(() => end(() => reject(new Error(silent))), patience);
    socket.once('error', (error) => end(() => reject(error)));
    socket.on('message', (bytes) => {
      const reply = parse(bytes);
      if (reply && isReply(reply)) end(() => resolve(reply));
    });
    socket.connect(server.port, server.host, () => socket.send(query));
  });
}

function askTcp(
  server: SocketAddress,
  query: Buffer,
  isReply: (reply: Packet) => boolean,
  patience: number,
): Promise<Packet> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, server.host);
    let received = Buffer.alloc(0);
    const fail = (error: Error): void => {
      clearTimeout(timer);
      socket.destroy();
      reject(error);
    };
    const timer = setTimeout(() => fail(new Error(silent)), patience);
    socket.once('error', fail);
    socket.once('close', () => fail(new Error('The DNS server closed the connection.')));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < 2 || received.length < 2 + received.readUInt16BE(0)) return;
      const reply = parse(received.subarray(2, 2 + received.readUInt16BE(0)));
      if (!reply || !isReply(reply)) {
        fail(new Error('The DNS server answered another question.'));
        return;
      }
      clearTimeout(timer);
      resolve(reply);
      socket.destroy();
    });
    const length = Buffer.alloc(2);
    length.writeUInt16BE(query.length);
    socket.write(Buffer.concat([length, query]));
  });
}

function parse(bytes: Buffer): Packet | undefined {
  try {
    return Packet.parse(bytes);
  } catch {
    return undefined;
  }
}
