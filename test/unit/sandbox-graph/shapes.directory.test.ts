import { groupId, userId } from '../../../src/sandbox/tenant/entries.ts';
import {
  context,
  describeShapes,
  flag,
  guid,
  including,
  listOf,
  matching,
  nullOr,
  refused,
  text,
} from './shape.ts';
import type { ShapeRow } from './shape.ts';
import { eventual } from './support.ts';

const kiroUsers = groupId('Kiro users');
const engineering = groupId('Engineering');
const nextLink = matching(/^http:\/\/graph\.test\/v1\.0\/.*\$skiptoken=/);

const people: readonly ShapeRow<undefined>[] = [
  {
    does: 'GET /users answers the default properties',
    source: 'List users; CSDL user',
    request: () => ['GET', '/users?$top=5'],
    status: 200,
    shape: () => ({
      '@odata.context': context('users'),
      '@odata.nextLink': nextLink,
      value: (value: unknown) =>
        listOf({
          id: guid,
          businessPhones: Array.isArray,
          displayName: text,
          givenName: nullOr(text),
          jobTitle: nullOr(text),
          mail: nullOr(text),
          mobilePhone: nullOr(text),
          officeLocation: nullOr(text),
          preferredLanguage: nullOr(text),
          surname: nullOr(text),
          userPrincipalName: text,
        })(value) &&
        Array.isArray(value) &&
        value.every((user: object) => Object.keys(user).length === 11),
    }),
  },
  {
    does: 'GET /users/{id} with what only $select brings',
    source: 'Get user; CSDL user',
    request: () => [
      'GET',
      `/users/${userId('grace')}?$select=id,accountEnabled,mailNickname,userType,employeeId`,
    ],
    status: 200,
    shape: () => ({
      '@odata.context': matching(/^http:\/\/graph\.test\/v1\.0\/\$metadata#users/),
      id: userId('grace'),
      accountEnabled: true,
      mailNickname: 'grace',
      userType: 'Member',
      employeeId: text,
    }),
  },
  {
    does: 'GET /users by user principal name',
    source: 'Get user',
    request: () => ['GET', '/users/grace@contoso.com'],
    status: 200,
    shape: () => ({ id: userId('grace'), userPrincipalName: 'grace@contoso.com' }),
  },
  {
    does: 'GET /users with $search, its value in quotes',
    source: 'Use the $search query parameter',
    request: () => ['GET', '/users?$search="displayName:hopper"&$select=id,displayName', undefined, eventual],
    status: 200,
    shape: () => ({ value: [{ id: userId('grace'), displayName: 'Grace Hopper' }] }),
  },
  {
    does: 'GET /users with $search but without the header',
    source: 'Advanced query capabilities on Microsoft Entra ID objects',
    request: () => ['GET', '/users?$search="displayName:hopper"'],
    status: 400,
    shape: () => refused('Request_UnsupportedQuery', matching(/ConsistencyLevel: eventual/)),
  },
  {
    does: 'GET /users with $count tells how many',
    source: 'Advanced query capabilities on Microsoft Entra ID objects',
    request: () => ['GET', "/users?$filter=endsWith(mail,'@fabrikam.com')&$count=true", undefined, eventual],
    status: 200,
    shape: () => ({ '@odata.count': 1, value: [{ id: userId('linus') }] }),
  },
  {
    does: 'GET /users with an advanced filter but without the header',
    source: 'Advanced query capabilities on Microsoft Entra ID objects',
    request: () => ['GET', "/users?$filter=endsWith(mail,'@fabrikam.com')"],
    status: 400,
    shape: () => refused('Request_UnsupportedQuery'),
  },
  {
    does: 'GET /users/$count is plain text',
    source: 'Advanced query capabilities on Microsoft Entra ID objects',
    request: () => ['GET', '/users/$count', undefined, eventual],
    status: 200,
    shape: () => matching(/^\d+$/),
  },
];

const groups: readonly ShapeRow<undefined>[] = [
  {
    does: 'GET /groups/{id}',
    source: 'Get group; CSDL group',
    request: () => ['GET', `/groups/${kiroUsers}`],
    status: 200,
    shape: () => ({
      '@odata.context': context('groups/$entity'),
      id: kiroUsers,
      deletedDateTime: null,
      classification: null,
      displayName: 'Kiro users',
      groupTypes: [],
      mailEnabled: false,
      mailNickname: text,
      membershipRule: null,
      onPremisesSyncEnabled: null,
      securityEnabled: true,
    }),
  },
  {
    does: 'GET /groups/{id}/members types each member',
    source: 'List group members',
    request: () => ['GET', `/groups/${engineering}/members`],
    status: 200,
    shape: () => ({
      '@odata.context': context('directoryObjects'),
      value: (value: unknown) =>
        including({ '@odata.type': '#microsoft.graph.user', id: guid, displayName: text })(value) &&
        including({ '@odata.type': '#microsoft.graph.group', displayName: 'Platform team' })(value),
    }),
  },
  {
    does: 'GET members without a permission on people tells type and id alone',
    source: 'List group members',
    request: () => ['GET', `/groups/${kiroUsers}/members`, undefined, { scopes: ['GroupMember.Read.All'] }],
    status: 200,
    shape: () => ({
      value: listOf({ '@odata.type': '#microsoft.graph.user', id: guid, displayName: null, mail: null }),
    }),
  },
  {
    does: 'GET transitiveMembers opens nested groups',
    source: 'List group transitive members',
    request: () => ['GET', `/groups/${engineering}/transitiveMembers?$select=id,displayName`],
    status: 200,
    shape: () => ({ value: including({ id: userId('frances'), displayName: 'Frances Allen' }) }),
  },
  {
    does: 'GET members cast to users is an advanced query',
    source: 'Advanced query capabilities on Microsoft Entra ID objects',
    request: () => [
      'GET',
      `/groups/${engineering}/members/microsoft.graph.user?$count=true`,
      undefined,
      eventual,
    ],
    status: 200,
    shape: () => ({
      '@odata.context': context('users'),
      '@odata.count': 5,
      value: listOf({ id: guid, userPrincipalName: text }),
    }),
  },
  {
    does: 'GET members cast to users without $count',
    source: 'Advanced query capabilities on Microsoft Entra ID objects',
    request: () => ['GET', `/groups/${engineering}/members/microsoft.graph.user`],
    status: 400,
    shape: () => refused('Request_UnsupportedQuery'),
  },
  {
    does: 'GET a page larger than 999',
    source: 'Paging Microsoft Graph data',
    request: () => ['GET', '/groups?$top=1000'],
    status: 400,
    shape: () => refused('Request_BadRequest', matching(/999/)),
  },
  {
    does: 'GET $filter by startsWith and eq',
    source: 'List groups',
    request: () => [
      'GET',
      "/groups?$filter=startsWith(displayName,'Kiro') and securityEnabled eq true&$select=id",
    ],
    status: 200,
    shape: () => ({
      '@odata.context': context('groups(id)'),
      value: [{ id: guid }, { id: guid }],
    }),
  },
];

const batches: readonly ShapeRow<undefined>[] = [
  {
    does: 'POST /$batch answers each part under an outer 200',
    source: 'JSON batching',
    request: () => [
      'POST',
      '/$batch',
      {
        requests: [
          { id: '1', method: 'GET', url: `/groups/${kiroUsers}?$select=id` },
          { id: '2', method: 'GET', url: '/groups/99999999-9999-4999-8999-999999999999' },
        ],
      },
    ],
    status: 200,
    shape: () => ({
      responses: (value: unknown) =>
        including({ id: '1', status: 200, body: { id: kiroUsers } })(value) &&
        including({ id: '2', status: 404, body: { error: { code: 'Request_ResourceNotFound' } } })(value),
    }),
  },
  {
    does: 'POST /$batch fails what depends on a failure',
    source: 'JSON batching',
    request: () => [
      'POST',
      '/$batch',
      {
        requests: [
          { id: '1', method: 'GET', url: '/groups/99999999-9999-4999-8999-999999999999' },
          { id: '2', method: 'GET', url: '/groups', dependsOn: ['1'] },
        ],
      },
    ],
    status: 200,
    shape: () => ({ responses: including({ id: '2', status: 424 }) }),
  },
  {
    does: 'POST /$batch of more than twenty',
    source: 'JSON batching',
    request: () => [
      'POST',
      '/$batch',
      {
        requests: Array.from({ length: 21 }, (_, index) => ({
          id: String(index),
          method: 'GET',
          url: '/me',
        })),
      },
    ],
    status: 400,
    shape: () => ({ error: { code: text, message: text } }),
  },
];

const own: readonly ShapeRow<undefined>[] = [
  {
    does: 'GET /me',
    source: 'Get user',
    request: () => ['GET', '/me'],
    status: 200,
    shape: () => ({
      '@odata.context': context('users/$entity'),
      id: userId('ada'),
      userPrincipalName: 'ada@contoso.com',
    }),
  },
  {
    does: 'GET own directory roles',
    source: 'List a user’s memberships; CSDL directoryRole',
    request: () => [
      'GET',
      '/me/transitiveMemberOf/microsoft.graph.directoryRole?$select=displayName,roleTemplateId&$count=true',
      undefined,
      eventual,
    ],
    status: 200,
    shape: () => ({
      '@odata.count': 1,
      value: [
        { displayName: 'Global Administrator', roleTemplateId: '62e90394-69f5-4237-9190-012177145e10' },
      ],
    }),
  },
  {
    does: 'GET own directory roles with User.Read alone: no names',
    source: 'List a user’s memberships',
    request: () => [
      'GET',
      '/me/transitiveMemberOf/microsoft.graph.directoryRole?$count=true',
      undefined,
      { ...eventual, scopes: ['User.Read'] },
    ],
    status: 200,
    shape: () => ({ value: [{ id: guid, displayName: null, roleTemplateId: null }] }),
  },
  {
    does: 'GET own memberships: groups and roles',
    source: 'List a user’s memberships',
    request: () => ['GET', '/me/transitiveMemberOf'],
    status: 200,
    shape: () => ({
      '@odata.context': context('directoryObjects'),
      value: (value: unknown) =>
        including({ '@odata.type': '#microsoft.graph.group', displayName: text, securityEnabled: flag })(
          value,
        ) && including({ '@odata.type': '#microsoft.graph.directoryRole', displayName: text })(value),
    }),
  },
];

describeShapes('documented shapes: people', people, () => undefined);
describeShapes('documented shapes: groups and members', groups, () => undefined);
describeShapes('documented shapes: batches', batches, () => undefined);
describeShapes('documented shapes: the caller', own, () => undefined);
