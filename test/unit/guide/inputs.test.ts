import assert from 'node:assert/strict';
import { checkDomainName } from '../../../src/guide/domainName.ts';
import { checkScimEndpoint } from '../../../src/guide/scimEndpoint.ts';
import { checkScimToken } from '../../../src/guide/scimToken.ts';
import { format, text, type Text } from '../../../src/guide/text.ts';
import { checkVerificationValue } from '../../../src/guide/verificationValue.ts';
import { verificationRecord } from '../../../src/guide/verificationRecord.ts';
import { endpoint, verification } from './snapshots.ts';

/** The sentence of a refusal: one, without an open placeholder. */
function sentence(result: { readonly ok: true } | { readonly ok: false; readonly reason: Text }): string {
  assert.equal(result.ok, false);
  const words = result.ok ? '' : format(result.reason);
  assert.doesNotMatch(words, /undefined|\{\d\}/);
  return words;
}

const tenant = { kind: 'tenant' } as const;
const sandbox = { kind: 'sandbox', sandboxScimOrigin: 'http://127.0.0.1:4000' } as const;

describe('SCIM endpoint as pasted', () => {
  it('is taken in Kiro’s form, with blanks and a trailing slash put right', () => {
    assert.deepEqual(checkScimEndpoint(` ${endpoint}/ \n`, tenant), {
      ok: true,
      endpoint,
      region: 'us-east-1',
    });
    const eu = endpoint.replace('us-east-1', 'eu-central-1');
    assert.deepEqual(checkScimEndpoint(eu, tenant), { ok: true, endpoint: eu, region: 'eu-central-1' });
  });

  it('of the sandbox is taken at its own origin only', () => {
    const own = 'http://127.0.0.1:4000/abc/scim/v2';
    assert.deepEqual(checkScimEndpoint(own, sandbox), { ok: true, endpoint: own });
    sentence(checkScimEndpoint('http://127.0.0.1:4001/abc/scim/v2', sandbox));
    sentence(checkScimEndpoint(endpoint, sandbox));
    sentence(checkScimEndpoint(own, tenant));
    sentence(checkScimEndpoint(own, { kind: 'sandbox' }));
  });

  const refused = [
    '',
    'scim',
    'https://evil.example/abc/scim/v2',
    'https://scim.us-east-1.amazonaws.com.evil.example/abc/scim/v2',
    'https://evil.example#scim.us-east-1.amazonaws.com/abc/scim/v2',
    'https://scim.us-east-1.amazonaws.com@evil.example/abc/scim/v2',
    'https://user@scim.us-east-1.amazonaws.com/abc/scim/v2',
    'https://scim.us-east-1.amazonaws.com:8443/abc/scim/v2',
    'https://scim.eu-west-1.amazonaws.com/abc/scim/v2',
    endpoint.replace('https', 'http'),
    `${endpoint}?aadOptscim062020`,
    `${endpoint}#x`,
    'https://scim.us-east-1.amazonaws.com/',
    'https://scim.us-east-1.amazonaws.com/abc/scim',
    `${endpoint}/Users`,
    'https://scim.us-east-1.amazonaws.com/a/b/scim/v2',
  ];
  for (const pasted of refused) {
    it(`is refused: ${pasted || 'nothing'}`, () => assert.ok(sentence(checkScimEndpoint(pasted, tenant))));
  }
});

describe('access token as pasted', () => {
  it('is taken without the blanks around it', () => {
    assert.deepEqual(checkScimToken(' abc.DEF-123\r\n'), { ok: true, token: 'abc.DEF-123' });
  });

  const refused = [
    '',
    '  ',
    'abc\ndef',
    'abc def',
    'Bearer abc',
    endpoint,
    verification,
    'abc\u200bdef',
    'x'.repeat(9000),
  ];
  for (const pasted of refused) {
    it(`is refused and never repeated: ${JSON.stringify(pasted.slice(0, 30))}`, () => {
      const words = sentence(checkScimToken(pasted));
      if (pasted.trim().length > 4) assert.ok(!words.includes(pasted.trim()));
    });
  }
});

describe('domain as typed', () => {
  const taken: readonly [string, string][] = [
    ['contoso.com', 'contoso.com'],
    [' Contoso.COM. ', 'contoso.com'],
    ['münchen.example.de', 'xn--mnchen-3ya.example.de'],
    ['kiro.contoso.co.uk', 'kiro.contoso.co.uk'],
  ];
  for (const [typed, name] of taken) {
    it(`is taken: ${typed}`, () => assert.deepEqual(checkDomainName(typed, []), { ok: true, name }));
  }

  for (const pasted of [
    'user@contoso.com',
    'Ada Lovelace <ada@Contoso.com>',
    'mailto:ada@contoso.com',
    'https://Contoso.com/kiro?x=1',
    'https://www.contoso.com:8443/',
    'www.contoso.com/kiro',
  ]) {
    it(`is taken out of ${pasted}, and said`, () => {
      const result = checkDomainName(pasted, []);
      assert.ok(result.ok);
      assert.equal(result.name, 'contoso.com');
      assert.match(format(result.taken ?? text('')), /contoso\.com$/);
    });
  }

  it('is nothing to say of where a domain was typed', () => {
    const result = checkDomainName('www.contoso.com', []);
    assert.deepEqual(result, { ok: true, name: 'www.contoso.com' });
  });

  it('offers both ways around a private name', () => {
    for (const name of ['corp.local', 'foo.lan', 'ada@corp.local']) {
      const words = sentence(checkDomainName(name, []));
      assert.match(words, /domain or subdomain that you control/);
      assert.match(words, /e-mail addresses/);
    }
  });

  const refused = [
    '',
    'contoso',
    'corp.local',
    'foo.internal',
    'foo.home.arpa',
    'foo.onion',
    'foo.alt',
    'foo.test',
    'example.com',
    'foo.corp',
    'foo.lan',
    'contoso.onmicrosoft.com',
    'contoso.mail.onmicrosoft.com',
    'co.uk',
    'a..b.com',
    '-bad.com',
    'contoso,com',
    'contoso.com:53',
    '10.0.0.1',
    '[::1]',
    `${'a'.repeat(64)}.com`,
    'con toso.com',
    '@',
    'user@',
    'https://',
  ];
  for (const typed of refused) {
    it(`is refused: ${typed.slice(0, 40) || 'nothing'}`, () =>
      assert.ok(sentence(checkDomainName(typed, []))));
  }

  it('is refused when it is there already, and as the eleventh', () => {
    sentence(checkDomainName('Contoso.com', [{ name: 'contoso.com' }]));
    const ten = Array.from({ length: 10 }, (_, n) => ({ name: `d${n}.com` }));
    assert.match(sentence(checkDomainName('contoso.com', ten)), /10/);
    assert.equal(checkDomainName('contoso.com', ten.slice(1)).ok, true);
  });
});

describe('verification value as pasted', () => {
  it('is taken as a whole, without the blanks around it', () => {
    assert.deepEqual(checkVerificationValue(`\t${verification} `), { ok: true, value: verification });
  });

  const id = verification.slice('kiro-site-verification='.length);
  const refused = [
    '',
    id,
    `"${verification}"`,
    `“${verification}”`,
    verification.toUpperCase(),
    `kiro-site-verification=${id.toUpperCase()}`,
    `kiro-site-verification:${id}`,
    `google-site-verification=${id}`,
    verification.slice(0, -1),
    `${verification.slice(0, 30)}\u200b${verification.slice(30)}`,
    `${verification.slice(0, 30)} ${verification.slice(30)}`,
  ];
  for (const pasted of refused) {
    it(`is refused: ${JSON.stringify(pasted)}`, () => assert.ok(sentence(checkVerificationValue(pasted))));
  }

  it('becomes a record ready to copy', () => {
    const record = verificationRecord('contoso.com', verification);
    assert.equal(record.name, 'kiro-app-1.contoso.com');
    assert.equal(record.bind, `kiro-app-1.contoso.com. 300 IN TXT "${verification}"`);
  });
});
