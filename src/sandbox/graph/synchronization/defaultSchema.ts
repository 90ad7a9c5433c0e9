import type { GraphObject } from '../../state.ts';
import {
  sourceGroupAttributes,
  sourceUserAttributes,
  targetGroupAttributes,
  targetUserAttributes,
} from './attributes.ts';
import { groupMappings, userMappings } from './mappings.ts';

const sourceName = 'Microsoft Entra ID';
const targetName = 'customappsso';
const userUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const groupUrn = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const sourceDirectoryId = '66e4a8cc-1b7b-435e-95f8-f06cea133828';
const targetDirectoryId = '8ffa6169-f354-4751-9b77-9c00765be92d';

/** Schema of the `scim` template: one rule that maps both users and groups (Microsoft Graph: synchronizationSchema). */
export function defaultSchema(id: string): GraphObject {
  return structuredClone({
    id,
    version: 'Date:2026-01-05T08:00:00.0000000Z, Sequence:1',
    synchronizationRules: [
      {
        containerFilter: null,
        editable: true,
        groupFilter: null,
        id: '03f7d90d-bf71-41b1-bda6-aaf0ddbee5d8',
        name: 'USERGROUP_OUTBOUND_USERGROUP',
        priority: 1,
        sourceDirectoryName: sourceName,
        targetDirectoryName: targetName,
        metadata: [
          { key: 'defaultSourceObjectMappings', value: 'User,Group' },
          { key: 'supportsProvisionOnDemand', value: 'true' },
        ],
        objectMappings: [
          objectMapping('Group', groupUrn, groupMappings),
          objectMapping('User', userUrn, userMappings),
        ],
      },
    ],
    directories: [
      directory(sourceDirectoryId, sourceName, 'AttributeNames', [
        ['User', sourceUserAttributes],
        ['Group', sourceGroupAttributes],
      ]),
      directory(targetDirectoryId, targetName, 'AttributeDataTypes', [
        [userUrn, targetUserAttributes],
        [groupUrn, targetGroupAttributes],
      ]),
    ],
  });
}

function objectMapping(source: 'User' | 'Group', target: string, attributeMappings: unknown[]): unknown {
  return {
    enabled: true,
    flowTypes: 'Add, Update, Delete',
    name: `Provision Microsoft Entra ID ${source}s`,
    scope: null,
    sourceObjectName: source,
    targetObjectName: target,
    metadata: [
      { key: 'EscrowBehavior', value: 'Default' },
      { key: 'DisableMonitoringForChanges', value: 'False' },
      { key: 'OriginalJoiningProperty', value: '' },
      { key: 'Disposition', value: '"Normal"' },
      { key: 'IsCustomerDefined', value: 'False' },
      { key: 'ExcludeFromReporting', value: 'False' },
      { key: 'Unsynchronized', value: 'False' },
    ],
    attributeMappings,
  };
}

function directory(
  id: string,
  name: string,
  discoverabilities: string,
  objects: [string, unknown[]][],
): unknown {
  return {
    discoverabilities,
    discoveryDateTime: null,
    id,
    name,
    readOnly: false,
    version: '2026-01-05',
    objects: objects.map(([objectName, attributes]) => ({
      metadata: [],
      name: objectName,
      supportedApis: null,
      attributes,
    })),
  };
}
