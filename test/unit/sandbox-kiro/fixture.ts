import { serve } from '@hono/node-server';
import type { Hono } from 'hono';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../../src/sandbox/clock.ts';
import type { CloudName } from '../../../src/sandbox/clouds.ts';
import type { Account, GraphGroup, GraphUser, SandboxState, Tenant } from '../../../src/sandbox/state.ts';
import { noLag } from '../../../src/sandbox/replication/lag.ts';
import { createReplication } from '../../../src/sandbox/replication/replication.ts';
import { defaultAuthorizationPolicy } from '../../../src/sandbox/tenant/authorizationPolicy.ts';

/** A clock that stands still until it is advanced, and then runs what is due in order. */
export function fakeClock(start = Date.parse('2026-11-24T05:00:00Z')): Clock {
  let now = start;
  let tasks: { at: number; task: () => void | Promise<void> }[] = [];
  return {
    now: () => now,
    at(at, task) {
      const entry = { at, task };
      tasks.push(entry);
      return () => {
        tasks = tasks.filter((one) => one !== entry);
      };
    },
    async advance(milliseconds) {
      const until = now + milliseconds;
      for (;;) {
        const due = tasks.filter((one) => one.at <= until).sort((a, b) => a.at - b.at)[0];
        if (!due) break;
        tasks = tasks.filter((one) => one !== due);
        now = Math.max(now, due.at);
        await due.task();
      }
      now = until;
    },
  };
}

export function testUser(n: number, changes: Partial<GraphUser> = {}): GraphUser {
  return {
    id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    displayName: `Person ${n}`,
    givenName: 'Person',
    surname: `Number ${n}`,
    userPrincipalName: `person${n}@contoso.com`,
    mail: `person${n}@contoso.com`,
    mailNickname: `person${n}`,
    jobTitle: null,
    department: 'Research',
    employeeId: `E${n}`,
    mobilePhone: '+49 1',
    businessPhones: ['+49 2'],
    officeLocation: null,
    city: 'Berlin',
    country: null,
    preferredLanguage: 'en-US',
    accountEnabled: true,
    userType: 'Member',
    managerId: null,
    ...changes,
  };
}

export function testGroup(
  n: number,
  members: readonly string[],
  changes: Partial<GraphGroup> = {},
): GraphGroup {
  return {
    id: `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`,
    displayName: `Group ${n}`,
    description: null,
    securityEnabled: true,
    mailEnabled: false,
    mailNickname: `group${n}`,
    groupTypes: [],
    membershipRule: null,
    members: new Set(members),
    ...changes,
  };
}

/** A tenant with three people, an administrator among them, and nothing of Kiro yet. */
export function testState(cloud: CloudName = 'global'): SandboxState {
  const users = [1, 2, 3].map((n) => testUser(n));
  const roles = [['Global Administrator'], [], ['Application Administrator']];
  const accounts: Account[] = users.map((user, n) => ({
    userId: user.id,
    userPrincipalName: user.userPrincipalName,
    password: `secret-${n + 1}`,
    roles: roles[n] ?? [],
    eligibleRoles: [],
  }));
  const clock = fakeClock();
  const tenant: Tenant = {
    id: '11111111-2222-4333-8444-555555555555',
    cloud,
    displayName: 'Contoso',
    defaultDomain: 'contoso.onmicrosoft.com',
    verifiedDomains: ['contoso.onmicrosoft.com', 'contoso.com'],
    premium: true,
    unlicensedGroups: 'inert',
    accounts,
    users: new Map(users.map((user) => [user.id, user])),
    groups: new Map(),
    applications: new Map(),
    servicePrincipals: new Map(),
    deletedItems: new Map(),
    owners: new Map(),
    appRoleAssignments: new Map(),
    grants: new Map(),
    synchronization: new Map(),
    provisioningLogs: [],
    signIns: [],
    directoryAudits: [],
    conditionalAccessPolicies: new Map(),
    authorizationPolicy: defaultAuthorizationPolicy(),
    roleActivations: [],
  };
  return {
    clock,
    tenant,
    replication: createReplication(tenant, clock, noLag),
    kiro: {
      scimTenant: '7b0f3c52-8a51-4b6e-9d0e-2f6f1d3f9a10',
      profile: undefined,
      takenDomains: new Set(['fabrikam.com']),
    },
    dns: { zones: new Set(['contoso.com']), txt: new Map() },
    origins: { graph: '', login: '', kiro: '', scim: '', control: '' },
  };
}

/** Serves an app on a free loopback port. */
export async function listen(app: Hono): Promise<{ origin: string; close(): Promise<void> }> {
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, (address: AddressInfo) =>
      resolve({
        origin: `http://127.0.0.1:${address.port}`,
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            if ('closeAllConnections' in server) server.closeAllConnections();
          }),
      }),
    );
  });
}

/** Gives the state a profile with one token, and returns the token. */
export function withProfile(state: SandboxState): string {
  const secret = 'token-for-tests';
  state.kiro.profile = {
    applicationId: 'aaaaaaaa-0000-4000-8000-000000000001',
    tenantId: state.tenant.id,
    region: 'us-east-1',
    scimTenant: state.kiro.scimTenant,
    domains: [],
    tokens: [{ id: 'one', secret, createdAt: state.clock.now() }],
    users: new Map(),
    groups: new Map(),
    subscriptions: [],
    seats: new Map(),
    nextSeatCycleAt: state.clock.now() + 6 * 3_600_000,
  };
  return secret;
}
