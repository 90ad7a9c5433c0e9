import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { Packet } from 'dns2';

export const { TYPE, RCODE } = Packet;

export interface Server {
  readonly host: string;
  readonly port: number;
}

/** A query as bytes: RD as told, and an OPT record where a payload is given. */
export function queryBytes(
  name: string,
  type: number,
  options: { rd?: boolean; payload?: number } = {},
): Buffer {
  const packet = new Packet();
  packet.header = new Packet.Header({ id: 4711, rd: options.rd === true ? 1 : 0 });
  packet.questions.push(new Packet.Question({ name, type, class: Packet.CLASS.IN }));
  if (options.payload !== undefined)
    packet.additionals.push(Packet.Resource.EDNS([], { udpPayloadSize: options.payload }));
  return packet.toBuffer();
}

/** One question over UDP; undefined when nothing comes within a short while. */
export async function askUdp(
  server: Server,
  name: string,
  type: number,
  options: { rd?: boolean; payload?: number; patience?: number } = {},
): Promise<Packet | undefined> {
  const socket = createSocket('udp4');
  try {
    socket.send(queryBytes(name, type, options), server.port, server.host);
    const signal = AbortSignal.timeout(options.patience ?? 5000);
    const [bytes] = (await once(socket, 'message', { signal })) as [Buffer];
    return Packet.parse(bytes);
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') return undefined;
    throw error;
  } finally {
    socket.close();
  }
}

/** One question over TCP. Rejects with the socket's error; undefined when the connection closes without an answer. */
export async function askTcp(server: Server, name: string, type: number): Promise<Packet | undefined> {
  const socket = connect(server.port, server.host);
  try {
    await once(socket, 'connect');
    const query = queryBytes(name, type);
    socket.write(Buffer.concat([Buffer.from([query.length >> 8, query.length & 255]), query]));
    let received = Buffer.alloc(0);
    for await (const chunk of socket) {
      received = Buffer.concat([received, chunk as Buffer]);
      if (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0))
        return Packet.parse(received.subarray(2));
    }
    return undefined;
  } finally {
    socket.destroy();
  }
}

/** TXT values of an answer, their strings joined. */
export function textsOf(packet: Packet | undefined): string[] {
  return (packet?.answers ?? [])
    .filter((one) => one.type === TYPE.TXT)
    .map((one) => (Array.isArray(one.data) ? one.data.join('') : String(one.data)));
}
