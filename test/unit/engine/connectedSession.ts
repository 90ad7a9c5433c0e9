import assert from 'node:assert/strict';
import { createPerson } from '../../../scripts/rehearse/person.ts';
import { instantClock } from './instantClock.ts';
import { openSandboxSession, type SandboxSession } from './sandboxSession.ts';

/** A session on a preset whose application is adopted, with endpoint and token of its Kiro entered and saved in Entra. `secret`: the token. */
export async function connectedSession(
  preset: string,
): Promise<SandboxSession & { readonly secret: string }> {
  const opened = await openSandboxSession('--preset', preset, { clock: instantClock() });
  const { session, sandbox } = opened;
  const [candidate] = await session.candidates();
  assert.ok(candidate);
  await session.adopt(candidate);
  const { secret, endpoint } = await createPerson(sandbox.endpoints).makeToken();
  await session.keep((kept) => ({ ...kept, scim: { endpoint, tokenStored: true } }));
  await session.keepScimToken(secret, undefined);
  await session.observe();
  // What the journal proves of the credentials is not in a preset: apply step 4 checks them.
  assert.equal((await session.apply(session.plan(4, { choices: {} }), {})).result, 'done');
  return { ...opened, secret };
}
