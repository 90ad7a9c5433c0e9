/** Attributes of the two directories of a SCIM template's schema (Microsoft Graph: attributeDefinition). */

type AttributeType = 'String' | 'Boolean' | 'Reference';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** One attribute definition with every property that the service answers. */
function attribute(
  name: string,
  type: AttributeType = 'String',
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    anchor: false,
    caseExact: false,
    defaultValue: null,
    flowNullValues: false,
    multivalued: false,
    mutability: 'ReadWrite',
    name,
    required: false,
    type,
    apiExpressions: [],
    metadata: [],
    referencedObjects: [],
    ...more,
  };
}

const reference = (name: string): Record<string, unknown> =>
  attribute(name, 'Reference', {
    referencedObjects: [{ referencedObjectName: 'User', referencedProperty: null }],
  });

/**
 * Source side: the names are those of the old Azure AD Graph, not Microsoft Graph's. `userType` can't be a source
 * (Microsoft Entra: known issues for provisioning).
 */
export const sourceUserAttributes = [
  attribute('objectId', 'String', { anchor: true, mutability: 'ReadOnly' }),
  ...[
    'userPrincipalName',
    'originalUserPrincipalName',
    'displayName',
    'givenName',
    'surname',
    'mail',
    'mailNickname',
    'jobTitle',
    'department',
    'employeeId',
    'mobile',
    'telephoneNumber',
    'facsimileTelephoneNumber',
    'physicalDeliveryOfficeName',
    'streetAddress',
    'city',
    'state',
    'postalCode',
    'country',
    'preferredLanguage',
  ].map((name) => attribute(name)),
  attribute('accountEnabled', 'Boolean'),
  attribute('IsSoftDeleted', 'Boolean', { mutability: 'ReadOnly' }),
  reference('manager'),
];

export const sourceGroupAttributes = [
  attribute('objectId', 'String', { anchor: true, mutability: 'ReadOnly' }),
  attribute('displayName'),
  attribute('description'),
  attribute('mail'),
  attribute('mailNickname'),
  attribute('securityEnabled', 'Boolean'),
  attribute('members', 'Reference', {
    multivalued: true,
    referencedObjects: [
      { referencedObjectName: 'User', referencedProperty: null },
      { referencedObjectName: 'Group', referencedProperty: null },
    ],
  }),
];

/** Target side: what a mapping of users may write to. */
export const targetUserAttributes = [
  attribute('id', 'String', { anchor: true, mutability: 'ReadOnly' }),
  attribute('userName', 'String', { required: true }),
  attribute('active', 'Boolean'),
  ...[
    'externalId',
    'displayName',
    'title',
    'nickName',
    'preferredLanguage',
    'locale',
    'timezone',
    'userType',
    'name.givenName',
    'name.familyName',
    'name.formatted',
    'emails[type eq "work"].value',
    'emails[type eq "other"].value',
    'addresses[type eq "work"].formatted',
    'addresses[type eq "work"].streetAddress',
    'addresses[type eq "work"].locality',
    'addresses[type eq "work"].region',
    'addresses[type eq "work"].postalCode',
    'addresses[type eq "work"].country',
    'phoneNumbers[type eq "work"].value',
    'phoneNumbers[type eq "mobile"].value',
    'phoneNumbers[type eq "fax"].value',
    `${enterprise}:employeeNumber`,
    `${enterprise}:department`,
    `${enterprise}:costCenter`,
    `${enterprise}:organization`,
    `${enterprise}:division`,
  ].map((name) => attribute(name)),
  reference(`${enterprise}:manager`),
];

export const targetGroupAttributes = [
  attribute('id', 'String', { anchor: true, mutability: 'ReadOnly' }),
  attribute('displayName', 'String', { required: true }),
  attribute('externalId'),
  attribute('members', 'Reference', {
    multivalued: true,
    referencedObjects: [
      { referencedObjectName: enterprise, referencedProperty: null },
      { referencedObjectName: 'urn:ietf:params:scim:schemas:core:2.0:Group', referencedProperty: null },
    ],
  }),
];
