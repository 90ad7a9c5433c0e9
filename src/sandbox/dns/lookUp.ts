import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { Packet } from 'dns2';
import { canonical } from './zone.ts';

const DEADLINE_MS = 3000;

/** What a TXT query brought. `values` are the records' character-strings joined without separator. */
export interface TxtAnswer {
  readonly rcode: number;
  readonly values: readonly string[];
}

/**
 * Asks one DNS server for the TXT records of a name over UDP, and over TCP when the answer was cut off. Replies with
 * another id or question are passed over; rejects when none comes within three seconds.
 */
export async function lookUpTxt(server: { host: string; port: number }, name: string): Promise<TxtAnswer> {
  const query = new Packet();
  query.header = new Packet.Header({ id: Packet.uuid(), rd: 1 });
  query.questions.push(new Packet.Question({ name, type: Packet.TYPE.TXT, class: Packet.CLASS.IN }));
  const bytes = query.toBuffer();
  const isReply = (reply: Packet): boolean =>
    reply.header.qr === 1 &&
    reply.header.id === query.header.id &&
    canonical(reply.questions[0]?.name ?? '') === canonical(name) &&
    reply.questions[0]?.type === Packet.TYPE.TXT;
  let reply = await askUdp(server, bytes, isReply);
  if (reply.header.tc === 1) reply = await askTcp(server, bytes, isReply);
  return {
    rcode: reply.header.rcode,
    values: reply.answers
      .filter((one) => one.type === Packet.TYPE.TXT && canonical(one.name) === canonical(name))
      .map((one) => (Array.isArray(one.data) ? one.data.join('') : '')),
  };
}

function askUdp(
  server: { host: string; port: number },
  query: Buffer,
  isReply: (reply: Packet) => boolean,
): Promise<Packet> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      socket.close();
      settle();
    };
    const timer = setTimeout(
      () => end(() => reject(new Error('The DNS server did not answer.'))),
      DEADLINE_MS,
    );
    socket.once('error', (error) => end(() => reject(error)));
    socket.on('message', (bytes) => {
      const reply = parse(bytes);
      if (reply && isReply(reply)) end(() => resolve(reply));
    });
    socket.connect(server.port, server.host, () => socket.send(query));
  });
}

function askTcp(
  server: { host: string; port: number },
  query: Buffer,
  isReply: (reply: Packet) => boolean,
): Promise<Packet> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, server.host);
    let received = Buffer.alloc(0);
    const fail = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    socket.setTimeout(DEADLINE_MS, () => fail(new Error('The DNS server did not answer.')));
    socket.once('error', fail);
    socket.once('close', () => reject(new Error('The DNS server closed the connection.')));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < 2 || received.length < 2 + received.readUInt16BE(0)) return;
      const reply = parse(received.subarray(2, 2 + received.readUInt16BE(0)));
      if (!reply || !isReply(reply)) {
        fail(new Error('The DNS server answered another question.'));
        return;
      }
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
