/** One attribute that Kiro's endpoint supports. What is not in these tables is refused. */
export interface Attribute {
  readonly name: string;
  readonly type: 'string' | 'boolean' | 'complex';
  readonly multiValued?: true;
  readonly required?: true;
  /** Kept as first sent: a change or removal is refused. */
  readonly writeOnce?: true;
  readonly caseExact?: true;
  readonly unique?: true;
  /** May hold characters that are refused elsewhere. */
  readonly anyCharacter?: true;
  /** Whether the whole value is acceptable, beyond the rules for every string. */
  readonly accepts?: (value: string) => boolean;
  readonly sub?: ReadonlyMap<string, Attribute>;
}

/** A resource type with its attributes by lower-case name. */
export interface ResourceType {
  readonly name: 'User' | 'Group';
  readonly endpoint: '/Users' | '/Groups';
  readonly schema: string;
  readonly attributes: ReadonlyMap<string, Attribute>;
}

const string = (name: string, more: Partial<Attribute> = {}): Attribute => ({
  name,
  type: 'string',
  ...more,
});
const table = (...attributes: Attribute[]): ReadonlyMap<string, Attribute> =>
  new Map(attributes.map((one) => [one.name.toLowerCase(), one]));

/** Written once, and made of letters, digits and hyphens only. */
const externalId = string('externalId', {
  writeOnce: true,
  caseExact: true,
  unique: true,
  accepts: (value) => /^[a-zA-Z0-9-]*$/.test(value),
});

export const userType: ResourceType = {
  name: 'User',
  endpoint: '/Users',
  schema: 'urn:ietf:params:scim:schemas:core:2.0:User',
  attributes: table(
    string('userName', { required: true, unique: true }),
    externalId,
    { name: 'active', type: 'boolean' },
    string('displayName'),
    {
      name: 'name',
      type: 'complex',
      sub: table(
        ...['formatted', 'familyName', 'givenName', 'middleName', 'honorificPrefix', 'honorificSuffix'].map(
          (name) => string(name),
        ),
      ),
    },
    string('nickName'),
    string('profileUrl', { anyCharacter: true }),
    string('title'),
    string('userType'),
    string('preferredLanguage'),
    string('locale'),
    string('timezone'),
    {
      name: 'emails',
      type: 'complex',
      multiValued: true,
      sub: table(string('value'), string('type'), string('display'), { name: 'primary', type: 'boolean' }),
    },
    {
      name: 'addresses',
      type: 'complex',
      multiValued: true,
      sub: table(
        ...['formatted', 'streetAddress', 'locality', 'region', 'postalCode', 'country', 'type'].map((name) =>
          string(name),
        ),
        { name: 'primary', type: 'boolean' },
      ),
    },
  ),
};

export const groupType: ResourceType = {
  name: 'Group',
  endpoint: '/Groups',
  schema: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  attributes: table(string('displayName', { required: true, unique: true }), externalId),
};

/** Attributes that a client may send and that the endpoint passes over. */
export const ignored: ReadonlySet<string> = new Set(['schemas', 'id', 'meta']);
