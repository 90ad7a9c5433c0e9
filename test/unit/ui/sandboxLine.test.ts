import assert from 'node:assert/strict';
import { forBrowser } from '../../../src/ui/connection/browserAddress.ts';
import { forTenant } from '../../../src/engine/connection.ts';
import { parseSandboxLine } from '../../../src/engine/sandboxLine.ts';

const line = {
  graph: 'http://127.0.0.1:4001/v1.0',
  login: 'http://127.0.0.1:4002',
  scim: 'http://127.0.0.1:4003/5f0c/scim/v2',
  console: 'http://127.0.0.1:4004',
  control: 'http://127.0.0.1:4005',
  dns: {
    host: '127.0.0.1',
    port: 4006,
    addresses: { '127.0.53.1': { host: '127.0.0.1', port: 4006 } },
  },
  resolver: {
    host: '127.0.0.1',
    port: 4007,
    doh: 'http://127.0.0.1:4008/dns-query',
    internal: { host: '127.0.0.1', port: 4009 },
  },
  tenantId: '0f9b1a4c-6d0e-4f2b-9a57-0d6a5c1e7b11',
  accounts: [{ userPrincipalName: 'ada@contoso.com', password: 'x', roles: ['Global Administrator'] }],
  accessToken: 'token',
};
const read = (change: Record<string, unknown>) =>
  parseSandboxLine(JSON.stringify({ ...line, ...change }), { https: false });

describe("The sandbox's first line", () => {
  it('gives the addresses of servers on this machine', () => {
    assert.equal(read({ preset: 'blank' }).graph, line.graph);
  });

  for (const [name, graph] of Object.entries({
    'another host': 'http://graph.example.com/v1.0',
    'a host that only begins alike': 'http://127.0.0.1.example.com/v1.0',
    'a user in front of another host': 'http://127.0.0.1:80@example.com/v1.0',
    'a user name': 'http://ada@127.0.0.1:4001/v1.0',
    'https, which a sandbox of this window does not speak': 'https://127.0.0.1:4001/v1.0',
    'another protocol': 'ftp://127.0.0.1/v1.0',
    'a slash at the end': 'http://127.0.0.1:4001/v1.0/',
  })) {
    it(`is refused with ${name}`, () => {
      assert.throws(() => read({ graph }));
    });
  }

  it('tells its tenants apart, and refuses one whose endpoint is elsewhere', () => {
    const other = {
      tenantId: '1f9b1a4c-6d0e-4f2b-9a57-0d6a5c1e7b11',
      displayName: 'Fabrikam',
      scim: 'http://127.0.0.1:4003/77aa/scim/v2',
      console: 'http://127.0.0.1:4014',
      accounts: [],
      accessToken: 'other',
    };
    const endpoints = read({ tenants: [other] });
    assert.equal(forTenant(endpoints, other.tenantId)?.scim, other.scim);
    assert.equal(forTenant(endpoints, line.tenantId)?.scim, line.scim);
    assert.equal(forTenant(endpoints, '2f9b1a4c-6d0e-4f2b-9a57-0d6a5c1e7b11'), undefined);
    assert.throws(() => read({ tenants: [{ ...other, scim: 'http://example.com/77aa/scim/v2' }] }));
  });

  it('is refused with a DNS server elsewhere', () => {
    const { dns, resolver } = line;
    const elsewhere = { host: '8.8.8.8', port: 53 };
    assert.throws(() => read({ dns: { ...dns, ...elsewhere } }));
    assert.throws(() => read({ dns: { ...dns, addresses: { '127.0.53.1': elsewhere } } }));
    assert.throws(() => read({ resolver: { ...resolver, ...elsewhere } }));
    assert.throws(() => read({ resolver: { ...resolver, internal: elsewhere } }));
    assert.throws(() => read({ resolver: { ...resolver, doh: 'http://dns.example/dns-query' } }));
  });

  it('is refused when it is no JSON', () => {
    assert.throws(() => parseSandboxLine('Sandbox is ready'));
  });

  it('sends browsers to a name that VS Code leaves alone', () => {
    assert.equal(forBrowser('http://127.0.0.1:4004'), 'http://sandbox.localhost:4004/');
  });
});
