import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import type { Context } from 'hono';
import type { KiroProfile, SandboxState } from '../state.ts';
import { resourceTypes, schemas, serviceProviderConfig } from './discovery.ts';
import { errorBody, ScimError } from './errors.ts';
import { createGroup, deleteGroup, findGroups, patchGroup, showGroup } from './groups.ts';
import { pageOf } from './paging.ts';
import { createUser, deleteUser, findUsers, patchUser, replaceUser, showUser } from './users.ts';

const MAX_BODY = 1_048_576;

/**
 * Kiro's SCIM endpoint at `/{scimTenant}/scim/v2`. Every request needs a token of the profile; without one, without a
 * profile, and with another tenant in the path the answer is 401.
 */
export function createScimApp(state: SandboxState): Hono {
  const app = new Hono();
  const root = '/:scimTenant/scim/v2';

  app.onError((error, c) => {
    if (error instanceof ScimError) return send(c, errorBody(error, state.clock.now()), error.status);
    throw error;
  });
  app.notFound((c) => {
    authorize(state, c, c.req.path.split('/')[1] ?? '');
    return send(c, errorBody(new ScimError(404, 'Resource not found.'), state.clock.now()), 404);
  });

  const base = (c: Context): string =>
    `${new URL(c.req.url).origin}/${c.req.param('scimTenant') ?? ''}/scim/v2`;
  const profileOf = (c: Context): KiroProfile => authorize(state, c, c.req.param('scimTenant') ?? '');
  const listQuery = (c: Context): { count: string | undefined; cursor: string | undefined } => ({
    count: c.req.query('count'),
    cursor: c.req.query('cursor'),
  });

  app.get(`${root}/ServiceProviderConfig`, (c) => {
    profileOf(c);
    return send(c, serviceProviderConfig());
  });
  for (const [path, list] of [
    ['Schemas', schemas],
    ['ResourceTypes', resourceTypes],
  ] as const) {
    app.get(`${root}/${path}`, (c) => {
      profileOf(c);
      const all = list();
      return send(c, {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
        totalResults: all.length,
        itemsPerPage: all.length,
        startIndex: 1,
        Resources: all,
      });
    });
    app.get(`${root}/${path}/:id`, (c) => {
      profileOf(c);
      return send(c, found(list().find((one) => one['id'] === c.req.param('id'))));
    });
  }

  app.get(`${root}/Users`, (c) => {
    const all = findUsers(profileOf(c), c.req.query('filter'));
    const at = base(c);
    return send(
      c,
      pageOf(all, listQuery(c), (user) => showUser(user, at)),
    );
  });
  app.post(`${root}/Users`, async (c) => {
    const profile = profileOf(c);
    const user = createUser(profile, await bodyOf(c), state.clock.now());
    c.header('Location', `${base(c)}/Users/${user.id}`);
    return send(c, showUser(user, base(c)), 201);
  });
  app.get(`${root}/Users/:id`, (c) =>
    send(c, showUser(found(profileOf(c).users.get(c.req.param('id'))), base(c))),
  );
  app.patch(`${root}/Users/:id`, async (c) => {
    const profile = profileOf(c);
    const user = found(profile.users.get(c.req.param('id')));
    patchUser(profile, user, await bodyOf(c), state.clock.now());
    return send(c, showUser(user, base(c)));
  });
  app.put(`${root}/Users/:id`, async (c) => {
    const profile = profileOf(c);
    const user = found(profile.users.get(c.req.param('id')));
    replaceUser(profile, user, await bodyOf(c), state.clock.now());
    return send(c, showUser(user, base(c)));
  });
  app.delete(`${root}/Users/:id`, (c) => {
    const profile = profileOf(c);
    deleteUser(profile, found(profile.users.get(c.req.param('id'))));
    return c.body(null, 204);
  });

  app.get(`${root}/Groups`, (c) => {
    const all = findGroups(profileOf(c), c.req.query('filter'));
    const at = base(c);
    return send(
      c,
      pageOf(all, listQuery(c), (group) => showGroup(group, at)),
    );
  });
  app.post(`${root}/Groups`, async (c) => {
    const profile = profileOf(c);
    const group = createGroup(profile, await bodyOf(c), state.clock.now());
    c.header('Location', `${base(c)}/Groups/${group.id}`);
    return send(c, showGroup(group, base(c)), 201);
  });
  app.get(`${root}/Groups/:id`, (c) =>
    send(c, showGroup(found(profileOf(c).groups.get(c.req.param('id'))), base(c))),
  );
  app.patch(`${root}/Groups/:id`, async (c) => {
    const profile = profileOf(c);
    patchGroup(profile, found(profile.groups.get(c.req.param('id'))), await bodyOf(c), state.clock.now());
    return c.body(null, 204);
  });
  app.delete(`${root}/Groups/:id`, (c) => {
    const profile = profileOf(c);
    deleteGroup(profile, found(profile.groups.get(c.req.param('id'))));
    return c.body(null, 204);
  });
  return app;
}

/** Address of the endpoint as the console shows it and as Entra wants it. */
export function scimEndpoint(state: SandboxState): string {
  return `${state.origins.scim}/${state.kiro.profile?.scimTenant ?? state.kiro.scimTenant}/scim/v2`;
}

function authorize(state: SandboxState, c: Context, scimTenant: string): KiroProfile {
  const { profile } = state.kiro;
  const given = /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  const known = profile?.tokens.some((token) => given !== undefined && same(token.secret, given)) ?? false;
  if (!profile || !known || scimTenant !== profile.scimTenant)
    throw new ScimError(401, 'Request is unauthorized.');
  return profile;
}

function same(a: string, b: string): boolean {
  const [x, y] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return x !== undefined && y !== undefined && timingSafeEqual(x, y);
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new ScimError(404, 'Resource not found.');
  return value;
}

async function bodyOf(c: Context): Promise<unknown> {
  const text = await c.req.text();
  if (text.length > MAX_BODY) throw new ScimError(413);
  try {
    return JSON.parse(text);
  } catch {
    throw new ScimError(400);
  }
}

function send(
  c: Context,
  body: Record<string, unknown>,
  status: ScimError['status'] | 200 | 201 = 200,
): Response {
  return c.body(JSON.stringify(body), status, { 'Content-Type': 'application/scim+json' });
}
