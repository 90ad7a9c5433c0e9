import assert from 'node:assert/strict';
import { Packet } from 'dns2';
import { askAuthority } from '../../../src/dns/answers.ts';
import { createInquiry } from '../../../src/dns/inquiry.ts';
import { makeQuery, readReply } from '../../../src/dns/message.ts';
import type { NameServers } from '../../../src/dns/servers.ts';
import { dnsStub, reply, soa, txt, type Handler } from './dnsStub.ts';

const name = 'kiro-app-1.contoso.com';
const forged = 'kiro-site-verification=00000000-0000-0000-0000-000000000000';
const nobody: NameServers = { resolvers: [], overHttps: [], system: [], locate: () => undefined };

/** Numbers from 0 to 1 that are the same on every run (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The bytes of an answer, damaged: cut off, octets changed, lengthened, or nothing but noise. */
function damaged(bytes: Buffer, random: () => number): Buffer {
  const pick = (below: number) => Math.floor(random() * below);
  switch (pick(4)) {
    case 0:
      return bytes.subarray(0, pick(bytes.length));
    case 1: {
      const copy = Buffer.from(bytes);
      for (let times = 1 + pick(8); times > 0; times -= 1) copy[pick(copy.length)] = pick(256);
      return copy;
    }
    case 2:
      return Buffer.concat([bytes, Buffer.from(Array.from({ length: pick(40) }, () => pick(256)))]);
    default:
      return Buffer.from(Array.from({ length: pick(200) }, () => pick(256)));
  }
}

/** Replies that an attacker sends who does not see the question: something in them is another's. */
function spoofs(query: Packet): Packet[] {
  const answers = [txt(name, forged)];
  const otherId = reply(query, { header: { id: query.header.id ^ 0x2a }, answers });
  const echo = reply(query, { header: { qr: 0 }, answers });
  const question = (...args: ConstructorParameters<typeof Packet.Question>) => {
    const one = reply(query, { answers });
    one.questions = [new Packet.Question(...args)];
    return one;
  };
  return [
    otherId,
    echo,
    question('fabrikam.com', Packet.TYPE.TXT, Packet.CLASS.IN),
    question(name, Packet.TYPE.A, Packet.CLASS.IN),
    question(name, Packet.TYPE.TXT, Packet.CLASS.CH),
  ];
}

/** What a server is found to say of the name. */
async function said(handle: Handler) {
  await using stub = await dnsStub(handle);
  const inquiry = createInquiry(nobody, AbortSignal.timeout(2500), new Map());
  return (await askAuthority(stub.server(), name, 'contoso.com', inquiry)).answer;
}

describe('Replies as nobody should send them', () => {
  it('are read without an exception, and never as another record than stands in them', () => {
    const random = randomFrom(5);
    const query = makeQuery(name, 'TXT', { recursive: false });
    const asked = Packet.parse(query.bytes);
    const whole = reply(asked, {
      answers: [txt(name, 'a', 'b'), txt(name, 'c')],
      authorities: [soa('contoso.com', 60)],
    });
    const read = readReply(whole.toBuffer(), query);
    assert.ok(typeof read === 'object' && read.answers.length === 2);
    let understood = 0;
    for (let times = 0; times < 20_000; times += 1) {
      const bytes = damaged(whole.toBuffer(), random);
      const reading = readReply(bytes, query);
      if (typeof reading !== 'object') continue;
      understood += 1;
      assert.equal(reading.header.id, query.id);
      assert.equal(reading.header.qr, 1);
      assert.ok(reading.errors.length === 0 || reading.header.tc === 1);
    }
    assert.ok(understood > 100, `${understood} of 20,000 were understood`);
  });

  it('of strangers are passed over, whatever their order, and the true one is taken', async () => {
    const random = randomFrom(7);
    for (let times = 0; times < 20; times += 1) {
      const answer = await said((query) => {
        const crowd = spoofs(query).toSorted(() => random() - 0.5);
        const noise = Array.from({ length: 5 }, () => {
          const bytes = damaged(crowd[0]!.toBuffer(), random);
          if (bytes.length >= 2) bytes.writeUInt16BE(query.header.id ^ 0x77, 0);
          return bytes;
        });
        return [
          ...crowd,
          ...noise,
          reply(query, { answers: [txt('fabrikam.com', forged), txt(name, 'true')] }),
        ];
      });
      assert.deepEqual([answer.outcome, answer.txt], ['found', ['true']]);
    }
  });

  it('of strangers alone are no answer, and end in time', async () => {
    const began = performance.now();
    const answer = await said((query, over) => (over === 'udp' ? spoofs(query) : []));
    assert.equal(answer.outcome, 'timeout');
    assert.ok(performance.now() - began < 2000);
  });

  it('that come after the look was given up are heard by nobody', async () => {
    const stop = new AbortController();
    await using stub = await dnsStub((query) => {
      stop.abort();
      return [reply(query, { answers: [txt(name, forged)] })];
    });
    const inquiry = createInquiry(nobody, stop.signal, new Map());
    const { answer } = await askAuthority(stub.server(), name, 'contoso.com', inquiry);
    assert.deepEqual([answer.outcome, answer.txt], ['timeout', []]);
  });

  it('over TCP that break off or belong to something else are malformed', async () => {
    const cut: Handler = (query, over) => {
      const whole = reply(query, { header: { tc: over === 'udp' ? 1 : 0 }, answers: [txt(name, forged)] });
      return over === 'udp' ? [whole] : [whole.toBuffer().subarray(0, -4)];
    };
    assert.equal((await said(cut)).outcome, 'truncated');
    const other: Handler = (query, over) =>
      over === 'udp'
        ? [reply(query, { header: { tc: 1 } })]
        : [reply(query, { header: { id: 1 }, answers: [txt(name, forged)] })];
    assert.equal((await said(other)).outcome, 'truncated');
  });
});
