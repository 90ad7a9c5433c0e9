import { Hono } from 'hono';
import type { GraphUser } from '../state.ts';
import { findUserByName } from '../tenant/findUser.ts';
import type { GraphDeps, GraphEnv } from './context.ts';
import { readUser } from './directoryReads.ts';
import { entityTypes } from './entityTypes.ts';
import { badRequest, notEmulated, notFound } from './errors.ts';
import { allow, needs } from './permissions.ts';
import { bodyOf, onlyKnown, stringOf } from './requestBody.ts';
import type { Json } from './requestBody.ts';

/** Texts that may be set, and whether they may be empty. */
const texts = {
  displayName: 'required',
  mailNickname: 'required',
  userPrincipalName: 'required',
  givenName: 'optional',
  surname: 'optional',
  jobTitle: 'optional',
  department: 'optional',
  employeeId: 'optional',
  mobilePhone: 'optional',
  officeLocation: 'optional',
  city: 'optional',
  country: 'optional',
  preferredLanguage: 'optional',
  mail: 'optional',
} as const;
const others = ['accountEnabled', 'businessPhones'];
const readOnly = [
  'id',
  'createdDateTime',
  'creationType',
  'deletedDateTime',
  'assignedPlans',
  'proxyAddresses',
];

/** Changing people (Microsoft Graph: Update user, Assign manager, Remove manager). */
export function userWriteRoutes(deps: GraphDeps): Hono<GraphEnv> {
  const { state } = deps;
  const { tenant, replication } = state;
  const routes = new Hono<GraphEnv>();
  const store = (user: GraphUser): void => {
    replication.before('users', user.id);
    tenant.users.set(user.id, user);
  };
  const latest = (segment: string): GraphUser => {
    const user = tenant.users.get(readUser(state, segment).id);
    if (!user) throw notFound(segment);
    return user;
  };

  routes.patch('/users/:id', allow(needs.writeUsers), async (c) => {
    const user = latest(c.req.param('id'));
    const body = await bodyOf(c);
    const writable = [...Object.keys(texts), ...others];
    const foreign = [...entityTypes.user.properties].find(
      (name) => name in body && !writable.includes(name) && !readOnly.includes(name),
    );
    if (foreign !== undefined) throw notEmulated(`setting '${foreign}' of a user`);
    onlyKnown(body, { writable, readOnly }, 'User');
    const next = { ...user, ...changes(body) };
    if (next.userPrincipalName !== user.userPrincipalName) checkName(next, user);
    store(next);
    return c.body(null, 204);
  });

  routes.put('/users/:id/manager/$ref', allow(needs.writeUsers), async (c) => {
    const user = latest(c.req.param('id'));
    const link = stringOf(await bodyOf(c), '@odata.id');
    const [, key] = /\/(?:directoryObjects|users)[(/]'?([^/']+?)'?\)?$/.exec(link) ?? [];
    if (key === undefined) throw badRequest(`Invalid URL format specified in @odata.id: '${link}'.`);
    store({ ...user, managerId: latest(key).id });
    return c.body(null, 204);
  });

  routes.delete('/users/:id/manager/$ref', allow(needs.writeUsers), (c) => {
    const user = latest(c.req.param('id'));
    if (user.managerId === null) throw notFound('manager');
    store({ ...user, managerId: null });
    return c.body(null, 204);
  });

  /** A name must be free, and of a domain that the tenant has proved to own. */
  function checkName(next: GraphUser, user: GraphUser): void {
    const name = next.userPrincipalName;
    const [, domain = ''] = /^[^@\s]+@([^@\s]+)$/.exec(name) ?? [];
    if (!tenant.verifiedDomains.includes(domain.toLowerCase()))
      throw badRequest(
        'The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization.',
      );
    const holder = findUserByName(tenant, name);
    if (holder && holder.id !== user.id)
      throw badRequest(
        'Another object with the same value for property userPrincipalName already exists.',
        'Request_MultipleObjectsWithSameKeyValue',
      );
    if (tenant.accounts.some((account) => account.userId === user.id))
      throw notEmulated('renaming an account that signs in to the sandbox');
  }

  return routes;
}

function changes(body: Json): Partial<GraphUser> {
  const changed: Record<string, unknown> = {};
  for (const [name, kind] of Object.entries(texts)) {
    if (!(name in body)) continue;
    const value = body[name];
    const fits = value === null ? kind === 'optional' : typeof value === 'string' && value !== '';
    if (!fits) throw invalid(name);
    changed[name] = value;
  }
  if ('accountEnabled' in body) {
    if (typeof body['accountEnabled'] !== 'boolean') throw invalid('accountEnabled');
    changed['accountEnabled'] = body['accountEnabled'];
  }
  if ('businessPhones' in body) {
    const phones = body['businessPhones'];
    // One number only can be set (Microsoft Graph: user resource type).
    if (!Array.isArray(phones) || phones.length > 1 || phones.some((one) => typeof one !== 'string'))
      throw invalid('businessPhones');
    changed['businessPhones'] = phones;
  }
  return changed;
}

function invalid(name: string): Error {
  return badRequest(`Invalid value specified for property '${name}' of resource 'User'.`);
}
