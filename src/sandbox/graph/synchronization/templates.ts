import type { GraphObject, SandboxState } from '../../state.ts';

const noTenant = '00000000000000000000000000000000';

/**
 * Templates of a service principal (Microsoft Graph: synchronizationTemplate). Only one made from an application template
 * has any: an application made under App registrations can't be provisioned automatically. `customappsso` is the older
 * one, listed for its age and refused for new jobs.
 */
export function templatesOf(servicePrincipal: GraphObject): GraphObject[] {
  if (servicePrincipal['applicationTemplateId'] === null) return [];
  return ['customappsso', 'scim'].map((id) => ({
    id,
    applicationId: servicePrincipal['applicationTemplateId'],
    default: id === 'scim',
    description: id === 'scim' ? 'SCIM 2.0' : 'Custom application (superseded by scim)',
    discoverable: true,
    factoryTag: id === 'scim' ? 'SCIM' : 'CustomSSO',
    metadata: [
      { key: 'galleryApplicationIdentifier', value: servicePrincipal['applicationTemplateId'] },
      { key: 'galleryApplicationKey', value: id },
      { key: 'isOAuthEnabled', value: 'False' },
      { key: 'isSynchronizationAgentAssignmentRequired', value: 'False' },
      { key: 'isSynchronizationAgentRequired', value: 'False' },
      { key: 'isSynchronizationInPreview', value: 'False' },
      {
        key: 'configurationFields',
        value: '[{"name":"baseaddress"},{"name":"secrettoken","secret":true}]',
      },
      { key: 'AzureIngestionAttributeOptimization', value: 'False' },
    ],
  }));
}

/** The templates that are known already: of a service principal just made the list is empty at first. */
export function templatesKnown(servicePrincipal: GraphObject, { replication }: SandboxState): GraphObject[] {
  const known = replication.one('templates', 'servicePrincipals', servicePrincipal.id);
  return known ? templatesOf(known) : [];
}

/** Id of a template's pristine schema. */
export function templateSchemaId(templateId: string): string {
  return `${templateId}.${noTenant}`;
}
