import { modified } from '../../tenant/directoryAudits.ts';
import { textOf } from './auditedWrite.ts';
import type { AuditedWrite } from './auditedWrite.ts';

/** Writes to people and to the members of groups (Microsoft Entra: audit activities, Core Directory). */
export const directoryActivities: readonly AuditedWrite[] = [
  {
    methods: ['POST', 'DELETE'],
    path: /^\/groups\/([^/]+)\/members\/(?:([^/]+)\/)?\$ref$/,
    entries: ({ tenant, method, keys: [id = '', member = ''] }) => {
      const group = tenant.groups.get(id.toLowerCase());
      const user = tenant.users.get(member.toLowerCase());
      return [
        {
          activity: {
            name: method === 'POST' ? 'Add member to group' : 'Remove member from group',
            category: 'GroupManagement',
            service: 'Core Directory',
            operation: method === 'POST' ? 'Assign' : 'Unassign',
          },
          targets: [
            { id, displayName: group?.displayName ?? null, type: 'Group' },
            ...(user
              ? [
                  {
                    id: user.id,
                    displayName: user.displayName,
                    type: 'User' as const,
                    userPrincipalName: user.userPrincipalName,
                  },
                ]
              : []),
          ],
        },
      ];
    },
  },
  {
    methods: ['PATCH'],
    path: /^\/users\/([^/]+)$/,
    before: (tenant, [key = '']) => userOf(tenant.users, key),
    entries: ({ tenant, before }) => {
      const now: Record<string, unknown> = { ...tenant.users.get(textOf(before['id'])) };
      const changes = Object.keys(now).flatMap((name) =>
        modified(name.charAt(0).toUpperCase() + name.slice(1), before[name], now[name]),
      );
      return [user('Update user', before, changes)];
    },
  },
  {
    methods: ['PUT', 'DELETE'],
    path: /^\/users\/([^/]+)\/manager\/\$ref$/,
    before: (tenant, [key = '']) => userOf(tenant.users, key),
    entries: ({ tenant, before }) => [
      user(
        'Set user manager',
        before,
        modified('Manager', before['managerId'], tenant.users.get(textOf(before['id']))?.managerId),
      ),
    ],
  },
];

function userOf<T extends { readonly userPrincipalName: string }>(
  users: ReadonlyMap<string, T>,
  key: string,
): T | undefined {
  const wanted = key.toLowerCase();
  return (
    users.get(wanted) ?? [...users.values()].find((one) => one.userPrincipalName.toLowerCase() === wanted)
  );
}

function user(
  name: string,
  before: Readonly<Record<string, unknown>>,
  modifiedProperties: ReturnType<typeof modified>,
): ReturnType<AuditedWrite['entries']>[number] {
  return {
    activity: { name, category: 'UserManagement', service: 'Core Directory', operation: 'Update' },
    targets: [
      {
        id: textOf(before['id']),
        displayName: textOf(before['displayName']),
        type: 'User',
        userPrincipalName: textOf(before['userPrincipalName']),
        modifiedProperties,
      },
    ],
  };
}
