import assert from 'node:assert/strict';
import { createPerson } from '../../../scripts/rehearse/person.ts';
import { walkFiveSteps } from '../../../scripts/rehearse/fiveSteps.ts';
import type { Session } from '../../../src/engine/session.ts';
import { valueOf } from '../../../src/guide/snapshot.ts';
import { format } from '../../../src/guide/text.ts';
import { runbook } from '../../../src/ui/runbook/runbook.ts';
import { openSandboxSession } from '../engine/sandboxSession.ts';

async function write(session: Session): Promise<string> {
  const observation = await session.observe();
  return runbook(
    {
      at: session.now(),
      connection: session.connection,
      observation,
      plans: ([1, 2, 3, 4, 5] as const).map((step) => session.plan(step, { choices: {} })),
      journal: await session.journal(),
    },
    format,
  );
}

describe('the runbook of a sandbox tenant', () => {
  it('of a blank tenant has the requests that are still to be sent', async () => {
    const { session, sandbox } = await openSandboxSession();
    try {
      const document = await write(session);
      assert.equal(document.match(/^## \d\. /gm)?.length, 5);
      assert.match(document, /POST \/applicationTemplates\/[\w-]+\/instantiate/);
    } finally {
      await sandbox.stop();
    }
  });

  it('of one that was set up has its values and the requests that made it, no secret and nobody’s name', async () => {
    const { session, sandbox } = await openSandboxSession();
    try {
      const person = createPerson(sandbox.endpoints);
      const tokens: string[] = [];
      const watching: typeof person = {
        ...person,
        makeToken: async () => {
          const made = await person.makeToken();
          tokens.push(made.secret);
          return made;
        },
      };
      await session.observe();
      await walkFiveSteps({ session, person: watching, say: () => undefined });
      const document = await write(session);
      const { snapshot } = await session.observe();
      const [application, principal] = [valueOf(snapshot.application), valueOf(snapshot.servicePrincipal)];
      const group = valueOf(snapshot.groups)?.[0];
      assert.ok(application && principal && group);
      for (const value of [
        application.appId,
        principal.id,
        application.identifierUris[0] ?? '-',
        snapshot.kept.scim?.endpoint ?? '-',
        snapshot.kept.domains[0]?.verificationValue ?? '-',
        group.id,
        'PUT /servicePrincipals',
        '/appRoleAssignedTo',
        '6 hours 40 minutes',
      ])
        assert.ok(document.includes(value), value);
      assert.equal(tokens.length, 1);
      for (const secret of [...tokens, sandbox.endpoints.accessToken]) assert.ok(!document.includes(secret));
      for (const { displayName, userPrincipalName = '-', type } of group.members)
        if (type === 'user')
          assert.ok(!document.includes(displayName) && !document.includes(userPrincipalName), displayName);
    } finally {
      await sandbox.stop();
    }
  });
});
