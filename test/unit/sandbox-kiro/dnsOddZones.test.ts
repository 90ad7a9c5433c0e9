import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { makeOddZone, oddZoneNames } from '../../../src/sandbox/dns/oddZones.ts';
import type { OddZoneName } from '../../../src/sandbox/dns/oddZones.ts';
import { settingsOf } from '../../../src/sandbox/dns/extras.ts';
import { startDnsServer } from '../../../src/sandbox/dns/server.ts';
import type { DnsServer } from '../../../src/sandbox/dns/server.ts';
import type { DnsData } from '../../../src/sandbox/state.ts';
import { askTcp, askUdp, RCODE, textsOf, TYPE } from './dnsClient.ts';

describe('sandbox DNS with odd zones', () => {
  const zone = 'contoso.com';
  const name = `kiro-app-1.${zone}`;
  const value = 'kiro-site-verification=11111111-2222-4333-8444-555555555555';
  let data: DnsData;
  let server: DnsServer;

  beforeEach(async () => {
    data = { zones: new Set([zone]), txt: new Map([[zone, [['v=spf1 -all']]]]) };
    server = await startDnsServer(data, { patience: 150 });
  });
  afterEach(() => server.close());

  const make = (odd: OddZoneName) => makeOddZone(data, odd, { zone, name, value });
  const at = (last: number) => server.addresses[`127.0.53.${last}`]!;
  const txt = (last: number, asked = name, options: Parameters<typeof askUdp>[3] = {}) =>
    askUdp(at(last), asked, TYPE.TXT, { payload: 1232, ...options });
  const resolved = (asked = name) => askUdp(server.resolver, asked, TYPE.TXT, { rd: true, payload: 1232 });

  it('healthy: both servers and the resolver have it', async () => {
    make('healthy');
    for (const answer of [await txt(1), await txt(2), await resolved()])
      assert.deepEqual(textsOf(answer), [value]);
  });

  it('CNAME at the name: the alias is answered, followed in the zone, and TXT is not beside it', async () => {
    make('cname');
    const answer = await txt(1);
    assert.deepEqual(
      answer?.answers.map((one) => [one.type, one.domain]),
      [[TYPE.CNAME, 'pages.contoso.com']],
    );
    assert.equal(answer?.header.rcode, RCODE.NXDOMAIN);
    make('cname-to-record');
    assert.deepEqual(textsOf(await txt(1)), [value]);
    server.cache.clear();
    const through = await resolved();
    assert.deepEqual([through?.answers[0]?.type, textsOf(through)], [TYPE.CNAME, [value]]);
  });

  it('split strings: one record of two strings', async () => {
    make('split-strings');
    const data = (await txt(1))?.answers[0]?.data;
    assert.ok(Array.isArray(data) && data.length === 2 && data.join('') === value);
  });

  it('wrong zone: the provider has it, but the parent sends everybody elsewhere', async () => {
    make('wrong-zone');
    assert.deepEqual(textsOf(await txt(1)), [value]);
    const parent = await txt(20);
    assert.deepEqual(
      parent?.authorities.map(({ ns }) => ns),
      ['ns1.parked.example', 'ns2.parked.example'],
    );
    const parked = await txt(11);
    assert.deepEqual([parked?.header.rcode, parked?.header.aa], [RCODE.NXDOMAIN, 1]);
    assert.equal((await resolved())?.header.rcode, RCODE.NXDOMAIN);
  });

  it('lame servers: one refuses or lacks authority, the resolver finds the other', async () => {
    make('lame');
    assert.equal((await txt(2))?.header.rcode, RCODE.REFUSED);
    assert.deepEqual(textsOf(await resolved()), [value]);
    make('not-authoritative');
    const answer = await txt(2);
    assert.deepEqual([answer?.header.aa, textsOf(answer)], [0, [value]]);
  });

  it('TCP refused: cut off over UDP, and nobody listens for TCP', async () => {
    make('tcp-refused');
    const ns = await askUdp(at(1), zone, TYPE.NS);
    assert.deepEqual(
      ns?.answers.map((one) => one.ns),
      ['ns3.contoso.com'],
    );
    const cut = await txt(3);
    assert.deepEqual([cut?.header.tc, cut?.answers.length, cut?.additionals.length], [1, 0, 1]);
    await assert.rejects(askTcp(at(3), name, TYPE.TXT), { code: 'ECONNREFUSED' });
    assert.equal((await resolved())?.header.rcode, RCODE.SERVFAIL);
  });

  it('many records: cut off at what the asker takes, whole over TCP and through the resolver', async () => {
    make('many-records');
    for (const payload of [1232, 4096]) {
      const cut = await txt(1, name, { payload });
      assert.deepEqual([cut?.header.tc, cut?.answers.length, cut?.additionals.length], [1, 0, 1]);
    }
    assert.equal(textsOf(await askTcp(at(1), name, TYPE.TXT)).length, 26);
    assert.equal((await resolved())?.header.tc, 1);
    assert.equal(textsOf(await askTcp(server.resolver, name, TYPE.TXT)).length, 26);
  });

  it('SERVFAIL and silence: the resolver fails and keeps nothing', async () => {
    make('servfail');
    assert.equal((await txt(1))?.header.rcode, RCODE.SERVFAIL);
    assert.equal((await resolved())?.header.rcode, RCODE.SERVFAIL);
    make('silence');
    assert.equal(await txt(1, name, { patience: 100 }), undefined);
    assert.equal((await resolved())?.header.rcode, RCODE.SERVFAIL);
    make('healthy');
    assert.deepEqual(textsOf(await resolved()), [value]);
  });

  it('doubled suffix, other name, wildcard, quotes, invisible characters, stale token', async () => {
    make('doubled-suffix');
    assert.equal((await txt(1))?.header.rcode, RCODE.NXDOMAIN);
    assert.deepEqual(textsOf(await txt(1, `${name}.${zone}`)), [value]);
    make('other-name');
    assert.ok(textsOf(await txt(1, zone)).includes(value));
    make('wildcard');
    assert.deepEqual(textsOf(await txt(1, `anything.${zone}`)), ['v=spf1 -all']);
    make('quotes');
    assert.deepEqual(textsOf(await txt(1)), [`"${value}"`]);
    make('invisible');
    assert.deepEqual(textsOf(await txt(1)), [`${value}\u200b`]);
    make('stale-token');
    assert.match(textsOf(await txt(1))[0] ?? '', /^kiro-site-verification=(?!1{8})/);
  });

  it('disagreeing servers: the second holds an older serial without the record', async () => {
    make('disagreeing');
    const serials = [];
    for (const last of [1, 2])
      serials.push((await askUdp(at(last), zone, TYPE.SOA))?.answers[0]?.serial ?? 0);
    assert.ok((serials[0] ?? 0) > (serials[1] ?? 0), String(serials));
    assert.deepEqual(textsOf(await txt(1)), [value]);
    assert.equal((await txt(2))?.header.rcode, RCODE.NXDOMAIN);
  });

  it('child zone: the name is delegated, so the record above the cut is not seen', async () => {
    make('child-zone');
    const referral = await txt(1);
    assert.deepEqual([referral?.header.aa, referral?.answers.length], [0, 0]);
    assert.equal(referral?.authorities[0]?.name, name);
    assert.deepEqual(textsOf(await resolved()), ['v=spf1 -all']);
  });

  it('split horizon: only the resolver inside the company knows it', async () => {
    make('split-horizon');
    const inside = await askUdp(server.internal, name, TYPE.TXT, { rd: true });
    assert.deepEqual(textsOf(inside), [value]);
    assert.equal((await resolved())?.header.rcode, RCODE.NXDOMAIN);
    const other = await askUdp(server.internal, zone, TYPE.TXT, { rd: true });
    assert.deepEqual(textsOf(other), ['v=spf1 -all']);
  });

  it('slow: answers a second late, by real time', async () => {
    make('slow');
    const start = performance.now();
    assert.deepEqual(textsOf(await txt(1)), [value]);
    assert.ok(performance.now() - start >= 990);
  });

  it('leaves nothing of one oddity to the next', async () => {
    for (const odd of oddZoneNames) make(odd);
    make('missing');
    assert.deepEqual([...data.txt], [[zone, [['v=spf1 -all']]]]);
    const { serial, ...rest } = settingsOf(data, zone);
    assert.ok(serial > oddZoneNames.length);
    assert.deepEqual(rest.delegatedTo, ['ns1.contoso.com', 'ns2.contoso.com']);
    assert.deepEqual(
      [data.extras?.servers.size, data.extras?.records.size, data.extras?.internal.size],
      [0, 0, 0],
    );
  });
});
