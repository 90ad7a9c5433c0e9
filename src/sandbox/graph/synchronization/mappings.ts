/** The default attribute mappings of the `scim` template (Microsoft Entra: SCIM tutorials of application provisioning). */

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

type Source = Record<string, unknown>;

/** Source that takes one attribute as it is. */
export function attributeSource(name: string): Source {
  return { expression: `[${name}]`, name, type: 'Attribute', parameters: [] };
}

function constantSource(value: string): Source {
  return { expression: `"${value}"`, name: value, type: 'Constant', parameters: [] };
}

function functionSource(name: string, expression: string, parameters: [string, Source][]): Source {
  return {
    expression,
    name,
    type: 'Function',
    parameters: parameters.map(([key, value]) => ({ key, value })),
  };
}

const active = functionSource('Switch', 'Switch([IsSoftDeleted], , "False", "True", "True", "False")', [
  ['source', attributeSource('IsSoftDeleted')],
  ['defaultValue', { expression: '', name: '', type: 'Constant', parameters: [] }],
  ['key1', constantSource('False')],
  ['value1', constantSource('True')],
  ['key2', constantSource('True')],
  ['value2', constantSource('False')],
]);

const formattedName = functionSource('Join', 'Join(" ", [givenName], [surname])', [
  ['separator', constantSource(' ')],
  ['source1', attributeSource('givenName')],
  ['source2', attributeSource('surname')],
]);

function mapping(targetAttributeName: string, source: Source, matchingPriority = 0): Record<string, unknown> {
  return {
    defaultValue: '',
    exportMissingReferences: false,
    flowBehavior: 'FlowWhenChanged',
    flowType: 'Always',
    matchingPriority,
    targetAttributeName,
    source,
  };
}

/** All 22 of users; `externalId` comes from `mailNickname`, which is what Kiro's guide has one change. */
export const userMappings = [
  mapping('userName', attributeSource('userPrincipalName'), 1),
  mapping('active', active),
  mapping('displayName', attributeSource('displayName')),
  mapping('title', attributeSource('jobTitle')),
  mapping('emails[type eq "work"].value', attributeSource('mail')),
  mapping('preferredLanguage', attributeSource('preferredLanguage')),
  mapping('name.givenName', attributeSource('givenName')),
  mapping('name.familyName', attributeSource('surname')),
  mapping('name.formatted', formattedName),
  mapping('addresses[type eq "work"].formatted', attributeSource('physicalDeliveryOfficeName')),
  mapping('addresses[type eq "work"].streetAddress', attributeSource('streetAddress')),
  mapping('addresses[type eq "work"].locality', attributeSource('city')),
  mapping('addresses[type eq "work"].region', attributeSource('state')),
  mapping('addresses[type eq "work"].postalCode', attributeSource('postalCode')),
  mapping('addresses[type eq "work"].country', attributeSource('country')),
  mapping('phoneNumbers[type eq "work"].value', attributeSource('telephoneNumber')),
  mapping('phoneNumbers[type eq "mobile"].value', attributeSource('mobile')),
  mapping('phoneNumbers[type eq "fax"].value', attributeSource('facsimileTelephoneNumber')),
  mapping('externalId', attributeSource('mailNickname')),
  mapping(`${enterprise}:employeeNumber`, attributeSource('employeeId')),
  mapping(`${enterprise}:department`, attributeSource('department')),
  mapping(`${enterprise}:manager`, attributeSource('manager')),
];

export const groupMappings = [
  mapping('displayName', attributeSource('displayName'), 1),
  mapping('externalId', attributeSource('objectId')),
  mapping('members', attributeSource('members')),
];
