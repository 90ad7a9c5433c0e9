import type { ProvisioningEvent } from '../../src/engine/session.ts';
import type { Health } from '../../src/guide/health.ts';
import type { Kept } from '../../src/guide/kept.ts';
import type { Finding, FindingStatus, StepNumber } from '../../src/guide/requirement.ts';
import type { DnsAnswer, Snapshot, SynchronizationJob } from '../../src/guide/snapshot.ts';
import { known, unknown } from '../../src/guide/snapshot.ts';
import { format, text } from '../../src/guide/text.ts';
import type { EventsView } from '../../src/ui/panels/provisioningModel.ts';
import type { PanelView } from '../../src/ui/panels/view.ts';

/** Views of tenants in states worth looking at, for tests and for the preview. */

export const now = Date.parse('2026-11-24T14:10:00Z');
const minute = 60_000;
const hour = 60 * minute;
const iso = (at: number): string => new Date(at).toISOString();
const appId = '8b1f4c0e-2a71-4f0e-9d7b-5c2f3a9e6d11';
const tenantId = '5f0c9a52-77c4-4f6c-8b8e-0f6f1c9c3a77';
export const verificationValue = 'kiro-site-verification=3f0f9c3e-9a54-4f57-8a6b-5b6d5d1c2e90';
const endpoint = 'https://scim.us-east-1.amazonaws.com/4hq7PqK2Xd9-5d1f/scim/v2';

const cloud = {
  id: 'global',
  nonGalleryTemplateId: '',
  graph: 'https://graph.microsoft.com',
  portal: 'https://entra.microsoft.com',
  lacks: [],
} as const;

const names = [
  'Ada Lovelace',
  'Grace Hopper',
  'Alan Turing',
  'Katherine Johnson',
  'Linus Pauling',
  'Mary Jackson',
];
const userRoleId = '00000000-0000-4000-8000-0000000000aa';
const upn = (name: string): string => `${name.toLowerCase().replace(' ', '.')}@contoso.com`;
const objectId = (index: number): string => `00000000-0000-4000-8000-00000000000${index}`;

const members = names.map((displayName, index) => ({
  id: objectId(index),
  type: 'user' as const,
  displayName,
  userPrincipalName: upn(displayName),
  accountEnabled: displayName !== 'Linus Pauling',
  userType: 'Member',
}));

const notRead = unknown('not-read', text('Not looked at yet.'));

function finding(step: StepNumber, id: string, status: FindingStatus, change: Partial<Finding>): Finding {
  return {
    id,
    step,
    severity: 'required',
    status,
    title: text('Requirement'),
    why: text('Kiro needs it.'),
    label: text('seen'),
    evidence: text('Seen.'),
    ...change,
  };
}

function health(change: Partial<Health>, findings: readonly Finding[] = []): Health {
  const steps = ([1, 2, 3, 4, 5] as const).map((step) => ({
    step,
    title: text('Step'),
    status: 'met' as const,
    label: text(''),
    findings: findings.filter((one) => one.step === step),
  }));
  return { at: now - minute, overall: 'healthy', headline: text('All right.'), steps, todo: 0, ...change };
}

function job(change: Partial<SynchronizationJob['status']>, state = 'Active'): SynchronizationJob {
  const execution = {
    state: 'Succeeded',
    timeBegan: iso(now - 22 * minute),
    timeEnded: iso(now - 21 * minute),
    error: null,
    countExported: 5,
  };
  return {
    id: 'scim.1',
    templateId: 'scim',
    schedule: { state, interval: 'PT40M' },
    status: {
      code: 'Active',
      lastExecution: execution,
      lastSuccessfulExecution: execution,
      quarantine: null,
      ...change,
    },
  };
}

function answers(domain: string, found: readonly string[]): DnsAnswer[] {
  const servers = [
    { role: 'authoritative', name: 'ns1-03.azure-dns.com' },
    { role: 'authoritative', name: 'ns2-03.azure-dns.net' },
    { role: 'public', name: '1.1.1.1' },
    { role: 'public', name: '8.8.8.8' },
    { role: 'system', name: '10.0.0.53' },
  ] as const;
  return servers.flatMap((server) => [
    { queried: domain, server, outcome: 'nodata' as const, txt: [] },
    found.includes(server.name)
      ? { queried: `kiro-app-1.${domain}`, server, outcome: 'found' as const, txt: [verificationValue] }
      : { queried: `kiro-app-1.${domain}`, server, outcome: 'nxdomain' as const, txt: [], negativeTtl: 1320 },
  ]);
}

const emptySnapshot: Snapshot = {
  at: now - minute,
  cloud,
  kind: 'tenant',
  organization: known(
    {
      id: tenantId,
      displayName: 'Contoso',
      defaultDomain: 'contoso.onmicrosoft.com',
      verifiedDomains: [],
      premium: true,
    },
    now,
  ),
  application: known(undefined, now),
  servicePrincipal: known(undefined, now),
  grants: notRead,
  assignments: notRead,
  groups: notRead,
  secrets: notRead,
  job: notRead,
  schema: notRead,
  schemaSource: 'template',
  domains: [],
  scim: notRead,
  kept: { domains: [], ticks: {} },
  journal: { pushed: [] },
};

const application = known(
  {
    id: objectId(7),
    appId,
    displayName: 'Kiro-Entra',
    applicationTemplateId: null,
    createdDateTime: null,
    identifierUris: [],
    api: { requestedAccessTokenVersion: 2, oauth2PermissionScopes: [] },
    publicClient: { redirectUris: [] },
    web: { redirectUris: [] },
    spa: { redirectUris: [] },
  },
  now,
);

const connected: Snapshot = {
  ...emptySnapshot,
  application,
  servicePrincipal: known(
    {
      id: objectId(9),
      appId,
      displayName: 'Kiro-Entra',
      accountEnabled: true,
      appRoleAssignmentRequired: true,
      applicationTemplateId: null,
      appRoles: [{ id: userRoleId, displayName: 'User', isEnabled: true, allowedMemberTypes: ['User'] }],
    },
    now,
  ),
  groups: known([{ id: objectId(8), displayName: 'Kiro developers', securityEnabled: true, members }], now),
  assignments: known(
    [
      {
        id: 'assignment',
        appRoleId: userRoleId,
        principalId: objectId(8),
        principalDisplayName: 'Kiro developers',
        principalType: 'Group',
      },
    ],
    now,
  ),
  secrets: known([{ key: 'BaseAddress', value: endpoint }], now),
  job: known(job({}), now),
};

function scim(count: number, wrong?: number): Snapshot['scim'] {
  return known(
    {
      users: members.slice(0, count).map((member, index) => ({
        id: `kiro-${index}`,
        userName: member.userPrincipalName,
        externalId: index === wrong ? 'alan.turing' : member.id,
        displayName: member.displayName,
        active: member.accountEnabled,
      })),
      groups: [],
    },
    now,
  );
}

function view(
  kept: Kept,
  snapshot: Snapshot | undefined,
  judged: Health,
  change: Partial<PanelView> = {},
): PanelView {
  return {
    state: 'ready',
    checking: false,
    connection: { key: 'k', kind: 'tenant', tenantId, account: 'ada@contoso.com', cloud },
    kept,
    observation: snapshot && { snapshot: { ...snapshot, kept }, health: judged },
    now,
    words: (value) => format(value, { clock: (at) => new Date(at).toISOString().slice(11, 16) }),
    ...change,
  };
}

export const samples = {
  /** Nobody is signed in. */
  signedOut: view({ domains: [], ticks: {} }, undefined, health({}), {
    state: 'signedOut',
    connection: undefined,
  }),
  /** An application, nothing handed over yet. */
  fresh: view(
    { domains: [], ticks: {} },
    {
      ...connected,
      groups: known([], now),
      secrets: known([], now),
      job: known(undefined, now),
      scim: notRead,
    },
    health(
      {
        overall: 'todo',
        headline: text('Make the Kiro profile with the two ids below, then add your first domain.'),
        todo: 9,
        next: finding(3, 'profile.made', 'manual', {
          title: text('Kiro profile'),
          action: { kind: 'tick', tick: 'profile' },
        }),
      },
      [],
    ),
  ),
  /** A record travels, people arrive. */
  busy: view(
    {
      application: { appId, applicationId: objectId(7), servicePrincipalId: objectId(9) },
      domains: [
        { name: 'contoso.com', verificationValue, addedAt: now - 3 * hour },
        { name: 'contoso.co.uk', addedAt: now - 200 * hour, verifiedAt: now - 100 * hour },
      ],
      scim: { endpoint, tokenStored: true, tokenMadeAt: now - 12 * 24 * hour, tokenCount: 1 },
      ticks: { profile: now - hour },
    },
    {
      ...connected,
      domains: [
        {
          name: 'contoso.com',
          at: now,
          answers: answers('contoso.com', ['ns1-03.azure-dns.com', 'ns2-03.azure-dns.net', '1.1.1.1']),
        },
      ],
      scim: scim(3),
      journal: { pushed: [{ objectId: objectId(0), at: now - 70 * minute, ok: true }] },
    },
    health(
      {
        overall: 'waiting',
        headline: text('All right so far. Three people arrive with the next Entra cycle, about {0}.', {
          at: now + 18 * minute,
        }),
      },
      [
        finding(3, 'profile.domain.contoso.com.record', 'waiting', {
          label: text('record not public until about {0}', { at: now + 22 * minute }),
          evidence: text(
            'Both authoritative servers have the record; 8.8.8.8 still remembers that there was none.',
          ),
          remedy: text('Nothing to do: 8.8.8.8 forgets its old answer at {0}.', { at: now + 22 * minute }),
        }),
        finding(3, 'profile.domain.contoso.co.uk.verified', 'met', { label: text('verified in Kiro') }),
      ],
    ),
  ),
  /** The job is in quarantine, one person has the wrong id. */
  broken: view(
    {
      application: { appId, applicationId: objectId(7), servicePrincipalId: objectId(9) },
      domains: [{ name: 'contoso.com', verificationValue, addedAt: now - 26 * hour }],
      scim: { endpoint, tokenStored: true, tokenMadeAt: now - 340 * 24 * hour },
      ticks: { profile: now - hour },
    },
    {
      ...connected,
      job: known(
        job({
          code: 'Quarantine',
          quarantine: {
            reason: 'EncounteredQuarantineException',
            currentBegan: iso(now - 5 * hour),
            nextAttempt: iso(now + 7 * hour),
            error: {
              code: 'Unauthorized',
              message: 'The remote server returned an error: (401) Unauthorized.',
            },
          },
        }),
        now,
      ),
      domains: [{ name: 'contoso.com', at: now, answers: answers('contoso.com', []) }],
      scim: scim(3, 2),
    },
    health(
      {
        overall: 'failing',
        headline: text(
          'Entra can’t push people: Kiro’s endpoint refuses the access token. Enter a new one and apply step 4.',
        ),
        todo: 2,
        next: finding(4, 'provisioning.credentials', 'unmet', {
          title: text('Credentials'),
          action: { kind: 'enterScimToken' },
        }),
      },
      [
        finding(3, 'profile.domain.contoso.com.record', 'unmet', {
          label: text('no record at any server'),
          remedy: text(
            'The value ran out: remove the domain in the Kiro console, add it again and enter the new value.',
          ),
        }),
        finding(4, 'provisioning.quarantine', 'unmet', {
          label: text('in quarantine'),
          remedy: text(
            'Make a new access token in the Kiro console, enter it on the hand-off table and apply step 4.',
          ),
        }),
      ],
    ),
  ),
  /** Everything is met. */
  healthy: view(
    {
      application: { appId, applicationId: objectId(7), servicePrincipalId: objectId(9) },
      domains: [
        { name: 'contoso.com', verificationValue, addedAt: now - 200 * hour, verifiedAt: now - 190 * hour },
      ],
      scim: { endpoint, tokenStored: true, tokenMadeAt: now - 12 * 24 * hour },
      ticks: {
        profile: now - 200 * hour,
        groupSubscription: now - hour,
        subscriptionActivated: now - hour,
        seatsReviewed: now - hour,
      },
    },
    {
      ...connected,
      domains: [
        {
          name: 'contoso.com',
          at: now,
          answers: answers('contoso.com', [
            'ns1-03.azure-dns.com',
            'ns2-03.azure-dns.net',
            '1.1.1.1',
            '8.8.8.8',
            '10.0.0.53',
          ]),
        },
      ],
      scim: scim(6),
    },
    health({ headline: text('All right. 5 people of 1 group are in Kiro.') }, [
      finding(3, 'profile.domain.contoso.com.verified', 'met', { label: text('verified in Kiro') }),
    ]),
    {
      connection: {
        key: 's',
        kind: 'sandbox',
        tenantId,
        account: 'ada@contoso.com',
        cloud,
        endpoints: {
          graph: '',
          login: '',
          scim: '',
          console: '',
          control: '',
          dns: { host: '', port: 0, addresses: {} },
          resolver: { host: '', port: 0, doh: '', internal: { host: '', port: 0 } },
          tenantId,
          accounts: [],
          accessToken: '',
          tenants: [],
        },
      },
    },
  ),
};

export type SampleName = keyof typeof samples;

/** A provisioning log of some runs; `failing`: the newest run failed. */
export function log(failing: boolean): EventsView {
  const events: ProvisioningEvent[] = [];
  for (let run = 0; run < 7; run += 1) {
    for (let index = 0; index < [3, 1, 2, 6, 2, 4, 6][run]!; index += 1) {
      const failed = failing && run < 2;
      const skipped = !failed && index === 3;
      events.push({
        id: `e${run}-${index}`,
        at: now - (21 + run * 40) * minute - index * 1000,
        action: index === 0 ? 'Create' : 'Update',
        status: failed ? 'failure' : skipped ? 'skipped' : 'success',
        subject: names[index % names.length]!,
        ...(failed ? { errorCode: 'Unauthorized', reason: 'The credentials were refused.' } : {}),
      });
    }
  }
  return { kind: 'known', events };
}
