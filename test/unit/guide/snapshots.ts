import type { Choices } from '../../../src/guide/change.ts';
import { nothingKept, type Kept } from '../../../src/guide/kept.ts';
import {
  known,
  unknown,
  type Application,
  type AttributeMapping,
  type DirectoryMember,
  type ServicePrincipal,
  type Snapshot,
  type SynchronizationJob,
  type SynchronizationSchema,
} from '../../../src/guide/snapshot.ts';
import { text } from '../../../src/guide/text.ts';

/** The clock of every snapshot here. */
export const at = Date.UTC(2026, 10, 24, 12, 0, 0);
const minute = 60_000;

export const template = '8adf8e6e-67b2-4cf2-a259-e3dc5476c621';
export const appId = '11111111-1111-4111-8111-111111111111';
export const applicationId = '22222222-2222-4222-8222-222222222222';
export const principalId = '33333333-3333-4333-8333-333333333333';
export const tenantId = '44444444-4444-4444-8444-444444444444';
export const roleId = '55555555-5555-4555-8555-555555555555';
export const groupId = '66666666-6666-4666-8666-666666666666';
export const endpoint = 'https://scim.us-east-1.amazonaws.com/abc-123/scim/v2';
export const verification = 'kiro-site-verification=0b8f5a3e-6d0c-4f1e-9a57-0e4f5a1b2c3d';

export const choices: Choices = {
  displayName: 'Kiro-Entra',
  groups: [{ id: groupId, displayName: 'Kiro users' }],
  newIds: ['aaaaaaaa-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000002'],
};
export const noChoices: Choices = { ...choices, groups: [] };

export const ada: DirectoryMember = {
  id: 'a0a0a0a0-0000-4000-8000-000000000001',
  type: 'user',
  displayName: 'Ada Lovelace',
  userPrincipalName: 'ada@contoso.com',
  accountEnabled: true,
  userType: 'Member',
};
export const grace: DirectoryMember = {
  ...ada,
  id: 'a0a0a0a0-0000-4000-8000-000000000002',
  displayName: 'Grace Hopper',
  userPrincipalName: 'grace@contoso.com',
};

const templateScope = {
  id: '77777777-7777-4777-8777-777777777777',
  value: 'user_impersonation',
  type: 'User',
  isEnabled: true,
  adminConsentDisplayName: 'Access Kiro-Entra',
  adminConsentDescription: 'Allow the application to access Kiro-Entra on behalf of the signed-in user.',
  userConsentDisplayName: 'Access Kiro-Entra',
  userConsentDescription: 'Allow the application to access Kiro-Entra on your behalf.',
};

export const freshApplication: Application = {
  id: applicationId,
  appId,
  displayName: 'Kiro-Entra',
  applicationTemplateId: template,
  createdDateTime: '2026-11-24T11:00:00Z',
  identifierUris: [],
  api: { requestedAccessTokenVersion: null, oauth2PermissionScopes: [templateScope] },
  publicClient: { redirectUris: [] },
  web: { redirectUris: [] },
  spa: { redirectUris: [] },
};

export const principal: ServicePrincipal = {
  id: principalId,
  appId,
  displayName: 'Kiro-Entra',
  accountEnabled: true,
  appRoleAssignmentRequired: true,
  applicationTemplateId: template,
  appRoles: [
    { id: roleId, displayName: 'User', isEnabled: true, allowedMemberTypes: ['User'] },
    {
      id: 'b9632174-c057-4f7e-951b-be3adc52bfe6',
      displayName: 'msiam_access',
      isEnabled: true,
      allowedMemberTypes: ['User'],
    },
  ],
};

const kiroScope = (value: string, id: string) => ({
  id,
  value,
  type: 'User',
  isEnabled: true,
  adminConsentDisplayName: value,
  adminConsentDescription: value,
});

export const configuredApplication: Application = {
  ...freshApplication,
  identifierUris: [`api://${appId}`],
  api: {
    requestedAccessTokenVersion: 2,
    oauth2PermissionScopes: [
      templateScope,
      kiroScope('codewhisperer:completions', '88888888-8888-4888-8888-888888888881'),
      kiroScope('codewhisperer:conversations', '88888888-8888-4888-8888-888888888882'),
    ],
  },
  publicClient: { redirectUris: ['kiro://kiro.oauth/callback', 'http://localhost/oauth/callback'] },
};

function attribute(targetAttributeName: string, source: string, matchingPriority = 0): AttributeMapping {
  return {
    targetAttributeName,
    matchingPriority,
    source: { expression: `[${source}]`, name: source, type: 'Attribute', parameters: [] },
  };
}

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** The mapping as Entra makes it: externalId from mailNickname, and six attributes that Kiro refuses. */
export const defaultSchema: SynchronizationSchema = {
  id: 'schema',
  synchronizationRules: [
    {
      id: '03f7d90d-bf71-41b1-bda6-aaf0ddbee5d8#V2',
      name: 'USERGROUP_OUTBOUND_USERGROUP',
      objectMappings: [
        {
          name: 'Provision Microsoft Entra ID Groups',
          enabled: true,
          sourceObjectName: 'Group',
          targetObjectName: 'urn:ietf:params:scim:schemas:core:2.0:Group',
          attributeMappings: [
            attribute('displayName', 'displayName', 1),
            attribute('externalId', 'objectId'),
            attribute('members', 'members'),
          ],
        },
        {
          name: 'Provision Microsoft Entra ID Users',
          enabled: true,
          sourceObjectName: 'User',
          targetObjectName: enterprise,
          attributeMappings: [
            attribute('userName', 'userPrincipalName', 1),
            attribute('active', 'IsSoftDeleted'),
            attribute('displayName', 'displayName'),
            attribute('title', 'jobTitle'),
            attribute('emails[type eq "work"].value', 'mail'),
            attribute('name.givenName', 'givenName'),
            attribute('name.familyName', 'surname'),
            attribute('phoneNumbers[type eq "work"].value', 'telephoneNumber'),
            attribute('phoneNumbers[type eq "mobile"].value', 'mobile'),
            attribute('phoneNumbers[type eq "fax"].value', 'facsimileTelephoneNumber'),
            attribute('externalId', 'mailNickname'),
            attribute(`${enterprise}:employeeNumber`, 'employeeId'),
            attribute(`${enterprise}:department`, 'department'),
            attribute(`${enterprise}:manager`, 'manager'),
          ],
        },
      ],
    },
  ],
};

const unsupported = [
  ...['employeeNumber', 'department', 'manager'].map((name) => `${enterprise}:${name}`),
  ...['work', 'mobile', 'fax'].map((type) => `phoneNumbers[type eq "${type}"].value`),
];

/** Changes the attribute mappings of users. */
export function withUserMappings(
  schema: SynchronizationSchema,
  change: (mappings: readonly AttributeMapping[]) => readonly AttributeMapping[],
): SynchronizationSchema {
  return {
    ...schema,
    synchronizationRules: schema.synchronizationRules.map((rule) => ({
      ...rule,
      objectMappings: rule.objectMappings.map((mapping) =>
        mapping.sourceObjectName === 'User'
          ? { ...mapping, attributeMappings: change(mapping.attributeMappings) }
          : mapping,
      ),
    })),
  };
}

export const rightSchema = withUserMappings(defaultSchema, (mappings) =>
  mappings
    .filter(({ targetAttributeName }) => !unsupported.includes(targetAttributeName))
    .map((mapping) =>
      mapping.targetAttributeName === 'externalId' ? attribute('externalId', 'objectId') : mapping,
    ),
);

export const stoppedJob: SynchronizationJob = {
  id: `scim.${tenantId.replaceAll('-', '')}.${appId}`,
  templateId: 'scim',
  schedule: { state: 'Disabled', interval: 'PT40M' },
  status: { code: 'Paused', lastExecution: null, lastSuccessfulExecution: null, quarantine: null },
};

const run = {
  state: 'Succeeded',
  timeBegan: new Date(at - 10 * minute).toISOString(),
  timeEnded: new Date(at - 9 * minute).toISOString(),
  error: null,
};

export const runningJob: SynchronizationJob = {
  ...stoppedJob,
  schedule: { state: 'Active', interval: 'PT40M' },
  status: { code: 'Active', lastExecution: run, lastSuccessfulExecution: run, quarantine: null },
};

export const quarantinedJob: SynchronizationJob = {
  ...runningJob,
  status: {
    code: 'Quarantine',
    lastExecution: null,
    lastSuccessfulExecution: null,
    quarantine: {
      reason: 'EncounteredQuarantineException',
      currentBegan: new Date(at - 60 * minute).toISOString(),
      nextAttempt: null,
      error: { code: 'SystemForCrossDomainIdentityManagementInvalidCredentials', message: 'refused' },
    },
  },
};

const notRead = unknown('not-read', text('Not asked.'));

/** A tenant in which nothing was done yet. */
export const blank: Snapshot = {
  at,
  cloud: {
    id: 'global',
    nonGalleryTemplateId: template,
    graph: 'https://graph.microsoft.com',
    portal: 'https://entra.microsoft.com',
    lacks: [],
  },
  kind: 'tenant',
  organization: known(
    {
      id: tenantId,
      displayName: 'Contoso',
      defaultDomain: 'contoso.onmicrosoft.com',
      verifiedDomains: ['contoso.com'],
      premium: true,
    },
    at,
  ),
  application: known(undefined, at),
  servicePrincipal: notRead,
  grants: notRead,
  assignments: notRead,
  groups: notRead,
  secrets: notRead,
  job: notRead,
  schema: notRead,
  schemaSource: 'template',
  domains: [],
  scim: notRead,
  kept: nothingKept,
  journal: { pushed: [] },
};

const keptApplication: Kept = {
  ...nothingKept,
  application: { appId, applicationId, servicePrincipalId: principalId },
};

/** The application was just made. */
export const created: Snapshot = {
  ...blank,
  application: known(freshApplication, at),
  servicePrincipal: known(principal, at),
  grants: known([], at),
  assignments: known([], at),
  groups: known([], at),
  secrets: known([], at),
  job: known(undefined, at),
  schema: known(defaultSchema, at),
  kept: keptApplication,
};

/** Step 2 and 3 are done, endpoint and token are entered. */
export const configured: Snapshot = {
  ...created,
  application: known(configuredApplication, at),
  grants: known(
    [
      {
        id: 'grant',
        clientId: principalId,
        consentType: 'AllPrincipals',
        resourceId: principalId,
        scope: 'codewhisperer:completions codewhisperer:conversations',
      },
    ],
    at,
  ),
  domains: [
    {
      name: 'contoso.com',
      at,
      answers: [
        {
          queried: 'kiro-app-1.contoso.com',
          server: { role: 'authoritative', name: 'ns1.contoso.com' },
          outcome: 'found',
          txt: [verification],
        },
      ],
    },
  ],
  kept: {
    ...keptApplication,
    region: 'us-east-1',
    domains: [
      {
        name: 'contoso.com',
        verificationValue: verification,
        addedAt: at - 60 * minute,
        verifiedAt: at - 30 * minute,
      },
    ],
    scim: { endpoint, tokenStored: true, tokenMadeAt: at - 60 * minute, tokenCount: 1 },
    ticks: { profile: at - 90 * minute, tokenCount: at - 60 * minute },
  },
};

/** Step 4 is done, nobody is assigned. */
export const provisioned: Snapshot = {
  ...configured,
  secrets: known(
    [
      { key: 'BaseAddress', value: endpoint },
      { key: 'SecretToken', value: '*' },
      { key: 'SyncAll', value: 'false' },
      { key: 'SyncNotificationSettings', value: '{"Enabled":false}' },
    ],
    at,
  ),
  job: known(stoppedJob, at),
  schema: known(rightSchema, at),
  schemaSource: 'job',
  scim: known({ users: [], groups: [] }, at),
  journal: {
    pushed: [],
    lastValidation: { at: at - 20 * minute, ok: true, endpoint },
    savedAt: at - 19 * minute,
  },
};

export const assignment = {
  id: 'assignment',
  appRoleId: roleId,
  principalId: groupId,
  principalDisplayName: 'Kiro users',
  principalType: 'Group',
};

export const group = {
  id: groupId,
  displayName: 'Kiro users',
  securityEnabled: true,
  kind: { dynamic: false, synced: false, mailEnabled: false, unified: false, roleAssignable: false },
  members: [ada, grace],
};

/** A group is assigned; nobody was pushed. */
export const assigned: Snapshot = {
  ...provisioned,
  assignments: known([assignment], at),
  groups: known([group], at),
};

export const inKiro = (person: DirectoryMember, externalId: string = person.id) => ({
  id: `kiro-${person.id}`,
  userName: person.userPrincipalName ?? '',
  externalId,
  displayName: person.displayName,
  active: true,
});

/** Everything is done. */
export const healthy: Snapshot = {
  ...assigned,
  job: known(runningJob, at),
  scim: known({ users: [inKiro(ada), inKiro(grace)], groups: [] }, at),
  kept: {
    ...configured.kept,
    ticks: {
      ...configured.kept.ticks,
      groupSubscription: at,
      subscriptionActivated: at,
      seatsReviewed: at,
    },
  },
};
