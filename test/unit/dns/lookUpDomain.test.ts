import assert from 'node:assert/strict';
import { Packet } from 'dns2';
import { authoritativeServers } from '../../../src/dns/delegation.ts';
import { lookUpDomain, type DnsServer } from '../../../src/dns/lookUpDomain.ts';
import { dnsStub, reply, soa, txt, type Handler } from './dnsStub.ts';

const value = 'kiro-site-verification=3f0c1b7e-5a41-4c53-9a0e-1b8f5d2c7a90';
const { NXDOMAIN, SERVFAIL, REFUSED } = Packet.RCODE;

const lookUp = (servers: readonly DnsServer[], signal?: AbortSignal) =>
  lookUpDomain({ name: 'contoso.com', servers, now: () => 42, ...(signal && { signal }) });

/** Outcome and texts of the only server, at the domain itself. */
async function atDomain(handle: Handler) {
  await using stub = await dnsStub(handle);
  const { answers } = await lookUp([stub.server()]);
  const { outcome, txt: texts, negativeTtl } = answers.find(({ queried }) => queried === 'contoso.com')!;
  return { outcome, texts, negativeTtl };
}

describe('lookUpDomain', () => {
  it('asks for both names and tells each server’s answer', async () => {
    await using stub = await dnsStub((query) => [
      query.questions[0]!.name === 'kiro-app-1.contoso.com'
        ? reply(query, { answers: [txt('Kiro-App-1.contoso.com', value)] })
        : reply(query, { authorities: [soa('contoso.com', 300)] }),
    ]);
    const seen = await lookUp([stub.server('authoritative', 'ns7.test')]);
    assert.deepEqual(seen, {
      name: 'contoso.com',
      at: 42,
      answers: [
        {
          queried: 'contoso.com',
          server: { role: 'authoritative', name: 'ns7.test' },
          outcome: 'nodata',
          txt: [],
          negativeTtl: 300,
        },
        {
          queried: 'kiro-app-1.contoso.com',
          server: { role: 'authoritative', name: 'ns7.test' },
          outcome: 'found',
          txt: [value],
        },
      ],
    });
    assert.ok(stub.asked.every(({ rd, type }) => rd === 0 && type === Packet.TYPE.TXT));
  });

  it('joins the strings of a record, and follows a CNAME', async () => {
    const split = await atDomain((query) => [
      reply(query, {
        answers: [txt('contoso.com', value.slice(0, 9), value.slice(9)), txt('contoso.com', 'v=spf1')],
      }),
    ]);
    assert.deepEqual(split.texts, [value, 'v=spf1']);
    const alias = await atDomain((query) => [
      reply(query, {
        answers: [
          { name: 'contoso.com', type: Packet.TYPE.CNAME, domain: 'records.example' },
          txt('Records.example', value),
        ],
      }),
    ]);
    assert.deepEqual(alias.texts, [value]);
  });

  it('tells the ways of having nothing apart', async () => {
    const of = (rcode: number) => atDomain((query) => [reply(query, { header: { rcode } })]);
    assert.equal((await of(SERVFAIL)).outcome, 'servfail');
    assert.equal((await of(REFUSED)).outcome, 'refused');
    assert.deepEqual(
      await atDomain((query) => [
        reply(query, { header: { rcode: NXDOMAIN }, authorities: [soa('contoso.com', 900, 60)] }),
      ]),
      { outcome: 'nxdomain', texts: [], negativeTtl: 60 },
    );
    assert.equal((await atDomain((query) => [reply(query, { header: { aa: 0 } })])).outcome, 'refused');
  });

  it('asks an old server again without EDNS', async () => {
    const { texts } = await atDomain((query) => [
      query.additionals.length > 0
        ? reply(query, { header: { rcode: Packet.RCODE.FORMERR } })
        : reply(query, { answers: [txt('contoso.com', value)] }),
    ]);
    assert.deepEqual(texts, [value]);
  });

  it('asks resolvers only for what an authoritative server has', async () => {
    await using authority = await dnsStub((query) => [
      query.questions[0]!.name === 'contoso.com'
        ? reply(query, { answers: [txt('contoso.com', value)] })
        : reply(query, { header: { rcode: NXDOMAIN } }),
    ]);
    await using resolver = await dnsStub((query) => [reply(query, { answers: [txt('contoso.com', value)] })]);
    const { answers } = await lookUp([
      authority.server(),
      resolver.server('public'),
      resolver.server('system'),
    ]);
    assert.deepEqual(
      resolver.asked.map(({ name, rd }) => `${name} ${rd}`),
      ['contoso.com 1', 'contoso.com 1'],
    );
    assert.equal(answers.length, 4);
  });

  it('asks resolvers when no authoritative server could be heard', async () => {
    await using authority = await dnsStub((query) => [reply(query, { header: { rcode: REFUSED } })]);
    await using resolver = await dnsStub((query) => [reply(query, { answers: [txt('contoso.com', value)] })]);
    const { answers } = await lookUp([authority.server(), resolver.server('public')]);
    assert.deepEqual(
      answers.map(({ server, outcome }) => `${server.role} ${outcome}`),
      ['authoritative refused', 'public found', 'authoritative refused', 'public nodata'],
    );
  });

  it('passes over answers to something else, and takes the true one', async () => {
    const forged = 'kiro-site-verification=00000000-0000-0000-0000-000000000000';
    const { texts } = await atDomain((query) => {
      const answers = [txt('contoso.com', forged)];
      const otherId = reply(query, { header: { id: query.header.id ^ 1 }, answers });
      const otherName = reply(query, { answers });
      otherName.questions = [new Packet.Question('fabrikam.com', Packet.TYPE.TXT, Packet.CLASS.IN)];
      const otherType = reply(query, { answers });
      otherType.questions = [new Packet.Question('contoso.com', Packet.TYPE.A, Packet.CLASS.IN)];
      const echo = reply(query, { header: { qr: 0 }, answers });
      const otherOwner = reply(query, { answers: [txt('fabrikam.com', forged), txt('contoso.com', value)] });
      return [otherId, otherName, otherType, echo, Buffer.from('junk'), otherOwner];
    });
    assert.deepEqual(texts, [value]);
  });

  it('goes to TCP for a reply that was cut off, and when UDP is silent', async () => {
    const whole = Array.from({ length: 40 }, (_, n) => txt('contoso.com', `${n} ${'x'.repeat(200)}`));
    const cut = await atDomain((query, over) => [
      over === 'udp'
        ? reply(query, { header: { tc: 1 }, answers: whole.slice(0, 2) })
        : reply(query, { answers: whole }),
    ]);
    assert.equal(cut.texts.length, 40);
    const filtered = await atDomain((query, over) =>
      over === 'udp' ? [] : [reply(query, { answers: [txt('contoso.com', value)] })],
    );
    assert.deepEqual(filtered.texts, [value]);
  });

  it('ends in time when TCP is silent after a reply that was cut off', async () => {
    const began = performance.now();
    const silent = await atDomain((query, over) =>
      over === 'udp' ? [reply(query, { header: { tc: 1 } })] : [],
    );
    assert.equal(silent.outcome, 'timeout');
    assert.ok(performance.now() - began < 3000);
  });

  it('calls a broken reply malformed, and a server that is not there unreachable', async () => {
    const broken = await atDomain((query) => [
      reply(query, { answers: [txt('contoso.com', value)] })
        .toBuffer()
        .subarray(0, -8),
    ]);
    assert.equal(broken.outcome, 'malformed');
    const gone = await dnsStub(() => []);
    const server = gone.server();
    await gone[Symbol.asyncDispose]();
    const { answers } = await lookUp([server]);
    assert.deepEqual(
      answers.map(({ outcome }) => outcome),
      ['unreachable', 'unreachable'],
    );
  });

  it('stops with the reason of the signal', async () => {
    const stop = new AbortController();
    await using stub = await dnsStub(() => {
      stop.abort();
      return [];
    });
    await assert.rejects(lookUp([stub.server()], stop.signal), { name: 'AbortError' });
  });
});

describe('authoritativeServers', () => {
  const { A, NS, SOA } = Packet.TYPE;
  const resolver: Handler = (query) => {
    const { name, type } = query.questions[0]!;
    if (type === SOA) return [reply(query, { authorities: [soa('contoso.com', 60)] })];
    if (type === NS && name === 'contoso.com') {
      const hosts = ['NS1.dns.example', 'ns2.dns.example'];
      return [reply(query, { answers: hosts.map((ns) => ({ name, type: NS, ns })) })];
    }
    if (type === A && name.toLowerCase() === 'ns1.dns.example') {
      return [reply(query, { answers: [{ name, type: A, address: '192.0.2.1' }] })];
    }
    return [reply(query)];
  };

  it('finds the zone above a name, its servers and their addresses', async () => {
    await using stub = await dnsStub(resolver);
    const found = await authoritativeServers(
      'mail.contoso.com',
      [stub.server('public')],
      AbortSignal.timeout(2000),
    );
    assert.deepEqual(found, [
      { role: 'authoritative', name: 'ns1.dns.example', address: '192.0.2.1', port: 53 },
    ]);
  });

  it('goes by the resolver that knows, and finds none where nobody does', async () => {
    await using broken = await dnsStub((query) => [reply(query, { header: { rcode: SERVFAIL } })]);
    await using stub = await dnsStub(resolver);
    const both = [broken.server('system'), stub.server('public')];
    assert.equal((await authoritativeServers('contoso.com', both, AbortSignal.timeout(2000))).length, 1);
    const none = await authoritativeServers(
      'contoso.com',
      [broken.server('public')],
      AbortSignal.timeout(2000),
    );
    assert.deepEqual(none, []);
  });
});
