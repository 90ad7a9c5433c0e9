import assert from 'node:assert/strict';
import { dnsVerdict, type DnsVerdictKind } from '../../../src/guide/diagnosis/dnsVerdict.ts';
import type { DnsAnswer } from '../../../src/guide/snapshot.ts';
import { at, verification } from './snapshots.ts';

const name = 'kiro-app-1.contoso.com';
type Role = DnsAnswer['server']['role'];

const answer = (
  role: Role,
  outcome: DnsAnswer['outcome'],
  txt: readonly string[] = [],
  queried = name,
): DnsAnswer => ({
  queried,
  server: { role, name: `${role}.example` },
  outcome,
  txt,
});
const found = (role: Role, txt: string = verification, queried = name): DnsAnswer =>
  answer(role, 'found', [txt], queried);
const remembers = (negativeTtl: number): DnsAnswer => ({ ...answer('public', 'nxdomain'), negativeTtl });
const other = verification.replace('0b8f', 'ffff');

describe('verdict on a domain’s DNS answers', () => {
  const cases: readonly [string, DnsVerdictKind, readonly DnsAnswer[]][] = [
    ['everywhere', 'public', [found('authoritative'), found('public')]],
    ['only authoritative servers were asked', 'public', [found('authoritative')]],
    ['only public resolvers answered', 'public', [answer('authoritative', 'timeout'), found('public')]],
    [
      'at the domain itself',
      'public',
      [answer('authoritative', 'nxdomain'), found('authoritative', verification, 'contoso.com')],
    ],
    [
      'with a final dot and upper case in the name',
      'public',
      [found('authoritative', verification, 'KIRO-APP-1.contoso.com.')],
    ],
    ['beside other values', 'public', [answer('authoritative', 'found', ['v=spf1 -all', verification])]],
    ['one resolver behind', 'public', [found('authoritative'), found('public'), remembers(60)]],
    ['all resolvers behind', 'remembered', [found('authoritative'), remembers(60), remembers(600)]],
    [
      'one authoritative server without it',
      'disagree',
      [found('authoritative'), answer('authoritative', 'nodata')],
    ],
    [
      'at the domain everywhere, at the guide’s name not yet',
      'public',
      [
        found('authoritative'),
        answer('authoritative', 'nodata'),
        found('authoritative', verification, 'contoso.com'),
      ],
    ],
    [
      'nowhere',
      'missing',
      [answer('authoritative', 'nxdomain'), answer('authoritative', 'nodata', [], 'contoso.com')],
    ],
    [
      'the domain does not exist',
      'noSuchDomain',
      [answer('public', 'nxdomain'), answer('public', 'nxdomain', [], 'contoso.com')],
    ],
    ['another value of Kiro', 'stale', [found('authoritative', other)]],
    ['in quotation marks', 'altered', [found('authoritative', `"${verification}"`)]],
    ['with a blank', 'altered', [found('authoritative', `${verification} `)]],
    ['in upper case', 'altered', [found('authoritative', verification.toUpperCase())]],
    ['without its prefix', 'altered', [found('authoritative', verification.split('=')[1])]],
    [
      'domain twice',
      'doubled',
      [answer('authoritative', 'nxdomain'), found('authoritative', verification, `${name}.contoso.com`)],
    ],
    ['inside only', 'internalOnly', [answer('public', 'nxdomain'), found('system')]],
    ['silence', 'unreachable', [answer('authoritative', 'timeout'), answer('public', 'servfail')]],
    [
      'silence but for this computer',
      'unreachable',
      [answer('public', 'unreachable'), answer('system', 'nxdomain')],
    ],
    ['not asked', 'notAsked', []],
  ];
  for (const [situation, kind, answers] of cases) {
    it(`is ${kind}: ${situation}`, () => {
      assert.equal(dnsVerdict('contoso.com', verification, { name: 'contoso.com', at, answers }).kind, kind);
    });
  }

  it('tells until when resolvers remember', () => {
    const verdict = dnsVerdict('contoso.com', verification, {
      name: 'contoso.com',
      at,
      answers: [found('authoritative'), remembers(60), remembers(600)],
    });
    assert.equal(verdict.until, at + 600_000);
  });
});
