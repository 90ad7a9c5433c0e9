import assert from 'node:assert/strict';
import { isBadInput } from '../../../src/engine/badInput.ts';
import { checkDomainName } from '../../../src/guide/domainName.ts';
import { findings } from '../../../src/guide/findings.ts';
import { maxDomains } from '../../../src/guide/kiro.ts';
import { checkScimEndpoint } from '../../../src/guide/scimEndpoint.ts';
import { format, type Text } from '../../../src/guide/text.ts';
import { instantClock } from './instantClock.ts';
import { openSandboxSession, openSessionOn, type SandboxSession } from './sandboxSession.ts';
import { tokenOf } from './tokenOf.ts';

const permissions = [
  'Application.ReadWrite.All',
  'AppRoleAssignment.ReadWrite.All',
  'DelegatedPermissionGrant.ReadWrite.All',
  'GroupMember.Read.All',
  'Organization.Read.All',
  'Synchronization.ReadWrite.All',
  'User.Read.All',
];

/** For people: words that end like a sentence, with nothing of a program in them. */
function assertSentence(text: Text | undefined): void {
  assert.ok(text);
  const words = format(text);
  assert.match(words, /^[“.\p{L}\p{N}].*(?:\.|[\p{L}\p{N}-])$/u);
  assert.doesNotMatch(words, /undefined|null|\[object|Error:|[{}]|\n/);
}

function reasonOf(result: { readonly ok: boolean; readonly reason?: Text }): Text | undefined {
  assert.equal(result.ok, false);
  return result.reason;
}

describe('bad input and bad luck', () => {
  let opened: SandboxSession;
  before(async () => {
    opened = await openSandboxSession('--preset', 'half-made', { clock: instantClock() });
    const [candidate] = await opened.session.candidates();
    assert.ok(candidate);
    await opened.session.adopt(candidate);
    await opened.session.keep((kept) => ({ ...kept, domains: [{ name: 'contoso.com' }] }));
    await opened.session.observe();
  });
  after(() => opened.sandbox.stop());

  it('an endpoint of another host is refused, and the token never goes there', () => {
    const other = 'https://scim.example.net/abc/scim/v2';
    assertSentence(reasonOf(checkScimEndpoint(other, { kind: 'tenant' })));
    assertSentence(
      reasonOf(
        checkScimEndpoint(other, { kind: 'sandbox', sandboxScimOrigin: opened.sandbox.endpoints.scim }),
      ),
    );
  });

  it('a token with a line break is refused and not repeated, and nothing is stored', async () => {
    const { session, ports } = opened;
    await assert.rejects(session.keepScimToken('first-half\nsecond-half', undefined), (error) => {
      assert.ok(isBadInput(error));
      assertSentence(error.text);
      assert.doesNotMatch(error.message, /half/);
      return true;
    });
    assert.equal(await ports.secrets.get(`scimToken/${session.connection.key}`), undefined);
  });

  it('a private domain, the address of one and an eleventh domain are refused', () => {
    const full = Array.from({ length: maxDomains }, (_, index) => ({ name: `d${index}.contoso.com` }));
    assertSentence(reasonOf(checkDomainName('corp.internal', [])));
    assertSentence(reasonOf(checkDomainName('user@corp.internal', [])));
    assertSentence(reasonOf(checkDomainName('eleven.contoso.com', full)));
  });

  it('a third access token is named, with what to do', async () => {
    const { session } = opened;
    await session.keep((kept) => ({ ...kept, scim: { tokenStored: false, tokenCount: 3 } }));
    const finding = findings(session.current!.snapshot).find(({ id }) => id === 'provisioning.tokenCount');
    assert.equal(finding?.status, 'unmet');
    assertSentence(finding.remedy);
    await session.keep(({ domains, ticks, application }) => ({
      domains,
      ticks,
      ...(application && { application }),
    }));
  });

  it('who has no role is told so when applying, and the tenant stays as it is', async () => {
    const { sandbox, session, ports } = opened;
    for (const name of ['dennis', 'katherine']) {
      const account = sandbox.endpoints.accounts.find((one) => one.userPrincipalName.startsWith(name));
      assert.ok(account);
      const accessToken = await tokenOf(sandbox.endpoints, account.userPrincipalName, permissions);
      const theirs = await openSessionOn(sandbox, { ports, accessToken, clock: instantClock() });
      const { snapshot } = await theirs.session.observe();
      const unseen = findings(snapshot).filter(({ status }) => status === 'unknown');
      assert.ok(unseen.some(({ id }) => id.startsWith('provisioning.')));
      for (const { remedy } of unseen) assertSentence(remedy);
      const outcome = await theirs.session.apply(theirs.session.plan(2, { choices: {} }), {});
      assert.notEqual(outcome.result, 'done');
      assert.deepEqual(outcome.made, []);
      assertSentence(outcome.summary);
      assert.deepEqual(theirs.session.kept, session.kept);
    }
  });

  it('a tenant that cannot be reached is unknown, not wrong, and everything kept is still there', async () => {
    const { sandbox, session } = opened;
    const before = session.kept;
    const control = `${sandbox.endpoints.control}/faults`;
    const fault = { server: 'graph', path: '.', times: 0, drop: true };
    await fetch(control, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(fault),
    });
    const { snapshot, health } = await session.observe();
    const ofGraph = findings(snapshot).filter(({ step }) => step === 1 || step === 2);
    assert.ok(ofGraph.every(({ status }) => status === 'unknown'));
    assertSentence(health.headline);
    const outcome = await session.apply(session.plan(2, { choices: {} }), {});
    assert.notEqual(outcome.result, 'done');
    assert.match(format(outcome.summary), /network/);
    assertSentence(outcome.summary);
    assert.deepEqual(session.kept, before);
    await fetch(control, { method: 'DELETE' });
    const again = await session.observe();
    assert.ok(findings(again.snapshot).some(({ step, status }) => step === 1 && status === 'met'));
  });
});
