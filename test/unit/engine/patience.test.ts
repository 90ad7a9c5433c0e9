import assert from 'node:assert/strict';
import { GraphError } from '../../../src/entra/graphError.ts';
import { onDemandWait, sendPatiently } from '../../../src/engine/patience.ts';
import { instantClock } from './instantClock.ts';

const answer = { status: 204, body: undefined, requestId: undefined };
const job = { method: 'POST', path: '/servicePrincipals/1/synchronization/jobs' } as const;

/** Sends until `error` has been answered so many times; tells how often it was asked. */
async function asked(
  error: GraphError,
  request: { method: 'POST' | 'PATCH'; path: string },
  isNew: boolean,
  times = 2,
): Promise<number> {
  let count = 0;
  const send = async () => {
    count += 1;
    if (count <= times) throw error;
    return answer;
  };
  await sendPatiently(request, send, { clock: instantClock(), isNew: () => isNew }).catch(() => undefined);
  return count;
}

describe('waiting for Entra', () => {
  const denied = new GraphError({ reason: 'permission', status: 401, message: 'Unauthorized' });

  it('takes a refusal by provisioning of a new application for one that passes', async () => {
    assert.equal(await asked(denied, job, true), 3);
  });

  it('takes the same refusal for a missing permission where the application is not new', async () => {
    assert.equal(await asked(denied, job, false), 1);
  });

  it('sends an assignment again until the new principal is known', async () => {
    const unknown = new GraphError({
      reason: 'not-found',
      status: 400,
      message: 'Not a valid reference update',
    });
    const path = '/servicePrincipals/1/appRoleAssignedTo';
    assert.equal(await asked(unknown, { method: 'POST', path }, false), 3);
  });

  it('never waits for what Kiro said about the token', async () => {
    const refused = new GraphError({
      reason: 'bad-request',
      status: 400,
      message: 'no',
      code: 'CredentialValidationUnavailable',
    });
    const path = `${job.path}/validateCredentials`;
    assert.equal(await asked(refused, { method: 'POST', path }, true), 1);
  });

  it('never repeats a write whose answer was lost', async () => {
    assert.equal(await asked(new GraphError({ reason: 'network', message: 'gone' }), job, true), 1);
  });

  it('ends after about a minute and a half, and at once when it is cancelled', async () => {
    const clock = instantClock();
    const began = clock.now();
    const send = () => Promise.reject(denied);
    await assert.rejects(sendPatiently(job, send, { clock, isNew: () => true }), denied);
    assert.ok(clock.now() - began < 120_000);
    const signal = AbortSignal.abort();
    await assert.rejects(sendPatiently(job, send, { clock, isNew: () => true, signal }), {
      name: 'AbortError',
    });
  });

  it('gives a new assignment two minutes to reach provisioning, and any other failure one more try', () => {
    assert.ok(onDemandWait('NotEffectivelyEntitled', 3));
    assert.equal(onDemandWait('NotEffectivelyEntitled', 9), undefined);
    assert.ok(onDemandWait('Timeout', 0));
    assert.equal(onDemandWait('Timeout', 1), undefined);
  });
});
