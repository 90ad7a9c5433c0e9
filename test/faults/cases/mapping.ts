import type { Place } from '../place.ts';
import type { Fault, Step } from '../fault.ts';

interface Mapping {
  sourceObjectName: string;
  enabled: boolean;
  attributeMappings: { targetAttributeName: string; source: unknown; [more: string]: unknown }[];
}
interface Schema {
  synchronizationRules: { objectMappings: Mapping[] }[];
}

const schemaPath = '/servicePrincipals/{sp}/synchronization/jobs/{job}/schema';

/** Changes the mapping of users or groups as the portal's editor does: the whole schema is replaced. */
function mapping(object: 'User' | 'Group', edit: (mapping: Mapping) => void): Step {
  return async ({ read, carryOut }: Place) => {
    const schema = (await read(schemaPath)) as Schema;
    for (const rule of schema.synchronizationRules)
      for (const one of rule.objectMappings) if (one.sourceObjectName === object) edit(one);
    await carryOut({ graph: 'PUT', path: schemaPath, body: schema });
  };
}

const from = (name: string): unknown => ({
  expression: `[${name}]`,
  name,
  type: 'Attribute',
  parameters: [],
});

const source =
  (target: string, name: string) =>
  (one: Mapping): void => {
    for (const attribute of one.attributeMappings)
      if (attribute.targetAttributeName === target) attribute.source = from(name);
  };

const without =
  (target: string) =>
  (one: Mapping): void => {
    one.attributeMappings = one.attributeMappings.filter((it) => it.targetAttributeName !== target);
  };

const also =
  (target: string, name: string) =>
  (one: Mapping): void => {
    const [like] = one.attributeMappings;
    one.attributeMappings.push({
      ...like,
      matchingPriority: 0,
      targetAttributeName: target,
      source: from(name),
    });
  };

/** Step 4 of the guide: what the job sends of people and groups. */
export const mappingFaults: readonly Fault[] = [
  {
    name: 'default mapping: externalId from mailNickname, job stopped',
    from: { preset: 'mapping-mailNickname' },
    broken: [],
    cause: 'provisioning.mapping.externalId',
  },
  {
    name: 'externalId changed to the user principal name while people work',
    broken: [mapping('User', source('externalId', 'userPrincipalName'))],
    cause: 'provisioning.mapping.externalId',
  },
  {
    name: 'external ID of groups from their name',
    broken: [mapping('Group', source('externalId', 'displayName'))],
    cause: 'provisioning.mapping.externalId',
  },
  {
    name: 'externalId not mapped',
    broken: [mapping('User', without('externalId'))],
    cause: 'provisioning.mapping.externalId',
  },
  {
    name: 'enterprise attribute mapped',
    broken: [
      mapping(
        'User',
        also('urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department', 'department'),
      ),
    ],
    cause: 'provisioning.mapping.unsupported',
  },
  {
    name: 'phone number mapped',
    broken: [mapping('User', also('phoneNumbers[type eq "work"].value', 'telephoneNumber'))],
    cause: 'provisioning.mapping.unsupported',
  },
  {
    name: 'active not mapped',
    broken: [mapping('User', without('active'))],
    cause: 'provisioning.mapping.required',
  },
  {
    name: 'display name not mapped',
    broken: [mapping('User', without('displayName'))],
    cause: 'provisioning.mapping.names',
  },
  {
    name: 'groups not provisioned',
    broken: [mapping('Group', (one) => (one.enabled = false))],
    cause: 'provisioning.mapping.objects',
  },
  {
    name: 'users not provisioned',
    broken: [mapping('User', (one) => (one.enabled = false))],
    cause: 'provisioning.mapping.objects',
  },
];
