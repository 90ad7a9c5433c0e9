import { attributeSource } from '../../../src/sandbox/graph/synchronization/mappings.ts';
import { defaultSchema } from '../../../src/sandbox/graph/synchronization/defaultSchema.ts';
import { createProvisioning } from '../../../src/sandbox/provisioning/service.ts';
import type { ProvisioningService } from '../../../src/sandbox/provisioning/service.ts';
import type { GraphGroup, GraphUser, Job, SandboxState } from '../../../src/sandbox/state.ts';
import { testGroup, testState } from './fixture.ts';
import { startScimStub } from './scimStub.ts';
import type { Json, ScimStub } from './scimStub.ts';

export const principal = 'bbbbbbbb-0000-4000-8000-000000000001';
export const CYCLE = 40 * 60_000;
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** A job that pushes to a stub: three people, of whom the first two are in an assigned group. */
export interface Setup {
  readonly state: SandboxState;
  readonly provisioning: ProvisioningService;
  readonly job: Job;
  readonly group: GraphGroup;
  readonly stub: ScimStub;
  readonly user: (n: number) => GraphUser;
  readonly assign: (id: string, type: 'User' | 'Group') => void;
  readonly unassign: (id: string) => void;
  readonly secret: (key: string, value: string) => void;
  /** Starts the job and lets its first cycle run. */
  readonly firstCycle: () => Promise<void>;
  /** Lets the next cycle run. */
  readonly nextCycle: () => Promise<void>;
  /** The mapping of users or groups in the job's schema. */
  readonly mapping: (source: 'User' | 'Group') => ObjectMapping;
  /** The mapping to one attribute, made where there is none. */
  readonly attribute: (target: string) => Json;
  readonly onDemand: (id: string, type?: 'User' | 'Group', members?: readonly string[]) => Promise<OnDemand>;
  readonly execution: () => Json;
  readonly rows: (match: (row: LogRow) => boolean) => LogRow[];
}

export interface ObjectMapping {
  attributeMappings: Json[];
  flowTypes: string;
  scope: unknown;
  enabled: boolean;
}
export interface OnDemand {
  readonly key: Json & { details?: Json };
  readonly value: Json & { provisioningSteps?: Json[] };
}
export interface LogRow {
  readonly provisioningAction: string;
  readonly provisioningStatusInfo: {
    readonly status: string;
    readonly errorInformation: { readonly errorCode: string; readonly reason: string } | null;
  };
  readonly provisioningSteps: { readonly name: string; readonly provisioningStepType: string }[];
  readonly modifiedProperties: { readonly displayName: string; readonly newValue: string }[];
  readonly sourceIdentity: { readonly id: string };
}

/** Sets a job up that is paused and never ran; `query` follows the tenant URL. */
export async function setUp(query = ''): Promise<Setup> {
  const stub = await startScimStub();
  const state = testState();
  const { tenant, clock } = state;
  const group = testGroup(1, [...tenant.users.keys()].slice(0, 2), { displayName: 'Kiro users' });
  tenant.groups.set(group.id, group);
  tenant.servicePrincipals.set(principal, { id: principal, appId: 'app', displayName: 'Kiro-Entra' });
  const job: Job = {
    id: 'scim.tenant.app',
    templateId: 'scim',
    schema: defaultSchema('scim.tenant.app'),
    schedule: { expiration: null, interval: 'PT40M', state: 'Disabled' },
    status: {},
    links: new Map(),
    nextCycleAt: undefined,
    initialCycleDue: true,
  };
  const secrets = [
    { key: 'BaseAddress', value: stub.baseAddress + query },
    { key: 'SecretToken', value: 'token-for-tests' },
    { key: 'SyncAll', value: 'false' },
  ];
  tenant.synchronization.set(principal, { servicePrincipalId: principal, secrets, job });
  const provisioning = createProvisioning(state);
  job.status = provisioning.newStatus();
  const rule = (): Json => (job.schema['synchronizationRules'] as Json[])[0]!;
  const setup: Setup = {
    state,
    provisioning,
    job,
    group,
    stub,
    user: (n) => [...tenant.users.values()][n - 1]!,
    assign: (principalId, principalType) => {
      tenant.appRoleAssignments.set(principalId, {
        id: principalId,
        appRoleId: '18d14569-c3bd-439b-9a66-3a2aee01d14f',
        principalId,
        principalType,
        principalDisplayName: '',
        resourceId: principal,
        resourceDisplayName: 'Kiro-Entra',
        createdDateTime: '',
      });
    },
    unassign: (id) => void tenant.appRoleAssignments.delete(id),
    secret: (key, value) => {
      const known = secrets.find((one) => one.key === key);
      if (known) known.value = value;
      else secrets.push({ key, value });
    },
    firstCycle: async () => {
      provisioning.start(principal);
      await clock.advance(1000);
    },
    nextCycle: () => clock.advance(CYCLE),
    mapping: (source) =>
      (rule()['objectMappings'] as Json[]).find(
        (one) => one['sourceObjectName'] === source,
      ) as unknown as ObjectMapping,
    attribute: (target) => {
      const { attributeMappings } = setup.mapping('User');
      const known = attributeMappings.find((one) => one['targetAttributeName'] === target);
      if (known) return known;
      const fresh = { targetAttributeName: target, source: attributeSource('objectId'), matchingPriority: 0 };
      attributeMappings.push(fresh);
      return fresh;
    },
    onDemand: async (objectId, objectTypeName = 'User', members = []) => {
      const links = { members: members.map((id) => ({ objectId: id, objectTypeName: 'User' })) };
      const subject = { objectId, objectTypeName, ...(members.length > 0 ? { links } : {}) };
      const ruleId = String(rule()['id']);
      const answer = await provisioning.provisionOnDemand(principal, [{ ruleId, subjects: [subject] }]);
      return { key: parsed(answer.key) as OnDemand['key'], value: parsed(answer.value) as OnDemand['value'] };
    },
    execution: () => job.status['lastExecution'] as Json,
    rows: (match) => (tenant.provisioningLogs as unknown as LogRow[]).filter(match),
  };
  setup.assign(group.id, 'Group');
  return setup;
}

function parsed(text: string): unknown {
  return JSON.parse(text);
}

/** Something to wait for that a test opens itself. */
export interface Gate {
  readonly opened: Promise<undefined>;
  readonly open: () => void;
}

/** A gate that is still closed. */
export function gate(): Gate {
  let open = (): void => undefined;
  const opened = new Promise<undefined>((resolve) => {
    open = () => {
      resolve(undefined);
    };
  });
  return { opened, open };
}

/** Source of a mapping that is an expression. */
export function expression(text: string): Json {
  return { type: 'Function', name: /^\w+/.exec(text)?.[0] ?? '', expression: text, parameters: [] };
}
