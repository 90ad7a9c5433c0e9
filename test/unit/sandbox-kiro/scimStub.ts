import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { listen } from './fixture.ts';

export type Json = Record<string, unknown>;

/** One request that a stub got. */
export interface Recorded {
  readonly method: string;
  /** Path below the tenant URL with its query, decoded. */
  readonly path: string;
  readonly body: Json;
  readonly contentType: string | undefined;
}

/** A small SCIM server that takes any attribute, written apart from Kiro's: it answers what RFC 7644 allows, sparsely. */
export interface ScimStub {
  readonly baseAddress: string;
  readonly requests: Recorded[];
  readonly users: Map<string, Json>;
  readonly groups: Map<string, Json>;
  /** Answers in place of the stub where it returns something; `drop` closes the connection without an answer. */
  answer: (request: Recorded) => Response | Promise<Response | undefined> | 'drop' | undefined;
  /** `METHOD path` of each request. */
  readonly lines: () => string[];
  /** Operations of every PATCH below a path. */
  readonly operations: (below: string) => Json[];
  readonly close: () => Promise<void>;
}

/** Starts a stub. PATCH answers 204 without a body, nothing has a Location, PUT is not there. */
export async function startScimStub(): Promise<ScimStub> {
  const app = new Hono();
  const users = new Map<string, Json>();
  const groups = new Map<string, Json>();
  const requests: Recorded[] = [];
  let made = 0;
  const of = (c: Context): Map<string, Json> => (c.req.path.includes('/Users') ? users : groups);
  const list = (found: Json[]): Json => ({ totalResults: found.length, Resources: found });

  app.use(async (c, next) => {
    const { pathname, search } = new URL(c.req.url);
    const text = await c.req.raw.clone().text();
    const recorded: Recorded = {
      method: c.req.method,
      path: decodeURIComponent(pathname.replace('/any/scim', '') + search),
      body: text === '' ? {} : (JSON.parse(text) as Json),
      contentType: c.req.header('content-type'),
    };
    requests.push(recorded);
    const instead = await stub.answer(recorded);
    if (instead === 'drop') {
      (c.env as HttpBindings).incoming.socket.destroy();
      return c.body(null, 504);
    }
    if (instead) return instead;
    return next();
  });
  app.get('/any/scim/:kind', (c) => {
    const clauses = [...(c.req.query('filter') ?? '').matchAll(/(\S+) eq "([^"]*)"/g)];
    const found = [...of(c).values()].filter((one) =>
      clauses.every(([, name = '', value]) =>
        name === 'members'
          ? memberIds(one).includes(value ?? '')
          : String(one[name]).toLowerCase() === value?.toLowerCase(),
      ),
    );
    return c.json(list(found));
  });
  app.get('/any/scim/:kind/:id', (c) => {
    const found = of(c).get(c.req.param('id'));
    const { members, ...rest } = found ?? {};
    return found
      ? c.json(c.req.query('excludedAttributes') ? rest : { ...rest, members })
      : c.body(null, 404);
  });
  app.post('/any/scim/:kind', async (c) => {
    const id = `${c.req.param('kind')}-${++made}`;
    const resource = { ...(await c.req.json<Json>()), id };
    of(c).set(id, resource);
    return c.json(resource, 201);
  });
  app.patch('/any/scim/:kind/:id', async (c) => {
    const resource = of(c).get(c.req.param('id'));
    if (!resource) return c.body(null, 404);
    for (const one of (await c.req.json<{ Operations: Json[] }>()).Operations) apply(resource, one);
    return c.body(null, 204);
  });
  app.delete('/any/scim/:kind/:id', (c) => c.body(null, of(c).delete(c.req.param('id')) ? 204 : 404));

  const server = await listen(app);
  const stub: ScimStub = {
    baseAddress: `${server.origin}/any/scim`,
    requests,
    users,
    groups,
    answer: () => undefined,
    lines: () => requests.map((one) => `${one.method} ${one.path}`),
    operations: (below) =>
      requests
        .filter((one) => one.method === 'PATCH' && one.path.startsWith(below))
        .flatMap((one) => one.body['Operations'] as Json[]),
    close: () => server.close(),
  };
  return stub;
}

function memberIds(group: Json): string[] {
  return ((group['members'] ?? []) as Json[]).map((one) => String(one['value']));
}

function apply(resource: Json, operation: Json): void {
  const op = String(operation['op']).toLowerCase();
  const path = operation['path'] as string | undefined;
  const { value } = operation;
  if (path === undefined) Object.assign(resource, value);
  else if (path.startsWith('members')) {
    const named = /"([^"]*)"/.exec(path)?.[1];
    const ids = named === undefined ? (value as Json[]).map((one) => String(one['value'])) : [named];
    const others = memberIds(resource).filter((id) => !ids.includes(id));
    resource['members'] = [...others, ...(op === 'add' ? ids : [])].map((id) => ({ value: id }));
  } else if (path.startsWith('emails[')) resource['emails'] = [{ type: 'work', value }];
  else resource[path] = path === 'active' ? String(value).toLowerCase() === 'true' : value;
}
