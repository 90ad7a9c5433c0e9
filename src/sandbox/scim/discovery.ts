import { groupType, userType } from './attributes.ts';
import type { Attribute, ResourceType } from './attributes.ts';

const types = [userType, groupType];

/** What the endpoint can do (RFC 7643, section 5). */
export function serviceProviderConfig(): Record<string, unknown> {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
    documentationUri: 'https://docs.aws.amazon.com/singlesignon/latest/developerguide/what-is-scim.html',
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 1, maxPayloadSize: 1_048_576 },
    filter: { supported: true, maxResults: 100 },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: false },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'OAuth Bearer Token',
        description: 'Authentication scheme using the OAuth Bearer Token Standard',
        specUri: 'https://www.rfc-editor.org/info/rfc6750',
        documentationUri:
          'https://docs.aws.amazon.com/singlesignon/latest/userguide/provision-automatically.html',
        primary: true,
      },
    ],
  };
}

/** `/ResourceTypes`. */
export function resourceTypes(): Record<string, unknown>[] {
  return types.map((type) => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    id: type.name,
    name: type.name,
    endpoint: type.endpoint,
    description: `${type.name} resource`,
    schema: type.schema,
  }));
}

/** `/Schemas`, made of the same tables by which requests are read. */
export function schemas(): Record<string, unknown>[] {
  return types.map((type: ResourceType) => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
    id: type.schema,
    name: type.name,
    description: `Schema for ${type.name}`,
    attributes: [...type.attributes.values()].map(describe),
  }));
}

function describe(attribute: Attribute): Record<string, unknown> {
  return {
    name: attribute.name,
    type: attribute.type,
    multiValued: attribute.multiValued ?? false,
    required: attribute.required ?? false,
    caseExact: attribute.caseExact ?? false,
    mutability: attribute.writeOnce ? 'immutable' : 'readWrite',
    returned: 'default',
    uniqueness: attribute.unique ? 'server' : 'none',
    ...(attribute.sub ? { subAttributes: [...attribute.sub.values()].map(describe) } : {}),
  };
}
