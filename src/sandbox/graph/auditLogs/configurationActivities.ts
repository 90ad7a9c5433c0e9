import { modified } from '../../tenant/directoryAudits.ts';
import type { Activity, AuditTarget } from '../../tenant/directoryAudits.ts';
import { textOf } from './auditedWrite.ts';
import type { AuditedWrite, Written } from './auditedWrite.ts';

const job = '/servicePrincipals/([^/]+)/synchronization/jobs/[^/]+';

/** Activity names of the provisioning configuration (Microsoft Entra: application provisioning, check the status). */
const provisioning: readonly (readonly [methods: string, path: string, name: string])[] = [
  ['POST', '/servicePrincipals/([^/]+)/synchronization/jobs', 'Add provisioning configuration'],
  ['DELETE', job, 'Delete provisioning configuration'],
  ['PUT', '/servicePrincipals/([^/]+)/synchronization/secrets', 'Update provisioning setting or credentials'],
  ['PUT', `${job}/schema`, 'Update attribute mappings or scope'],
  ['DELETE', `${job}/schema`, 'Update attribute mappings or scope'],
  ['POST', `${job}/start`, 'Enable/start provisioning configuration'],
  ['POST', `${job}/pause`, 'Disable/pause provisioning configuration'],
  ['POST', `${job}/restart`, 'Enable/restart provisioning configuration'],
];

const conditionalAccess = (name: string, operation: Activity['operation']): Activity => ({
  name: `${name} conditional access policy`,
  category: 'Policy',
  service: 'Conditional Access',
  operation,
});

/** Writes to provisioning, policies and roles. What a secret was or is never stands in a row. */
export const configurationActivities: readonly AuditedWrite[] = [
  ...provisioning.map(([method, path, name]): AuditedWrite => ({
    methods: [method],
    path: new RegExp(`^${path}$`),
    entries: ({ tenant, keys: [id = ''] }) => [
      {
        activity: {
          name,
          category: 'ProvisioningManagement',
          service: 'Account Provisioning',
          operation: 'ProvisioningManagement',
        },
        targets: [
          {
            id,
            displayName: textOf(tenant.servicePrincipals.get(id)?.['displayName']),
            type: 'ServicePrincipal',
          },
        ],
      },
    ],
  })),
  {
    methods: ['POST'],
    path: /^\/identity\/conditionalAccess\/policies$/,
    entries: (write) => [{ activity: conditionalAccess('Add', 'Add'), targets: [policy(write)] }],
  },
  {
    methods: ['PATCH', 'DELETE'],
    path: /^\/identity\/conditionalAccess\/policies\/([^/]+)$/,
    before: (tenant, [id = '']) => tenant.conditionalAccessPolicies.get(id.toLowerCase()),
    entries: (write) => [
      {
        activity:
          write.method === 'PATCH'
            ? conditionalAccess('Update', 'Update')
            : conditionalAccess('Delete', 'Delete'),
        targets: [policy(write)],
      },
    ],
  },
  {
    methods: ['PATCH'],
    path: /^\/policies\/authorizationPolicy$/,
    before: (tenant) => tenant.authorizationPolicy,
    entries: ({ tenant, before }) => {
      const now = tenant.authorizationPolicy;
      return [
        {
          activity: {
            name: 'Update authorization policy',
            category: 'AuthorizationPolicy',
            service: 'Core Directory',
            operation: 'Update',
          },
          targets: [
            {
              id: now.id,
              displayName: textOf(now['displayName']),
              type: 'Policy',
              modifiedProperties: Object.keys(now).flatMap((name) => modified(name, before[name], now[name])),
            },
          ],
        },
      ];
    },
  },
  {
    methods: ['POST'],
    path: /^\/roleManagement\/directory\/roleAssignmentScheduleRequests$/,
    entries: ({ answer }) => [
      {
        activity: {
          name:
            answer['action'] === 'selfDeactivate'
              ? 'Remove member from role completed (PIM deactivate)'
              : 'Add member to role completed (PIM activation)',
          category: 'RoleManagement',
          service: 'PIM',
          operation: answer['action'] === 'selfDeactivate' ? 'Delete' : 'Add',
        },
        targets: [{ id: textOf(answer['roleDefinitionId']), displayName: null, type: 'Role' }],
      },
    ],
  },
];

/** A policy with the whole of it before and after, as Conditional Access tells it. */
function policy({ tenant, before, answer, keys: [key = ''] }: Written): AuditTarget {
  const id = textOf(answer['id']) || key.toLowerCase();
  const now = tenant.conditionalAccessPolicies.get(id);
  return {
    id,
    displayName: textOf(now?.['displayName'] ?? before['displayName']),
    type: 'Policy',
    modifiedProperties: modified('ConditionalAccessPolicy', before['id'] === undefined ? null : before, now),
  };
}
