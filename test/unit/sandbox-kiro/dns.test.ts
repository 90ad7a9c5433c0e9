import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { startDnsServer } from '../../../src/sandbox/dns/server.ts';
import type { DnsServer } from '../../../src/sandbox/dns/server.ts';
import { lookUpTxt } from '../../../src/sandbox/dns/lookUp.ts';
import type { DnsData } from '../../../src/sandbox/state.ts';

const SOA = 6;
const NS = 2;
const A = 1;
const TXT = 16;

/** A query by hand: header, question, and an OPT record when a payload size is given. */
function query(
  name: string,
  type: number,
  options: { id?: number; payload?: number; opcode?: number } = {},
): Buffer {
  const labels = name.split('.').filter(Boolean);
  const question = Buffer.concat([
    ...labels.map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label, 'latin1')])),
    Buffer.from([0, 0, type, 0, 1]),
  ]);
  const header = Buffer.alloc(12);
  header.writeUInt16BE(options.id ?? 0x1234, 0);
  header.writeUInt16BE((options.opcode ?? 0) << 11, 2);
  header.writeUInt16BE(1, 4);
  if (options.payload === undefined) return Buffer.concat([header, question]);
  header.writeUInt16BE(1, 10);
  const opt = Buffer.from([0, 0, 41, 0, 0, 0, 0, 0, 0, 0, 0]);
  opt.writeUInt16BE(options.payload, 3);
  return Buffer.concat([header, question, opt]);
}

interface Answer {
  id: number;
  aa: boolean;
  tc: boolean;
  rcode: number;
  answers: number;
  authorities: number;
  additionals: number;
  bytes: Buffer;
}

function read(bytes: Buffer): Answer {
  return {
    id: bytes.readUInt16BE(0),
    aa: (bytes[2]! & 4) !== 0,
    tc: (bytes[2]! & 2) !== 0,
    rcode: bytes[3]! & 15,
    answers: bytes.readUInt16BE(6),
    authorities: bytes.readUInt16BE(8),
    additionals: bytes.readUInt16BE(10),
    bytes,
  };
}

describe('sandbox DNS server', () => {
  let data: DnsData;
  let server: DnsServer;

  beforeEach(async () => {
    data = {
      zones: new Set(['contoso.com', 'sub.contoso.com']),
      txt: new Map([
        ['contoso.com', [['v=spf1 -all'], ['two ', 'strings']]],
        ['kiro-app-1.contoso.com', [['kiro-site-verification=ABC']]],
        ['deep.below.contoso.com', [['x']]],
        ['*.wild.contoso.com', [['any']]],
      ]),
    };
    server = await startDnsServer(data, {});
  });
  afterEach(() => server.close());

  async function udp(bytes: Buffer): Promise<Answer> {
    const socket = createSocket('udp4');
    socket.send(bytes, server.port, '127.0.0.1');
    const [message] = (await once(socket, 'message')) as [Buffer];
    socket.close();
    return read(message);
  }

  /** Sends several queries over one connection and reads as many answers. */
  async function tcp(...queries: Buffer[]): Promise<Answer[]> {
    const socket = connect(server.port, '127.0.0.1');
    const framed = queries.map((one) =>
      Buffer.concat([Buffer.from([one.length >> 8, one.length & 255]), one]),
    );
    socket.end(Buffer.concat(framed));
    const chunks: Buffer[] = [];
    for await (const chunk of socket) chunks.push(chunk as Buffer);
    let rest = Buffer.concat(chunks);
    const answers: Answer[] = [];
    while (rest.length > 0) {
      const length = rest.readUInt16BE(0);
      answers.push(read(rest.subarray(2, 2 + length)));
      rest = rest.subarray(2 + length);
    }
    return answers;
  }

  it('answers TXT byte for byte, string by string, with authority and the asker’s id', async () => {
    const answer = await udp(query('kiro-app-1.CONTOSO.com', TXT, { id: 0xbeef }));
    assert.deepEqual([answer.id, answer.aa, answer.rcode, answer.answers], [0xbeef, true, 0, 1]);
    const text = Buffer.from('kiro-site-verification=ABC');
    assert.ok(
      answer.bytes.subarray(-text.length - 1).equals(Buffer.concat([Buffer.from([text.length]), text])),
    );
    const both = await udp(query('contoso.com', TXT));
    assert.equal(both.answers, 2);
    assert.ok(both.bytes.includes(Buffer.from('\x04two \x07strings', 'latin1')));
  });

  it('tells a name without the record from a name that does not exist, each with the SOA', async () => {
    const noData = await udp(query('contoso.com', A));
    assert.deepEqual([noData.rcode, noData.answers, noData.authorities, noData.aa], [0, 0, 1, true]);
    const above = await udp(query('below.contoso.com', TXT));
    assert.deepEqual([above.rcode, above.answers, above.authorities], [0, 0, 1]);
    const missing = await udp(query('missing.contoso.com', TXT));
    assert.deepEqual([missing.rcode, missing.answers, missing.authorities, missing.aa], [3, 0, 1, true]);
    assert.equal(missing.bytes.readUInt32BE(missing.bytes.length - 4), 300, 'MINIMUM of the SOA');
  });

  it('answers SOA and NS at each apex only', async () => {
    assert.equal((await udp(query('sub.contoso.com', SOA))).answers, 1);
    assert.equal((await udp(query('contoso.com', NS))).answers, 2);
    assert.equal((await udp(query('ns1.contoso.com', A))).answers, 1);
    const inside = await udp(query('kiro-app-1.contoso.com', SOA));
    assert.deepEqual([inside.answers, inside.authorities], [0, 1]);
  });

  it('lets a wildcard stand for names that do not exist', async () => {
    assert.equal((await udp(query('random.wild.contoso.com', TXT))).answers, 1);
    assert.equal((await udp(query('random.contoso.com', TXT))).rcode, 3);
  });

  it('refuses other zones and says NXDOMAIN for top levels that do not exist', async () => {
    const other = await udp(query('example.org', TXT));
    assert.deepEqual([other.rcode, other.aa], [5, false]);
    const local = await udp(query('corp.local', SOA));
    assert.deepEqual([local.rcode, local.aa, local.authorities], [3, true, 1]);
    assert.equal((await udp(query('contoso.com', TXT, { opcode: 5 }))).rcode, 4);
  });

  it('cuts off what does not fit into UDP and gives it whole over TCP', async () => {
    const long = 'x'.repeat(600);
    data.txt.set('contoso.com', [[long]]);
    const cut = await udp(query('contoso.com', TXT));
    assert.deepEqual([cut.tc, cut.answers], [true, 0]);
    const wide = await udp(query('contoso.com', TXT, { payload: 1232 }));
    assert.deepEqual([wide.tc, wide.answers, wide.additionals], [false, 1, 1]);
    const [first, second] = await tcp(
      query('contoso.com', TXT, { id: 7 }),
      query('nope.contoso.com', TXT, { id: 8 }),
    );
    assert.deepEqual([first?.id, first?.answers, second?.id, second?.rcode], [7, 1, 8, 3]);
    assert.deepEqual(await lookUpTxt({ host: '127.0.0.1', port: server.port }, 'contoso.com'), {
      rcode: 0,
      values: [long],
    });
  });

  it('goes on after junk', async () => {
    const socket = createSocket('udp4');
    socket.send(Buffer.from([1, 2, 3]), server.port, '127.0.0.1', () => socket.close());
    const answer = await udp(query('contoso.com', TXT));
    assert.equal(answer.answers, 2);
    const half = query('contoso.com', TXT);
    half.writeUInt16BE(2, 4);
    assert.equal((await udp(half)).rcode, 1);
  });
});
