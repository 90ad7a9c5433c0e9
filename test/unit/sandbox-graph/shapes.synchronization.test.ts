import { userId } from '../../../src/sandbox/tenant/entries.ts';
import { startScimTarget } from './scimTarget.ts';
import type { ScimTarget } from './scimTarget.ts';
import {
  context,
  count,
  describeShapes,
  filled,
  flag,
  guid,
  including,
  json,
  listOf,
  matching,
  moment,
  nullOr,
  oneOf,
  refused,
  text,
} from './shape.ts';
import type { Shape, ShapeRow } from './shape.ts';
import { at, instantiate, text as textAt, withJob } from './support.ts';
import type { Graph } from './support.ts';

const enterpriseUser = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const never = '0001-01-01T00:00:00Z';

let target: ScimTarget;
interface Made {
  readonly base: string;
  readonly job: string;
  readonly sp: string;
  readonly appId: string;
  readonly tenantId: string;
  readonly ruleId: string;
  readonly schema: unknown;
}

async function job(graph: Graph): Promise<Made> {
  const { base, job: id, sp, appId } = await withJob(graph);
  const schema = (await graph.call('GET', `${base}/jobs/${id}/schema`)).body;
  const ruleId = textAt(schema, 'synchronizationRules/0/id');
  return { base, job: id, sp, appId, tenantId: graph.state.tenant.id, ruleId, schema };
}

/** A job with credentials that work, to which Grace is assigned. */
async function connected(graph: Graph): Promise<Made> {
  const made = await job(graph);
  await graph.call('PUT', `${made.base}/secrets`, {
    value: [
      { key: 'BaseAddress', value: target.baseAddress },
      { key: 'SecretToken', value: 'right' },
      { key: 'SyncAll', value: 'false' },
      {
        key: 'SyncNotificationSettings',
        value: '{"Enabled":false,"DeleteThresholdEnabled":false,"HumanResourcesLookaheadQueryEnabled":false}',
      },
    ],
  });
  await graph.call('POST', `/servicePrincipals/${made.sp}/appRoleAssignedTo`, {
    principalId: userId('grace'),
    resourceId: made.sp,
    appRoleId: '18d14569-c3bd-439b-9a66-3a2aee01d14f',
  });
  return made;
}

async function started(graph: Graph): Promise<Made> {
  const made = await job(graph);
  await graph.call('POST', `${made.base}/jobs/${made.job}/start`);
  return made;
}

const execution: Shape = {
  activityIdentifier: text,
  countEntitled: count,
  countEntitledForProvisioning: count,
  countEscrowed: count,
  countEscrowedRaw: count,
  countExported: count,
  countExports: count,
  countImported: count,
  countImportedDeltas: count,
  countImportedReferenceDeltas: count,
  state: oneOf('Succeeded', 'Failed', 'EntryLevelErrors'),
  timeBegan: moment,
  timeEnded: moment,
};
const jobShape = ({ job: id }: Made): Record<string, Shape> => ({
  id,
  templateId: 'scim',
  schedule: { expiration: null, interval: 'PT40M', state: 'Disabled' },
  status: {
    countSuccessiveCompleteFailures: 0,
    escrowsPruned: false,
    code: 'Paused',
    lastExecution: null,
    lastSuccessfulExecution: null,
    lastSuccessfulExecutionWithExports: null,
    quarantine: null,
    steadyStateFirstAchievedTime: never,
    steadyStateLastAchievedTime: never,
    troubleshootingUrl: '',
    progress: [],
    synchronizedEntryCountByType: [],
  },
  synchronizationJobSettings: including({ name: 'AzureIngestionAttributeOptimization', value: 'False' }),
});

const templates: readonly ShapeRow<Awaited<ReturnType<typeof instantiate>>>[] = [
  {
    does: 'GET templates lists scim',
    source: 'List synchronizationTemplate; CSDL synchronizationTemplate, synchronizationMetadataEntry',
    request: ({ sp }) => ['GET', `/servicePrincipals/${sp}/synchronization/templates`],
    status: 200,
    shape: ({ sp }) => ({
      '@odata.context': context(`servicePrincipals('${sp}')/synchronization/templates`),
      value: including({
        id: 'scim',
        applicationId: guid,
        default: true,
        description: text,
        discoverable: flag,
        factoryTag: text,
        metadata: including({
          key: 'configurationFields',
          value: json([{ name: 'baseaddress' }, { name: 'secrettoken', secret: true }]),
        }),
      }),
    }),
  },
  {
    does: 'GET the schema of a template, pristine',
    source: 'Get synchronizationSchema',
    request: ({ sp }) => ['GET', `/servicePrincipals/${sp}/synchronization/templates/scim/schema`],
    status: 200,
    shape: () => ({
      id: 'scim.00000000000000000000000000000000',
      synchronizationRules: listOf({ id: filled }),
    }),
  },
  {
    does: 'POST jobs answers 201 and an id of template, tenant and application',
    source: 'Create synchronizationJob; Configure provisioning using Microsoft Graph APIs',
    request: ({ sp }) => ['POST', `/servicePrincipals/${sp}/synchronization/jobs`, { templateId: 'scim' }],
    status: 201,
    shape: ({ sp, appId }) => ({
      ...jobShape({ job: '' } as Made),
      '@odata.context': context(`servicePrincipals('${sp}')/synchronization/jobs/$entity`),
      id: matching(new RegExp(`^scim\\.[\\da-f]{32}\\.${appId}$`)),
    }),
  },
  {
    does: 'GET jobs of a service principal without any',
    source: 'List synchronizationJob',
    request: ({ sp }) => ['GET', `/servicePrincipals/${sp}/synchronization/jobs`],
    status: 200,
    shape: ({ sp }) => ({
      '@odata.context': context(`servicePrincipals('${sp}')/synchronization/jobs`),
      value: [],
    }),
  },
];

const jobs: readonly ShapeRow<Made>[] = [
  {
    does: 'GET a new job: paused, every 40 minutes',
    source: 'Get synchronizationJob; CSDL synchronizationJob, synchronizationStatus, synchronizationSchedule',
    request: ({ base, job: id }) => ['GET', `${base}/jobs/${id}`],
    status: 200,
    shape: (made) => ({
      ...jobShape(made),
      '@odata.context': context(`servicePrincipals('${made.sp}')/synchronization/jobs/$entity`),
    }),
  },
  {
    does: 'POST a second job of the template conflicts (unconfirmed)',
    source: 'Create synchronizationJob',
    request: ({ base }) => ['POST', `${base}/jobs`, { templateId: 'scim' }],
    status: 409,
    shape: () => refused('Conflict'),
  },
  {
    does: 'POST start',
    source: 'Start synchronizationJob',
    request: ({ base, job: id }) => ['POST', `${base}/jobs/${id}/start`],
    status: 204,
  },
  {
    does: 'POST pause of a paused job (unconfirmed)',
    source: 'Pause synchronizationJob',
    request: ({ base, job: id }) => ['POST', `${base}/jobs/${id}/pause`],
    status: 204,
  },
  {
    does: 'POST restart with a reset scope',
    source: 'synchronizationJob: restart',
    request: ({ base, job: id }) => [
      'POST',
      `${base}/jobs/${id}/restart`,
      { criteria: { resetScope: 'Watermark, Escrows, QuarantineState' } },
    ],
    status: 204,
  },
  {
    does: 'DELETE a job',
    source: 'Delete synchronizationJob',
    request: ({ base, job: id }) => ['DELETE', `${base}/jobs/${id}`],
    status: 204,
  },
  {
    does: 'PUT secrets of the four keys',
    source: 'Add synchronization secrets; CSDL synchronizationSecret',
    request: ({ base }) => [
      'PUT',
      `${base}/secrets`,
      {
        value: [
          { key: 'BaseAddress', value: 'https://scim.example/v2' },
          { key: 'SecretToken', value: 'abc' },
          { key: 'SyncAll', value: 'false' },
          { key: 'SyncNotificationSettings', value: '{"Enabled":false}' },
        ],
      },
    ],
    status: 204,
  },
  {
    does: 'PUT secrets with an empty SyncNotificationSettings',
    source: 'msgraph-metadata issue 347',
    request: ({ base }) => [
      'PUT',
      `${base}/secrets`,
      { value: [{ key: 'SyncNotificationSettings', value: '' }] },
    ],
    status: 400,
    shape: () => refused('UnknownError', matching(/InvalidNotificationSettings/)),
  },
  {
    does: 'validateCredentials without templateId',
    source: 'Microsoft’s validation notes on application provisioning',
    request: ({ base }) => ['POST', `${base}/jobs/validateCredentials`, { credentials: [] }],
    status: 400,
    shape: () => refused('RequestMissingRequiredParameter', matching(/templateId/)),
  },
  {
    does: 'validateCredentials with a key that is none',
    source: 'Microsoft’s validation notes on application provisioning',
    request: ({ base }) => [
      'POST',
      `${base}/jobs/validateCredentials`,
      { templateId: 'scim', credentials: [{ key: 'TenantUrl', value: 'x' }] },
    ],
    status: 500,
    shape: () => refused('InternalError', "Requested value 'TenantUrl' was not found."),
  },
  {
    does: 'validateCredentials that the target takes',
    source: 'synchronizationJob: validateCredentials',
    request: ({ base, job: id }) => [
      'POST',
      `${base}/jobs/${id}/validateCredentials`,
      {
        templateId: 'scim',
        useSavedCredentials: false,
        credentials: [
          { key: 'BaseAddress', value: target.baseAddress },
          { key: 'SecretToken', value: 'right' },
        ],
      },
    ],
    status: 204,
  },
  {
    does: 'validateCredentials that the target refuses',
    source: 'Microsoft’s validation notes on application provisioning',
    request: ({ base }) => [
      'POST',
      `${base}/jobs/validateCredentials`,
      {
        templateId: 'scim',
        useSavedCredentials: false,
        credentials: [
          { key: 'BaseAddress', value: target.baseAddress },
          { key: 'SecretToken', value: 'wrong' },
        ],
      },
    ],
    status: 400,
    shape: () => refused('CredentialValidationUnavailable', filled),
  },
];

const attribute = (name: string): Shape => ({
  expression: `[${name}]`,
  name,
  type: 'Attribute',
  parameters: [],
});
const mapped = (targetAttributeName: string, source: Shape, matchingPriority: Shape = 0): Shape => ({
  targetAttributeName,
  source,
  matchingPriority,
  defaultValue: nullOr(text),
  exportMissingReferences: flag,
  flowBehavior: 'FlowWhenChanged',
  flowType: 'Always',
});
const userMappings: Record<string, string> = {
  displayName: 'displayName',
  title: 'jobTitle',
  'emails[type eq "work"].value': 'mail',
  preferredLanguage: 'preferredLanguage',
  'name.givenName': 'givenName',
  'name.familyName': 'surname',
  'addresses[type eq "work"].formatted': 'physicalDeliveryOfficeName',
  'addresses[type eq "work"].streetAddress': 'streetAddress',
  'addresses[type eq "work"].locality': 'city',
  'addresses[type eq "work"].region': 'state',
  'addresses[type eq "work"].postalCode': 'postalCode',
  'addresses[type eq "work"].country': 'country',
  'phoneNumbers[type eq "work"].value': 'telephoneNumber',
  'phoneNumbers[type eq "mobile"].value': 'mobile',
  'phoneNumbers[type eq "fax"].value': 'facsimileTelephoneNumber',
  externalId: 'mailNickname',
  [`${enterpriseUser}:employeeNumber`]: 'employeeId',
  [`${enterpriseUser}:department`]: 'department',
  [`${enterpriseUser}:manager`]: 'manager',
};
const objectMapping = (source: string, targetName: string, mappings: readonly Shape[]): Shape => ({
  enabled: true,
  flowTypes: 'Add, Update, Delete',
  name: matching(/^Provision Microsoft Entra ID (Users|Groups)$/),
  sourceObjectName: source,
  targetObjectName: targetName,
  attributeMappings: (value: unknown) =>
    Array.isArray(value) &&
    value.length === mappings.length &&
    mappings.every((one) => including(one)(value)),
});

const schemas: readonly ShapeRow<Made>[] = [
  {
    does: 'GET schema: one rule, the 22 mappings of users and the three of groups',
    source:
      'Get synchronizationSchema; CSDL synchronizationRule, objectMapping, attributeMapping; SCIM tutorials',
    request: ({ base, job: id }) => ['GET', `${base}/jobs/${id}/schema`],
    status: 200,
    shape: () => ({
      synchronizationRules: [
        {
          id: filled,
          name: 'USERGROUP_OUTBOUND_USERGROUP',
          priority: 1,
          editable: true,
          sourceDirectoryName: oneOf('Azure Active Directory', 'Microsoft Entra ID'),
          targetDirectoryName: 'customappsso',
          metadata: including({ key: 'supportsProvisionOnDemand', value: 'true' }),
          objectMappings: (value: unknown) =>
            Array.isArray(value) &&
            value.length === 2 &&
            including(
              objectMapping('User', enterpriseUser, [
                mapped('userName', attribute('userPrincipalName'), 1),
                mapped('active', {
                  type: 'Function',
                  name: 'Switch',
                  expression: 'Switch([IsSoftDeleted], , "False", "True", "True", "False")',
                  parameters: listOf({ key: text, value: { type: text } }),
                }),
                mapped('name.formatted', {
                  type: 'Function',
                  name: 'Join',
                  expression: 'Join(" ", [givenName], [surname])',
                }),
                ...Object.entries(userMappings).map(([to, from]) => mapped(to, attribute(from))),
              ]),
            )(value) &&
            including(
              objectMapping('Group', 'urn:ietf:params:scim:schemas:core:2.0:Group', [
                mapped('displayName', attribute('displayName'), 1),
                mapped('externalId', attribute('objectId')),
                mapped('members', attribute('members')),
              ]),
            )(value),
        },
      ],
      directories: including({
        id: text,
        name: 'customappsso',
        readOnly: flag,
        objects: including({
          name: enterpriseUser,
          attributes: including({
            name: 'externalId',
            type: 'String',
            anchor: flag,
            required: flag,
            multivalued: flag,
            caseExact: flag,
            mutability: oneOf('ReadWrite', 'ReadOnly', 'Immutable', 'WriteOnly'),
          }),
        }),
      }),
    }),
  },
  {
    does: 'PUT schema replaces it',
    source: 'Update synchronizationSchema',
    request: ({ base, job: id, schema }) => ['PUT', `${base}/jobs/${id}/schema`, schema],
    status: 204,
  },
];

const connectedRows: readonly ShapeRow<Made>[] = [
  {
    does: 'GET secrets masks what is secret',
    source: 'terraform-provider-azuread synchronization_secret_resource',
    request: ({ base }) => ['GET', `${base}/secrets`],
    status: 200,
    shape: () => ({
      value: [
        { key: 'BaseAddress', value: target.baseAddress },
        { key: 'SecretToken', value: '*' },
        { key: 'SyncAll', value: 'false' },
        { key: 'SyncNotificationSettings', value: json({ Enabled: false, DeleteThresholdEnabled: false }) },
      ],
    }),
  },
  {
    does: 'validateCredentials with those that are saved',
    source: 'synchronizationJob: validateCredentials',
    request: ({ base }) => [
      'POST',
      `${base}/jobs/validateCredentials`,
      { templateId: 'scim', useSavedCredentials: true },
    ],
    status: 204,
  },
  {
    does: 'provisionOnDemand of a person, JSON in two strings',
    source: 'synchronizationJob: provisionOnDemand; On-demand provisioning in Microsoft Entra ID',
    request: ({ base, job: id, ruleId }) => [
      'POST',
      `${base}/jobs/${id}/provisionOnDemand`,
      { parameters: [{ ruleId, subjects: [{ objectId: userId('grace'), objectTypeName: 'User' }] }] },
    ],
    status: 200,
    shape: () => ({
      '@odata.context': context('microsoft.graph.stringKeyStringValuePair'),
      key: json({ result: 'Success', details: {} }),
      value: json({
        action: 'Create',
        changeId: guid,
        startTime: moment,
        endTime: moment,
        modifiedProperties: including({ displayName: text, oldValue: nullOr(text), newValue: nullOr(text) }),
        provisioningSteps: (value: unknown) =>
          Array.isArray(value) &&
          ['EntryImport', 'EntrySynchronizationScoping', 'EntryExportAdd'].every((name) =>
            value.some((step) => String(at(step, 'name')).startsWith(name)),
          ) &&
          listOf({ name: filled, type: filled, status: 'Success', description: filled, timestamp: moment })(
            value,
          ),
        reportableIdentifier: 'grace@contoso.com',
        sourceIdentity: { id: userId('grace') },
        statusInfo: { status: 'Success' },
        targetIdentity: { id: filled },
        targetSystem: { displayName: 'customappsso' },
      }),
    }),
  },
  {
    does: 'provisionOnDemand of somebody unassigned is skipped, with 200',
    source: 'On-demand provisioning in Microsoft Entra ID',
    request: ({ base, job: id, ruleId }) => [
      'POST',
      `${base}/jobs/${id}/provisionOnDemand`,
      { parameters: [{ ruleId, subjects: [{ objectId: userId('mary'), objectTypeName: 'User' }] }] },
    ],
    status: 200,
    shape: () => ({
      key: json({
        result: 'Skipped',
        details: { errorCode: 'NotEffectivelyEntitled', errorMessage: filled },
      }),
      value: json({ statusInfo: { status: 'Skipped', errorCategory: 'NonServiceFailure' } }),
    }),
  },
];

const startedRows: readonly ShapeRow<Made>[] = [
  {
    does: 'GET after start: active, and an execution that failed with the error None',
    source: 'Configure cross-tenant synchronization using Microsoft Graph',
    request: ({ base, job: id }) => ['GET', `${base}/jobs/${id}`],
    status: 200,
    shape: () => ({
      schedule: { interval: 'PT40M', state: 'Active' },
      status: {
        code: 'NotRun',
        lastExecution: {
          ...(execution as Record<string, Shape>),
          countExported: 0,
          state: 'Failed',
          error: { code: 'None', message: '', tenantActionable: false },
        },
      },
    }),
  },
];

const afterCycle: readonly ShapeRow<Made>[] = [
  {
    does: 'GET after a cycle',
    source: 'CSDL synchronizationTaskExecution, stringKeyLongValuePair',
    request: ({ base, job: id }) => ['GET', `${base}/jobs/${id}`],
    status: 200,
    shape: () => ({
      schedule: { state: 'Active' },
      status: {
        code: 'Active',
        quarantine: null,
        lastExecution: {
          ...(execution as Record<string, Shape>),
          activityIdentifier: filled,
          state: 'Succeeded',
        },
        lastSuccessfulExecution: execution,
        steadyStateFirstAchievedTime: moment,
        synchronizedEntryCountByType: listOf({ key: text, value: count }),
      },
    }),
  },
];

const quarantined: readonly ShapeRow<Made>[] = [
  {
    does: 'GET in quarantine',
    source: 'Get synchronizationJob; CSDL synchronizationQuarantine, quarantineReason',
    request: ({ base, job: id }) => ['GET', `${base}/jobs/${id}`],
    status: 200,
    shape: () => ({
      status: {
        code: 'Quarantine',
        countSuccessiveCompleteFailures: 1,
        troubleshootingUrl: '',
        quarantine: {
          currentBegan: moment,
          nextAttempt: moment,
          seriesBegan: moment,
          seriesCount: 1,
          reason: 'EncounteredQuarantineException',
          error: {
            code: 'SystemForCrossDomainIdentityManagementCredentialValidationFailure',
            message: filled,
            tenantActionable: flag,
          },
        },
      },
    }),
  },
];

const withoutCredentials: readonly ShapeRow<Made>[] = [
  {
    does: 'GET in quarantine for want of credentials',
    source: 'Get synchronizationJob',
    request: ({ base, job: id }) => ['GET', `${base}/jobs/${id}`],
    status: 200,
    shape: () => ({
      status: {
        code: 'Quarantine',
        quarantine: {
          reason: 'EncounteredQuarantineException',
          error: {
            code: 'SystemForCrossDomainIdentityManagementInvalidCredentials',
            message: 'Please provide a valid tenant URL for your application.',
          },
        },
      },
    }),
  },
];

/** Lets the first cycle of a connected job run. */
async function cycled(graph: Graph): Promise<Made> {
  const made = await connected(graph);
  await graph.call('POST', `${made.base}/jobs/${made.job}/start`);
  await graph.state.clock.advance(60 * 60_000);
  return made;
}

/** Lets the first cycle meet a target that refuses the token. */
async function refusedByTarget(graph: Graph): Promise<Made> {
  const made = await connected(graph);
  target.refuse(401);
  await graph.call('POST', `${made.base}/jobs/${made.job}/start`);
  await graph.state.clock.advance(60_000);
  return made;
}

describe('documented shapes: synchronization', () => {
  before(async () => {
    target = await startScimTarget();
  });
  after(() => target.close());
  afterEach(() => {
    target.refuse(undefined);
  });

  describeShapes('templates and new jobs', templates, instantiate);
  describeShapes('a job', jobs, job);
  describeShapes('the schema', schemas, job);
  describeShapes('a connected job', connectedRows, connected);
  describeShapes('a started job', startedRows, started);
  describeShapes('a job after its cycle', afterCycle, cycled);
  describeShapes('a job in quarantine', quarantined, refusedByTarget);
  describeShapes('a job without credentials', withoutCredentials, async (graph) => {
    const made = await started(graph);
    await graph.state.clock.advance(60_000);
    return made;
  });
});
