import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { Packet } from 'dns2';
import { lookUpDomain } from '../../../src/dns/lookUpDomain.ts';
import type { NameServers } from '../../../src/dns/servers.ts';
import { dnsStub, reply, soa, txt, type Handler } from './dnsStub.ts';
import { smallInternet } from './smallInternet.ts';

const value = 'kiro-site-verification=3f0c1b7e-5a41-4c53-9a0e-1b8f5d2c7a90';
const record = 'kiro-app-1.contoso.com';
const { NXDOMAIN, SERVFAIL, REFUSED, FORMERR } = Packet.RCODE;
const { NS } = Packet.TYPE;

const look = (servers: NameServers, signal?: AbortSignal) =>
  lookUpDomain({ name: 'contoso.com', value, servers, now: () => 42, ...(signal && { signal }) });

/** Has the value at the guide's name and nothing else. */
const having: Handler = (query) => {
  const { name, type } = query.questions[0]!;
  if (type === NS) return [reply(query, { answers: [{ name, type: NS, ns: 'ns1.contoso.com' }] })];
  return name === record
    ? [reply(query, { answers: [txt('Kiro-App-1.contoso.com', value)] })]
    : [reply(query, { authorities: [soa('contoso.com', 300)] })];
};

/** What the only server of the zone says of the record's name. */
async function said(handle: Handler) {
  await using internet = await smallInternet([handle]);
  const { answers } = await look(internet.servers);
  const { outcome, txt: texts, negativeTtl, alias } = answers.find(({ queried }) => queried === record)!;
  return { outcome, texts, negativeTtl, alias };
}

describe('lookUpDomain', () => {
  it('asks the servers that the parent names for both names, without RD, and tells each one’s answer', async () => {
    await using internet = await smallInternet([having]);
    const { answers, ...seen } = await look(internet.servers);
    assert.deepEqual(seen, {
      name: 'contoso.com',
      at: 42,
      zone: {
        name: 'contoso.com',
        exists: true,
        delegated: ['ns1.contoso.com'],
        own: ['ns1.contoso.com'],
        refresh: 1,
      },
    });
    const server = { role: 'authoritative', name: 'ns1.contoso.com' };
    assert.deepEqual(
      answers.filter((answer) => answer.server.role === 'authoritative'),
      [
        { queried: record, server, outcome: 'found', txt: [value] },
        {
          queried: 'contoso.com',
          server,
          outcome: 'nodata',
          txt: [],
          negativeTtl: 300,
          zone: 'contoso.com',
          serial: 1,
        },
      ],
    );
    assert.ok(internet.authorities[0]!.asked.every(({ rd }) => rd === 0));
    assert.ok(internet.parent.asked.every(({ rd }) => rd === 0));
  });

  it('asks resolvers for what every server of the zone has, and for nothing below the domain else', async () => {
    await using there = await smallInternet([having]);
    await look(there.servers);
    const names = there.resolver.asked.map(({ name }) => name).filter((name) => name.endsWith('contoso.com'));
    assert.deepEqual(names, [record]);
    await using absent = await smallInternet([(query) => [reply(query, { header: { rcode: NXDOMAIN } })]]);
    await look(absent.servers);
    assert.ok(!absent.resolver.asked.some(({ name }) => name.endsWith('contoso.com')));
    await using half = await smallInternet([having, (query) => [reply(query)]]);
    await look(half.servers);
    assert.ok(!half.resolver.asked.some(({ name }) => name.endsWith('contoso.com')));
  });

  it('joins the strings of a record, and follows a CNAME to a record in the same answer', async () => {
    const split = await said((query) => [
      reply(query, { answers: [txt(record, value.slice(0, 9), value.slice(9)), txt(record, 'v=spf1')] }),
    ]);
    assert.deepEqual(split.texts, [value, 'v=spf1']);
    const alias = await said((query) => [
      reply(query, {
        answers: [
          { name: record, type: Packet.TYPE.CNAME, domain: 'records.example' },
          txt('Records.example', value),
        ],
      }),
    ]);
    assert.deepEqual([alias.texts, alias.alias], [[value], 'records.example']);
  });

  it('tells the ways of having nothing apart', async () => {
    const of = (rcode: number) => said((query) => [reply(query, { header: { rcode } })]);
    assert.equal((await of(SERVFAIL)).outcome, 'servfail');
    assert.equal((await of(REFUSED)).outcome, 'refused');
    const nothing = await said((query) => [
      reply(query, { header: { rcode: NXDOMAIN }, authorities: [soa('contoso.com', 900, 60)] }),
    ]);
    assert.deepEqual([nothing.outcome, nothing.negativeTtl], ['nxdomain', 60]);
    assert.equal((await said((query) => [reply(query, { header: { aa: 0 } })])).outcome, 'lame');
    const without = await said((query) => [
      reply(query, { header: { aa: 0 }, answers: [txt(record, value)] }),
    ]);
    assert.deepEqual([without.outcome, without.texts], ['lame', []]);
    const sentOn = await said((query) => [
      reply(query, { header: { aa: 0 }, authorities: [{ name: record, type: NS, ns: 'ns.child.example' }] }),
    ]);
    assert.equal(sentOn.outcome, 'delegated');
    const upward = await said((query) => [
      reply(query, { header: { aa: 0 }, authorities: [{ name: 'com', type: NS, ns: 'a.gtld.example' }] }),
    ]);
    assert.equal(upward.outcome, 'lame');
  });

  it('asks an old server again without EDNS', async () => {
    const { texts } = await said((query) => [
      query.additionals.length > 0
        ? reply(query, { header: { rcode: FORMERR } })
        : reply(query, { answers: [txt(record, value)] }),
    ]);
    assert.deepEqual(texts, [value]);
  });

  it('goes to TCP for a reply that was cut off, and when UDP is silent', async () => {
    const whole = Array.from({ length: 40 }, (_, n) => txt(record, `${n} ${'x'.repeat(200)}`));
    const cut = await said((query, over) => [
      over === 'udp'
        ? reply(query, { header: { tc: 1 }, answers: whole.slice(0, 2) })
        : reply(query, { answers: whole }),
    ]);
    assert.equal(cut.texts.length, 40);
    const filtered = await said((query, over) =>
      over === 'udp' ? [] : [reply(query, { answers: [txt(record, value)] })],
    );
    assert.deepEqual(filtered.texts, [value]);
  });

  it('does not take a part for the whole when TCP is silent', async () => {
    const part = await said((query, over) =>
      over === 'tcp' ? [] : [reply(query, { header: { tc: 1 }, answers: [txt(record, value)] })],
    );
    assert.equal(part.outcome, 'truncated');
  });

  it('ends within three seconds where everybody is silent', async () => {
    const silent: Handler = () => [];
    await using internet = await smallInternet([silent, silent, undefined], silent);
    const began = performance.now();
    const { answers } = await look(internet.servers);
    assert.ok(performance.now() - began < 3000);
    assert.ok(answers.every(({ outcome }) => ['timeout', 'unreachable'].includes(outcome)));
  });

  it('finds no wrong servers in addresses that a parent has no say over', async () => {
    await using impostor = await dnsStub((query) => [reply(query, { answers: [txt(record, value)] })]);
    await using parent = await dnsStub((query) => [
      reply(query, {
        header: { aa: 0 },
        authorities: [{ name: 'contoso.com', type: NS, ns: 'ns.other.example' }],
        additionals: [{ name: 'ns.other.example', type: Packet.TYPE.A, address: '192.0.2.66' }],
      }),
    ]);
    await using resolver = await dnsStub((query) => {
      const { name, type } = query.questions[0]!;
      if (name === 'com') return [reply(query, { answers: [{ name, type: NS, ns: 'a.gtld.example' }] })];
      if (name === 'a.gtld.example' && type === Packet.TYPE.A)
        return [reply(query, { answers: [{ name, type, address: '192.0.2.53' }] })];
      return [reply(query, { header: { rcode: NXDOMAIN } })];
    });
    const ports: Record<string, number> = { '192.0.2.66': impostor.port, '192.0.2.53': parent.port };
    const { answers } = await look({
      resolvers: [resolver.server('public')],
      overHttps: [],
      system: [],
      locate: (address) => ({ address: '127.0.0.1', port: ports[address]! }),
    });
    assert.equal(impostor.asked.length, 0);
    assert.ok(answers.every(({ outcome }) => outcome !== 'found'));
  });

  it('asks over HTTPS when nobody is heard on port 53, and one resolver only while there is nothing', async () => {
    let found = false;
    const asked: string[] = [];
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const query = Packet.parse(Buffer.concat(chunks));
        const { name } = query.questions[0]!;
        asked.push(`${request.url} ${name}`);
        const answer =
          found && name === record
            ? reply(query, { answers: [txt(record, value)] })
            : reply(query, { header: { rcode: NXDOMAIN }, authorities: [soa('contoso.com', 120)] });
        response.setHeader('content-type', 'application/dns-message').end(answer.toBuffer());
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    try {
      await using silent = await smallInternet([() => []]);
      const overHttps = ['/one', '/two'].map((path) => ({
        role: 'public' as const,
        name: path,
        url: `http://127.0.0.1:${port}${path}`,
      }));
      const blocked = { ...silent.servers, resolvers: [], overHttps };
      const before = await look(blocked);
      assert.equal(before.blocked, true);
      assert.ok(asked.every((line) => line.startsWith('/one ')));
      assert.equal(before.answers.find(({ queried }) => queried === record)?.negativeTtl, 120);
      found = true;
      const after = await look(blocked);
      assert.deepEqual(
        after.answers.filter(({ outcome }) => outcome === 'found').map(({ server: { name } }) => name),
        ['/one', '/two'],
      );
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it('stops with the reason of the signal', async () => {
    const stop = new AbortController();
    await using internet = await smallInternet([
      () => {
        stop.abort();
        return [];
      },
    ]);
    await assert.rejects(look(internet.servers, stop.signal), { name: 'AbortError' });
  });
});
