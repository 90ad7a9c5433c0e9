import assert from 'node:assert/strict';
import { Packet } from 'dns2';
import { createDohApp } from '../../../src/sandbox/dns/doh.ts';
import { changeScript } from '../../../src/sandbox/dns/extras.ts';
import { startDnsServer } from '../../../src/sandbox/dns/server.ts';
import type { DnsServer } from '../../../src/sandbox/dns/server.ts';
import type { DnsData } from '../../../src/sandbox/state.ts';
import { queryBytes, RCODE, textsOf, TYPE } from './dnsClient.ts';
import { listen } from './fixture.ts';

describe('sandbox DNS over HTTPS', () => {
  const type = 'application/dns-message';
  let data: DnsData;
  let dns: DnsServer;
  let server: Awaited<ReturnType<typeof listen>>;

  beforeEach(async () => {
    data = { zones: new Set(['contoso.com']), txt: new Map([['contoso.com', [['x'.repeat(2000)]]]]) };
    dns = await startDnsServer(data, { patience: 150 });
    server = await listen(createDohApp(dns));
  });
  afterEach(async () => {
    await server.close();
    await dns.close();
  });

  const get = (path: string, bytes: Buffer) =>
    fetch(`${server.origin}${path}?dns=${bytes.toString('base64url')}`);
  const post = (path: string, body: Buffer, contentType = type) =>
    fetch(`${server.origin}${path}`, {
      method: 'POST',
      headers: { 'content-type': contentType },
      body: new Uint8Array(body),
    });
  const read = async (response: Response) => Packet.parse(Buffer.from(await response.arrayBuffer()));

  it('answers by GET and POST, whole however long, as resolver and as authority', async () => {
    const query = queryBytes('contoso.com', TYPE.TXT, { rd: true });
    for (const response of [await get('/dns-query', query), await post('/dns-query', query)]) {
      assert.equal(response.headers.get('content-type'), type);
      assert.equal(response.headers.get('cache-control'), 'max-age=300');
      const answer = await read(response);
      assert.deepEqual(
        [answer.header.id, answer.header.ra, answer.header.aa, answer.header.tc],
        [4711, 1, 0, 0],
      );
      assert.equal(textsOf(answer)[0]?.length, 2000);
    }
    const authority = await read(
      await get('/authoritative/dns-query', queryBytes('nope.contoso.com', TYPE.TXT)),
    );
    assert.deepEqual([authority.header.aa, authority.header.rcode], [1, RCODE.NXDOMAIN]);
  });

  it('refuses what is no query', async () => {
    const query = queryBytes('contoso.com', TYPE.TXT);
    assert.equal((await post('/dns-query', query, 'application/json')).status, 415);
    assert.equal((await get('/dns-query', Buffer.from('junk'))).status, 400);
    assert.equal((await get('/dns-query', Buffer.alloc(0))).status, 400);
    const reply = Buffer.from(query);
    reply.writeUInt8(reply.readUInt8(2) | 128, 2);
    assert.equal((await get('/dns-query', reply)).status, 400);
    assert.equal((await fetch(`${server.origin}/dns-query`, { method: 'PUT' })).status, 405);
    changeScript(data, 'ns1.contoso.com', { answers: 'silent' });
    assert.equal((await get('/authoritative/dns-query', query)).status, 504);
  });
});
