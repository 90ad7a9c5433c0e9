import assert from 'node:assert/strict';
import { explainSignInError, signInErrorCode } from '../../../src/guide/diagnosis/aadsts.ts';
import { explainGraphError } from '../../../src/guide/diagnosis/graphErrors.ts';
import { troubleshooting } from '../../../src/guide/diagnosis/troubleshooting.ts';
import { findings } from '../../../src/guide/findings.ts';
import { health } from '../../../src/guide/health.ts';
import { needingRepair } from '../../../src/guide/obstacle.ts';
import { known, unknown, valueOf, type Snapshot } from '../../../src/guide/snapshot.ts';
import { format, text } from '../../../src/guide/text.ts';
import * as given from './snapshots.ts';

const { at, healthy } = given;
const statuses = (snapshot: Snapshot): readonly string[] =>
  health(snapshot).steps.map(({ status }) => status);
const repairs = (snapshot: Snapshot): readonly string[] =>
  needingRepair(findings(snapshot)).map(({ id }) => id);

describe('health', () => {
  it('is healthy where everything is done', () => {
    assert.equal(health(healthy).overall, 'healthy');
    assert.equal(health(healthy).todo, 0);
    assert.equal(health(healthy).next, undefined);
  });

  it('tells sign-ins that fail from changes that only do not arrive', () => {
    const quarantined = { ...healthy, job: known(given.quarantinedJob, at) };
    assert.equal(health(quarantined).overall, 'failing');
    assert.equal(health(quarantined).failing, 'provisioning');
    const principal = valueOf(healthy.servicePrincipal);
    assert.ok(principal);
    const switchedOff = {
      ...quarantined,
      servicePrincipal: known({ ...principal, accountEnabled: false }, at),
    };
    assert.equal(health(switchedOff).failing, 'signIn');
    assert.equal(health(healthy).failing, undefined);
  });

  it('stays healthy with a warning, and leads to it', () => {
    const judged = health({ ...healthy, grants: known([], at) });
    assert.equal(judged.overall, 'healthy');
    assert.equal(judged.steps[1]?.status, 'met');
    assert.equal(judged.next?.id, 'configuration.consent');
  });

  it('of a blank tenant leads to the application and blocks the rest', () => {
    assert.deepEqual(statuses(given.blank), ['unmet', 'blocked', 'blocked', 'blocked', 'blocked']);
    assert.equal(health(given.blank).next?.id, 'application.exists');
    assert.equal(health(given.blank).todo, 1);
  });

  it('opens the steps one after the other', () => {
    assert.deepEqual(statuses(given.created), ['met', 'unmet', 'unmet', 'blocked', 'blocked']);
    assert.deepEqual(statuses(given.configured), ['met', 'met', 'met', 'unmet', 'blocked']);
    assert.deepEqual(statuses(given.provisioned).slice(0, 4), ['met', 'met', 'met', 'met']);
    assert.equal(health(given.provisioned).next?.step, 5);
  });

  it('judges what is there, also out of order', () => {
    const adopted = { ...healthy, kept: given.created.kept };
    assert.notEqual(statuses(adopted)[3], 'blocked');
    assert.notEqual(statuses(adopted)[4], 'blocked');
  });

  it('fails when a change keeps out people who have access', () => {
    const api = { ...given.configuredApplication.api, requestedAccessTokenVersion: 1 };
    const judged = health({ ...healthy, application: known({ ...given.configuredApplication, api }, at) });
    assert.equal(judged.overall, 'failing');
    assert.equal(judged.next?.id, 'configuration.tokenVersion');
  });

  it('waits with a clock', () => {
    const judged = health({ ...healthy, scim: known({ users: [given.inKiro(given.ada)], groups: [] }, at) });
    assert.equal(judged.overall, 'waiting');
    assert.ok((judged.next?.waiting?.until ?? 0) > at);
  });

  it('can’t tell when it can’t look', () => {
    const blind = unknown('signed-out', text('Sign in again.'));
    assert.equal(health({ ...healthy, application: blind, servicePrincipal: blind }).overall, 'unknown');
  });

  it('has a headline in every state', () => {
    for (const snapshot of [
      given.blank,
      given.created,
      given.configured,
      given.provisioned,
      given.assigned,
      healthy,
    ]) {
      assert.doesNotMatch(format(health(snapshot).headline), /undefined|\{\d\}|\.\./);
    }
  });
});

describe('repairs', () => {
  it('are named where no plan helps', () => {
    assert.deepEqual(repairs(healthy), []);
    assert.deepEqual(repairs(given.blank), []);
    assert.deepEqual(
      repairs({ ...healthy, scim: known({ users: [given.inKiro(given.ada, 'ada')], groups: [] }, at) }),
      ['people.externalIds'],
    );
  });
});

describe('diagnosis', () => {
  const ids = findings(healthy).map(({ id }) => id.replace('contoso.com', '*'));

  it('ties every row of the guide’s troubleshooting to requirements that exist', () => {
    assert.equal(troubleshooting.length, 7);
    for (const row of troubleshooting) {
      for (const id of row.requirements) assert.ok(ids.includes(id), id);
    }
  });

  it('ties sign-in errors to requirements that exist', () => {
    for (const code of ['50011', '500011', '65001', '50105', '7000218', '700016', '50194']) {
      const error = explainSignInError(code);
      assert.ok(error?.requirement !== undefined && ids.includes(error.requirement), code);
    }
    assert.equal(explainSignInError('1'), undefined);
    assert.equal(signInErrorCode('invalid_grant: AADSTS50105: Your administrator has …'), '50105');
    assert.equal(signInErrorCode('Order 66'), undefined);
  });

  it('tells a duplicate assignment from an object that is not known everywhere', () => {
    const failure = { reason: 'bad-request', status: 400, code: 'Request_BadRequest' };
    const twice = explainGraphError({
      ...failure,
      message: 'Permission being assigned already exists on the object',
    });
    const early = explainGraphError({ ...failure, message: 'Not a valid reference update' });
    assert.notEqual(format(twice), format(early));
  });
});
