import type { GraphObject } from '../../state.ts';
import { modified } from '../../tenant/directoryAudits.ts';
import type { Activity, AuditTarget, ModifiedProperty } from '../../tenant/directoryAudits.ts';
import { keyOf } from '../path.ts';
import { isJson } from '../requestBody.ts';
import { textOf } from './auditedWrite.ts';
import type { AuditedWrite } from './auditedWrite.ts';

type Json = Readonly<Record<string, unknown>>;

const activity = (name: string, operation: Activity['operation']): Activity => ({
  name,
  category: 'ApplicationManagement',
  service: 'Core Directory',
  operation,
});

/** Writes to applications and service principals (Microsoft Entra: audit activities, Core Directory). */
export const applicationActivities: readonly AuditedWrite[] = [
  {
    methods: ['POST'],
    path: /^\/applicationTemplates\/[^/]+\/instantiate$/,
    entries: ({ answer }) => [
      { activity: activity('Add application', 'Add'), targets: [made(answer['application'], 'Application')] },
      {
        activity: activity('Add service principal', 'Add'),
        targets: [made(answer['servicePrincipal'], 'ServicePrincipal')],
      },
    ],
  },
  ...[
    ['applications', 'Application', 'application'] as const,
    ['servicePrincipals', 'ServicePrincipal', 'service principal'] as const,
  ].flatMap(([collection, type, name]): AuditedWrite[] => [
    {
      methods: ['POST'],
      path: new RegExp(`^/${collection}$`),
      entries: ({ answer }) => [{ activity: activity(`Add ${name}`, 'Add'), targets: [made(answer, type)] }],
    },
    {
      methods: ['PATCH'],
      path: new RegExp(`^/${collection}/([^/]+)$`),
      before: (tenant, [key = '']) => find(tenant[collection], key),
      entries: ({ tenant, before }) => [
        {
          activity: activity(`Update ${name}`, 'Update'),
          targets: [changed(before, tenant[collection].get(textOf(before['id'])), type)],
        },
      ],
    },
    {
      methods: ['DELETE'],
      path: new RegExp(`^/${collection}/([^/]+)$`),
      before: (tenant, [key = '']) => find(tenant[collection], key),
      entries: ({ before }) => [
        {
          activity: activity(
            type === 'Application' ? 'Delete application' : 'Remove service principal',
            'Delete',
          ),
          targets: [target(before, type)],
        },
      ],
    },
  ]),
  ...(['applications', 'servicePrincipals'] as const).flatMap((collection): AuditedWrite[] => {
    const [type, name] =
      collection === 'applications'
        ? (['Application', 'application'] as const)
        : (['ServicePrincipal', 'service principal'] as const);
    const owner = new RegExp(`^/${collection}/([^/]+)/owners/(?:[^/]+/)?\\$ref$`);
    return [
      {
        methods: ['POST', 'DELETE'],
        path: owner,
        before: (tenant, [key = '']) => find(tenant[collection], key),
        entries: ({ method, before }) => [
          {
            activity:
              method === 'POST'
                ? activity(`Add owner to ${name}`, 'Assign')
                : activity(`Remove owner from ${name}`, 'Unassign'),
            targets: [target(before, type)],
          },
        ],
      },
    ];
  }),
  {
    methods: ['POST'],
    path: /^\/applications\/([^/]+)\/(?:addPassword|removePassword)$/,
    before: (tenant, [key = '']) => find(tenant.applications, key),
    entries: ({ before }) => [
      {
        activity: activity('Update application – Certificates and secrets management', 'Update'),
        targets: [target(before, 'Application')],
      },
    ],
  },
  {
    methods: ['POST', 'DELETE'],
    path: /^\/directory\/deleteditems\/([^/]+)(?:\/restore)?$/i,
    before: (tenant, [id = '']) => tenant.deletedItems.get(id.toLowerCase()),
    entries: ({ method, before }) => {
      const isPrincipal = before['servicePrincipalType'] !== undefined;
      const name = isPrincipal ? 'service principal' : 'application';
      return [
        {
          activity:
            method === 'POST'
              ? activity(`Restore ${name}`, 'Add')
              : activity(`Hard Delete ${name}`, 'Delete'),
          targets: [target(before, isPrincipal ? 'ServicePrincipal' : 'Application')],
        },
      ];
    },
  },
];

function find(objects: ReadonlyMap<string, GraphObject>, segment: string): GraphObject | undefined {
  const { by, value } = keyOf(segment);
  return by === 'id' ? objects.get(value) : [...objects.values()].find((one) => one['appId'] === value);
}

function target(object: Json, type: AuditTarget['type']): AuditTarget {
  return { id: textOf(object['id']), displayName: textOf(object['displayName']), type };
}

/** A new object: the few properties that the directory tells of it. */
function made(answered: unknown, type: AuditTarget['type']): AuditTarget {
  const object = isJson(answered) ? answered : {};
  const modifiedProperties = ['displayName', 'appId'].flatMap((name) =>
    modified(directoryName(name), null, object[name]),
  );
  return { ...target(object, type), modifiedProperties };
}

/**
 * A changed object. The documents don't name the properties as the directory writes them: here each has Graph's name,
 * capital first, and `Included Updated Properties` lists them, which real rows have too.
 */
function changed(before: Json, now: Json | undefined, type: AuditTarget['type']): AuditTarget {
  const after = now ?? {};
  const properties: ModifiedProperty[] = Object.keys({ ...before, ...after }).flatMap((name) =>
    modified(directoryName(name), before[name], after[name]),
  );
  const names = properties.map(({ displayName }) => displayName).join(', ');
  return {
    ...target(after, type),
    modifiedProperties: [...properties, ...modified('Included Updated Properties', null, names)],
  };
}

function directoryName(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
