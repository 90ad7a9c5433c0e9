import assert from 'node:assert/strict';
import { findings } from '../../../src/guide/findings.ts';
import { makePlan } from '../../../src/guide/plan.ts';
import type { StepNumber } from '../../../src/guide/requirement.ts';
import {
  known,
  valueOf,
  type Application,
  type PermissionScope,
  type Snapshot,
} from '../../../src/guide/snapshot.ts';
import { attributeOf, correctedSchema, mappingOf } from '../../../src/guide/steps/schemaMapping.ts';
import { applied, bodyOf } from './simulate.ts';
import * as given from './snapshots.ts';

const { at, choices, noChoices } = given;

const openIn = (snapshot: Snapshot, step: StepNumber): readonly string[] =>
  findings(snapshot)
    .filter((finding) => finding.step === step && finding.status !== 'met')
    .map(({ id }) => id);

const withApplication = (change: Partial<Application>): Snapshot => ({
  ...given.configured,
  application: known({ ...given.configuredApplication, ...change }, at),
});

const withScopes = (change: (scope: PermissionScope) => PermissionScope): Snapshot => {
  const { api } = given.configuredApplication;
  return withApplication({ api: { ...api, oauth2PermissionScopes: api.oauth2PermissionScopes.map(change) } });
};

const ids = (snapshot: Snapshot, step: StepNumber, withChoices = noChoices): readonly string[] =>
  makePlan(snapshot, step, withChoices).changes.map(({ id }) => id);

/** Whatever a change would do to people must never be concrete here. */
function nothingIsPushed(snapshot: Snapshot): void {
  for (const step of [1, 2, 3, 4, 5] as const) {
    for (const { id, request } of makePlan(snapshot, step, choices).changes) {
      if (request.kind === 'later') continue;
      assert.doesNotMatch(request.path, /\/(provisionOnDemand|start|restart)$/, id);
    }
  }
}

describe('plan', () => {
  it('of every step is empty where everything is done', () => {
    for (const step of [1, 2, 3, 4, 5] as const) {
      assert.deepEqual(makePlan(given.healthy, step, choices).changes, []);
    }
  });

  it('is the same for the same look and choices', () => {
    assert.deepEqual(makePlan(given.created, 2, choices), makePlan(given.created, 2, choices));
  });

  it('of step 1 makes one application and meets the step', () => {
    const { snapshot, made } = applied(given.blank, 1, choices);
    assert.equal(made.length, 1);
    assert.deepEqual(openIn(snapshot, 1), []);
  });

  it('never makes a second application beside one that is not found', () => {
    const plan = makePlan({ ...given.blank, kept: given.created.kept }, 1, choices);
    assert.deepEqual(plan.changes, []);
    assert.equal(plan.blockedBy.length, 1);
  });

  it('of step 2 meets the step and keeps the scope of the template', () => {
    const { snapshot, last } = applied(given.created, 2, choices);
    assert.deepEqual(openIn(snapshot, 2), []);
    assert.deepEqual(last.changes, []);
    const scopes = valueOf(snapshot.application)!.api.oauth2PermissionScopes;
    assert.deepEqual(scopes[0], given.freshApplication.api.oauth2PermissionScopes[0]);
    assert.deepEqual(
      scopes.slice(1).map(({ id }) => id),
      choices.newIds,
    );
  });

  it('of step 2 sends one request to the application where no scope has to be altered', () => {
    const patches = makePlan(given.created, 2, choices).changes.filter(
      ({ request }) => request.kind === 'graph' && request.method === 'PATCH',
    );
    assert.equal(patches.length, 4);
    assert.ok(patches.every(({ request }) => request.kind === 'graph' && request.mergeable === true));
  });

  it('alters an enabled scope only after disabling it, and keeps its id', () => {
    const snapshot = withScopes((scope) =>
      scope.value?.endsWith('conversations') ? { ...scope, type: 'Admin' } : scope,
    );
    const { snapshot: after, made } = applied(snapshot, 2, noChoices);
    assert.deepEqual(openIn(after, 2), []);
    assert.deepEqual(
      made.map(({ id }) => id),
      ['configuration.scopes.disable', 'configuration.scopes'],
    );
    assert.deepEqual(
      valueOf(after.application)!.api.oauth2PermissionScopes.map(({ id }) => id),
      given.configuredApplication.api.oauth2PermissionScopes.map(({ id }) => id),
    );
  });

  it('enables a disabled scope in one request', () => {
    const snapshot = withScopes((scope) =>
      scope.value?.startsWith('code') ? { ...scope, isEnabled: false } : scope,
    );
    const { snapshot: after, made } = applied(snapshot, 2, noChoices);
    assert.deepEqual(openIn(after, 2), []);
    assert.equal(made.length, 1);
  });

  it('moves redirect URIs and keeps those of others', () => {
    const snapshot = withApplication({
      publicClient: {
        redirectUris: [
          'http://localhost/mine',
          'kiro://kiro.auth/callback',
          'http://localhost:3128/oauth/callback',
        ],
      },
      web: { redirectUris: ['https://contoso.com/back', 'http://localhost/oauth/callback'] },
    });
    const after = valueOf(applied(snapshot, 2, noChoices).snapshot.application)!;
    assert.deepEqual([...after.publicClient.redirectUris].sort(), [
      'http://localhost/mine',
      'http://localhost/oauth/callback',
      'kiro://kiro.oauth/callback',
    ]);
    assert.deepEqual(after.web.redirectUris, ['https://contoso.com/back']);
  });

  it('extends the consent that is there instead of adding a second', () => {
    const [grant] = valueOf(given.configured.grants)!;
    const snapshot = {
      ...given.configured,
      grants: known([{ ...grant!, scope: 'codewhisperer:completions' }], at),
    };
    const [change] = makePlan(snapshot, 2, noChoices).changes;
    assert.equal(change?.request.method, 'PATCH');
    assert.deepEqual(openIn(applied(snapshot, 2, noChoices).snapshot, 2), []);
  });

  it('of step 4 meets the step, and the second time changes nothing', () => {
    const { snapshot, made } = applied(given.configured, 4, noChoices);
    assert.deepEqual(openIn(snapshot, 4), []);
    assert.deepEqual(
      made.map(({ id }) => id),
      ['provisioning.job', 'provisioning.validate', 'provisioning.secrets', 'provisioning.mapping'],
    );
    assert.deepEqual(applied(snapshot, 4, noChoices).made, []);
  });

  it('saves endpoint and token only after Kiro accepted them', () => {
    const refused = { at, ok: false, endpoint: given.endpoint };
    for (const lastValidation of [undefined, refused]) {
      const snapshot = {
        ...given.configured,
        journal: { pushed: [], ...(lastValidation && { lastValidation }) },
      };
      const saving = makePlan(snapshot, 4, noChoices).changes.find(({ id }) => id === 'provisioning.secrets');
      assert.equal(saving?.request.kind, 'later');
    }
  });

  it('never holds the token, and keeps the other secrets as they were read', () => {
    const secrets = [{ key: 'SkipOutOfScopeDeletions', value: 'True' }];
    const snapshot: Snapshot = { ...given.provisioned, secrets: known(secrets, at) };
    const body = bodyOf(makePlan(snapshot, 4, noChoices), 'provisioning.secrets') as {
      value: { key: string; value: unknown }[];
    };
    const sent = new Map(body.value.map(({ key, value }) => [key, value]));
    assert.deepEqual(sent.get('SecretToken'), { $secret: 'scimToken' });
    assert.equal(sent.get('SyncAll'), 'false');
    assert.equal(sent.get('SkipOutOfScopeDeletions'), 'True');
    assert.doesNotThrow(() => JSON.parse(sent.get('SyncNotificationSettings') as string));
  });

  it('refuses to save where another secret would be lost', () => {
    const snapshot: Snapshot = {
      ...given.provisioned,
      secrets: known([{ key: 'Password', value: '*' }], at),
    };
    const plan = makePlan(snapshot, 4, noChoices);
    assert.ok(plan.blockedBy.some(({ requirement }) => requirement === 'provisioning.secrets'));
    assert.equal(bodyOf(plan, 'provisioning.secrets'), undefined);
  });

  it('asks for the token before anything that needs it', () => {
    const kept = { ...given.configured.kept, scim: { endpoint: given.endpoint, tokenStored: false } };
    const plan = makePlan({ ...given.configured, kept }, 4, noChoices);
    assert.deepEqual(
      [...new Set(plan.blockedBy.map(({ requirement }) => requirement))],
      ['provisioning.credentials', 'provisioning.secrets', 'provisioning.scope'],
    );
  });

  it('carries along what it does not know of the schema', () => {
    const schema = { ...given.defaultSchema, directories: [{ id: 'd', name: 'customappsso' }] };
    const body = bodyOf(
      makePlan({ ...given.provisioned, schema: known(schema, at) }, 4, noChoices),
      'provisioning.mapping',
    );
    assert.deepEqual((body as { directories: unknown }).directories, schema.directories);
  });

  it('of step 5 assigns, pushes one, and only then starts', () => {
    const { snapshot, made } = applied(given.provisioned, 5, choices);
    assert.deepEqual(
      made.map(({ id }) => id),
      [`people.assign.${given.groupId}`, 'people.pushOne', 'people.start'],
    );
    assert.deepEqual(openIn(snapshot, 5), [
      'people.groupSubscription',
      'people.subscriptionActivated',
      'people.seatsReviewed',
    ]);
    assert.deepEqual(applied(snapshot, 5, choices).made, []);
  });

  it('assigns with the role that the service principal calls User', () => {
    const appRoles = given.principal.appRoles.map((role) =>
      role.displayName === 'User' ? { ...role, id: 'of-this-tenant' } : role,
    );
    const snapshot = { ...given.provisioned, servicePrincipal: known({ ...given.principal, appRoles }, at) };
    const body = bodyOf(makePlan(snapshot, 5, choices), `people.assign.${given.groupId}`) as {
      appRoleId: string;
    };
    assert.equal(body.appRoleId, 'of-this-tenant');
  });

  it('assigns one more group where one is assigned already', () => {
    const more = { ...choices, groups: [{ id: 'second', displayName: 'Second' }] };
    assert.deepEqual(ids(given.healthy, 5, more), ['people.assign.second']);
  });

  it('leaves a quarantine after one person has arrived', () => {
    const quarantined: Snapshot = {
      ...given.assigned,
      job: known(given.quarantinedJob, at),
      journal: { pushed: [] },
    };
    const { snapshot, made } = applied(quarantined, 4, noChoices);
    assert.deepEqual(openIn(snapshot, 4), []);
    assert.deepEqual(made.map(({ id }) => id).slice(-2), ['people.pushOne', 'provisioning.restart']);
  });

  it('stops a job that sends wrong external IDs before anything else, in quarantine too', () => {
    for (const job of [given.runningJob, given.quarantinedJob]) {
      const running: Snapshot = {
        ...given.assigned,
        job: known(job, at),
        schema: known(given.defaultSchema, at),
      };
      const { snapshot, made } = applied(running, 4, noChoices);
      assert.equal(made[0]?.id, 'provisioning.pause');
      assert.deepEqual(openIn(snapshot, 4), []);
      assert.equal(valueOf(snapshot.job)?.schedule.state, 'Paused');
    }
  });

  it('stops it also where nothing else may be changed', () => {
    const blind: Snapshot = {
      ...given.assigned,
      job: known(given.runningJob, at),
      schema: known(given.defaultSchema, at),
      scim: given.blank.scim,
    };
    const { changes, blockedBy } = makePlan(blind, 4, noChoices);
    assert.deepEqual(
      changes.filter(({ request }) => request.kind === 'graph').map(({ id }) => id),
      ['provisioning.pause'],
    );
    assert.ok(blockedBy.some(({ requirement }) => requirement === 'provisioning.mapping.externalId'));
  });

  it('corrects the mapping for whom Kiro has under wrong external IDs, and pushes nobody before they are repaired', () => {
    const wrong: Snapshot = {
      ...given.assigned,
      job: known(given.runningJob, at),
      schema: known(given.defaultSchema, at),
      scim: known({ users: [given.inKiro(given.ada, 'ada')], groups: [] }, at),
    };
    const ids = makePlan(wrong, 4, noChoices).changes.map(({ id }) => id);
    assert.equal(ids[0], 'provisioning.pause');
    assert.ok(ids.includes('provisioning.mapping'));
    assert.ok(!ids.includes('provisioning.restart'));
    const later = makePlan(wrong, 5, noChoices);
    assert.deepEqual(later.changes, []);
    assert.ok(later.blockedBy.length > 0);
  });

  it('tries a newly entered token before it is saved, however well the job runs', () => {
    const scim = { ...given.healthy.kept.scim!, tokenStored: true, tokenEnteredAt: at };
    const rotated: Snapshot = { ...given.healthy, kept: { ...given.healthy.kept, scim } };
    const concrete = makePlan(rotated, 4, noChoices).changes.filter(
      ({ request }) => request.kind === 'graph',
    );
    assert.deepEqual(
      concrete.map(({ id }) => id),
      ['provisioning.validate'],
    );
  });

  it('matches people by user name where they were matched by an attribute that goes', () => {
    const odd = given.withUserMappings(given.defaultSchema, (mappings) =>
      mappings.map((one) => ({
        ...one,
        matchingPriority: one.targetAttributeName.endsWith(':employeeNumber') ? 1 : 0,
      })),
    );
    const user = mappingOf(correctedSchema(odd), 'User');
    assert.equal(attributeOf(user, 'userName')?.matchingPriority, 1);
  });

  it('plans only what is asked for', () => {
    const plan = makePlan(given.created, 2, choices, ['configuration.tokenVersion']);
    assert.deepEqual(
      plan.changes.map(({ id }) => id),
      ['configuration.tokenVersion'],
    );
  });

  it('leaves an application alone that can never be provisioned', () => {
    const snapshot = withApplication({ applicationTemplateId: null, identifierUris: [] });
    for (const step of [2, 3, 4, 5] as const) assert.deepEqual(ids(snapshot, step, choices), []);
  });

  it('has an inverse that leads back, or says why not', () => {
    const plans = [1, 2, 4, 5].flatMap((step) =>
      [given.blank, given.created, given.configured, given.provisioned, given.assigned].flatMap(
        (snapshot) => makePlan(snapshot, step as StepNumber, choices).changes,
      ),
    );
    for (const change of plans) assert.ok(change.inverse ?? change.notUndoable, change.id);
  });
});

describe('guard of the external ID', () => {
  const wrong = known({ users: [given.inKiro(given.ada, 'ada')], groups: [] }, at);
  const cases: readonly [string, Snapshot][] = [
    ['the mapping is wrong', { ...given.assigned, schema: known(given.defaultSchema, at) }],
    ['endpoint and token are not saved', { ...given.assigned, secrets: known([], at) }],
    [
      'everyone would be pushed',
      { ...given.assigned, secrets: known([{ key: 'SyncAll', value: 'true' }], at) },
    ],
    ['Kiro keeps somebody under another ID', { ...given.assigned, scim: wrong }],
    [
      'Kiro keeps one of two under another ID',
      {
        ...given.assigned,
        scim: known({ users: [given.inKiro(given.ada), given.inKiro(given.grace, 'grace')], groups: [] }, at),
      },
    ],
    [
      'the job is in quarantine and the mapping wrong',
      { ...given.assigned, job: known(given.quarantinedJob, at), schema: known(given.defaultSchema, at) },
    ],
  ];
  for (const [situation, snapshot] of cases) {
    it(`pushes nobody while ${situation}`, () => nothingIsPushed(snapshot));
  }

  it('does not start the job before one person was read back', () => {
    for (const snapshot of [given.assigned, { ...given.assigned, scim: given.blank.scim }]) {
      const start = makePlan(snapshot, 5, choices).changes.find(({ id }) => id === 'people.start');
      assert.notEqual(start?.request.kind, 'graph');
    }
  });

  it('does not assign a group while the job runs with a wrong mapping', () => {
    const snapshot = {
      ...given.provisioned,
      job: known(given.runningJob, at),
      schema: known(given.defaultSchema, at),
    };
    const plan = makePlan(snapshot, 5, choices);
    assert.deepEqual(
      plan.changes.filter(({ request }) => request.kind === 'graph'),
      [],
    );
  });
});
