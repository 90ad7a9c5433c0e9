import assert from 'node:assert/strict';
import { createPerson } from '../../../scripts/rehearse/person.ts';
import { askFor } from '../../../src/engine/askFor.ts';
import { toolAnswer } from '../../../src/engine/toolAnswer.ts';
import { conditionalAccessPolicies } from '../../../src/entra/conditionalAccessPolicies.ts';
import type { LinkId } from '../../../src/guide/diagnosis/person.ts';
import { openSandboxSession, type SandboxSession } from './sandboxSession.ts';

/** A session on a preset, with domain, endpoint and a fresh token entered as an admin would. */
async function onPreset(preset: string): Promise<SandboxSession & { readonly token: string }> {
  const opened = await openSandboxSession('--preset', preset);
  const { session, sandbox } = opened;
  const [candidate] = await session.candidates();
  assert.ok(candidate);
  await session.adopt(candidate);
  const { secret, endpoint } = await createPerson(sandbox.endpoints).makeToken();
  await session.keep((kept) => ({
    ...kept,
    domains: [{ name: 'contoso.com', verifiedAt: 1 }],
    scim: { endpoint, tokenStored: true },
  }));
  await session.keepScimToken(secret, undefined);
  return { ...opened, token: secret };
}

async function chainOf({ session }: SandboxSession, who: string) {
  const answer = await session.people.why(who);
  assert.ok('chain' in answer);
  return answer.chain;
}

async function control({ sandbox }: SandboxSession, path: string, body: unknown): Promise<void> {
  const response = await fetch(`${sandbox.endpoints.control}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  assert.ok(response.ok, await response.text());
}

describe('why a person can’t use Kiro, on a sandbox tenant', () => {
  describe('that is healthy', () => {
    let opened: SandboxSession & { readonly token: string };
    before(async () => (opened = await onPreset('healthy')));
    after(() => opened.sandbox.stop());

    it('finds nothing broken for a member, from the account to the group in Kiro', async () => {
      const { links, culprit } = await chainOf(opened, 'grace@contoso.com');
      assert.equal(culprit?.status, 'waiting');
      assert.deepEqual(
        links.filter(({ status }) => status !== 'ok').map(({ id }) => id),
        ['signIn', 'seat'],
      );
    });

    it('finds people by a part of their name, and asks when it fits several', async () => {
      assert.equal((await chainOf(opened, 'Hopper')).account?.userPrincipalName, 'grace@contoso.com');
      const several = await opened.session.people.why('Ka');
      assert.ok('several' in several && several.several.length > 1);
      const one = several.several[0];
      assert.ok(one);
      const answer = await opened.session.people.why('Ka', { account: one });
      assert.ok('chain' in answer && answer.chain.account?.id === one.id);
    });

    it('names the assignment of who is in no group, and the account of who is nobody', async () => {
      assert.equal((await chainOf(opened, 'alan@contoso.com')).culprit?.id, 'assignment');
      const nobody = await chainOf(opened, 'nobody@contoso.com');
      assert.equal(nobody.culprit?.id, 'account');
      assert.equal(nobody.links.find(({ id }) => id === 'domain')?.status, 'ok');
    });

    it('reads what a refused sign-in left in the log, and the policy behind it', async () => {
      const policy = {
        displayName: 'Block Kiro',
        state: 'enabled',
        conditions: { users: { includeUsers: ['All'] }, applications: { includeApplications: ['All'] } },
        grantControls: { operator: 'OR', builtInControls: ['block'] },
      };
      const { graph, accessToken } = opened.sandbox.endpoints;
      const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
      const base = `${graph}/identity/conditionalAccess/policies`;
      const made = await fetch(base, { method: 'POST', headers, body: JSON.stringify(policy) });
      assert.equal(made.status, 201);
      const { id } = (await made.json()) as { id: string };
      assert.equal((await chainOf(opened, 'grace')).culprit?.id, 'conditionalAccess');
      await fetch(`${base}/${id}`, { method: 'DELETE', headers });
      assert.notEqual((await chainOf(opened, 'grace')).culprit?.id, 'conditionalAccess');
    });

    it('takes a log that it may not read for unknown, and offers to look deeper', async () => {
      const refusal = { status: 403, code: 'Authentication_MSGraphPermissionMissing' };
      await control(opened, '/faults', { server: 'graph', path: '/auditLogs/signIns', times: 0, ...refusal });
      const { links, canLookDeeper } = await chainOf(opened, 'grace@contoso.com');
      assert.equal(links.find(({ id }) => id === 'signIn')?.status, 'unknown');
      assert.ok(canLookDeeper);
      await fetch(`${opened.sandbox.endpoints.control}/faults`, { method: 'DELETE' });
    });

    it('says before a group is assigned who comes of it', async () => {
      const groups = await opened.session.searchGroups('');
      const idOf = (name: string) => groups.find(({ displayName }) => displayName === name)?.id ?? '';
      const [engineering, contractors] = await opened.session.people.forecast([
        idOf('Engineering'),
        idOf('Kiro contractors'),
      ]);
      assert.deepEqual(
        [engineering?.newPeople, engineering?.already, engineering?.nestedGroups, engineering?.nested],
        [0, 5, 1, 6],
      );
      assert.deepEqual([contractors?.newPeople, contractors?.guests], [2, 1]);
    });

    it('answers the assistant without a token or a secret, and writes nothing', async () => {
      const { session, sandbox, token } = opened;
      const signal = new AbortController().signal;
      const url = `${sandbox.endpoints.control}/requests?server=graph`;
      await fetch(`${sandbox.endpoints.control}/requests`, { method: 'DELETE' });
      const answers = [
        await toolAnswer(session, 'kiroConnect_health', undefined, signal),
        await toolAnswer(session, 'kiroConnect_whyPerson', 'grace@contoso.com', signal),
        await toolAnswer(session, 'kiroConnect_whoCan', undefined, signal),
      ];
      for (const answer of answers) {
        assert.ok(typeof (JSON.parse(answer) as { headline: unknown }).headline === 'string');
        for (const secret of [token, sandbox.endpoints.accessToken, 'Bearer'])
          assert.ok(!answer.includes(secret));
      }
      assert.ok(answers[2]?.includes('grace@contoso.com'));
      assert.match(await toolAnswer(session, 'kiroConnect_whyPerson', ' ', signal), /Name the person/);
      const sent = (await (await fetch(url)).json()) as { method: string; path: string }[];
      assert.ok(sent.length > 0);
      assert.deepEqual(
        sent.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/$batch')),
        [],
      );
    });
  });

  const presets: readonly (readonly [string, string, LinkId, string?])[] = [
    ['wrong-external-id', 'grace@contoso.com', 'externalId'],
    ['wrong-external-id', 'tim.berners-lee@contoso.com', 'mapping'],
    ['profile-recreated', 'grace@contoso.com', 'job'],
    ['profile-recreated-links', 'grace@contoso.com', 'job', 'provisioning.profileRenewed'],
  ];
  for (const [preset, who, id, repair] of presets) {
    it(`names ${id} for ${who} of ${preset}`, async () => {
      const opened = await onPreset(preset);
      try {
        const { culprit } = await chainOf(opened, who);
        assert.deepEqual([culprit?.id, culprit?.status], [id, 'broken']);
        if (repair !== undefined)
          assert.deepEqual(culprit?.action, { kind: 'applyRequirement', requirement: repair, step: 4 });
      } finally {
        await opened.sandbox.stop();
      }
    });
  }

  it('in quarantine blames the job for nobody whom Kiro has', async () => {
    const opened = await onPreset('quarantine');
    try {
      assert.notEqual((await chainOf(opened, 'grace@contoso.com')).culprit?.status, 'broken');
      const { links } = await chainOf(opened, 'alan@contoso.com');
      assert.equal(links.find(({ id }) => id === 'job')?.status, 'broken');
    } finally {
      await opened.sandbox.stop();
    }
  });

  it('lists who is assigned directly beside the group, and nothing wrong with them', async () => {
    const opened = await onPreset('direct-assignment');
    try {
      const { people, unseen } = await opened.session.people.whoCan();
      const direct = people.filter(({ paths }) => paths.join() === 'direct');
      assert.equal(direct.length, 1);
      assert.equal(people.filter(({ paths }) => paths.includes('group')).length, 7);
      assert.deepEqual(unseen, []);
      const { culprit } = await chainOf(opened, direct[0]?.address ?? '');
      assert.notEqual(culprit?.status, 'broken');
    } finally {
      await opened.sandbox.stop();
    }
  });
});

describe('a permission that was not asked for', () => {
  const missing = Object.assign(new Error('No token.'), {
    name: 'SignInError',
    reason: 'interaction-required',
  });
  const graph = { baseUrl: 'https://graph.microsoft.com/v1.0', send: () => Promise.reject(missing) };

  it('makes its read unknown for want of permission, not a signed-out account', async () => {
    const seen = await askFor(graph, conditionalAccessPolicies(), {});
    assert.ok(!seen.known);
    assert.equal(seen.reason, 'permission');
  });
});
