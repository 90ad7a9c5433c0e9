import { randomBytes, randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import type { GraphObject } from '../../state.ts';
import { metadata } from '../context.ts';
import type { GraphDeps, GraphEnv } from '../context.ts';
import { badRequest } from '../errors.ts';
import { allow, needs } from '../permissions.ts';
import { bodyOf, isJson, onlyKnown, stringOf } from '../requestBody.ts';
import type { Json } from '../requestBody.ts';
import { writeByKey } from './find.ts';
import { storeApplication } from './store.ts';

const twoYearsMs = 2 * 365.25 * 24 * 3_600_000;

/**
 * Client secrets of an application (Microsoft Graph: application: addPassword, removePassword). The secret stands in the
 * answer to `addPassword` and in no other; PATCH can't set it.
 */
export function passwordRoutes(deps: GraphDeps): Hono<GraphEnv> {
  const { state } = deps;
  const routes = new Hono<GraphEnv>();

  routes.post('/applications/:id/addPassword', allow(needs.writeApplications), async (c) => {
    const application = writeByKey(state, 'applications', c.req.param('id'));
    const body = await bodyOf(c, { optional: true });
    onlyKnown(body, { writable: ['passwordCredential'] }, 'addPassword');
    const credential = newCredential(body['passwordCredential'] ?? {}, state.clock.now());
    storeApplication(
      { ...application, passwordCredentials: [...credentialsOf(application), credential] },
      state,
    );
    return c.json({
      '@odata.context': metadata(deps, 'microsoft.graph.passwordCredential'),
      ...credential,
    });
  });

  routes.post('/applications/:id/removePassword', allow(needs.writeApplications), async (c) => {
    const application = writeByKey(state, 'applications', c.req.param('id'));
    const keyId = stringOf(await bodyOf(c), 'keyId').toLowerCase();
    const credentials = credentialsOf(application);
    const kept = credentials.filter((one) => one['keyId'] !== keyId);
    if (kept.length === credentials.length)
      throw badRequest(`No password credential found with keyId '${keyId}'.`);
    storeApplication({ ...application, passwordCredentials: kept }, state);
    return c.body(null, 204);
  });

  return routes;
}

function newCredential(given: unknown, now: number): Json {
  if (!isJson(given)) throw badRequest("Invalid value specified for property 'passwordCredential'.");
  onlyKnown(
    given,
    {
      writable: ['displayName', 'startDateTime', 'endDateTime'],
      readOnly: ['keyId', 'secretText', 'hint', 'customKeyIdentifier'],
    },
    'PasswordCredential',
  );
  const moment = (name: string, otherwise: number): string => {
    const value = given[name] ?? undefined;
    const at = value === undefined ? otherwise : typeof value === 'string' ? Date.parse(value) : Number.NaN;
    if (Number.isNaN(at)) throw badRequest(`Invalid value specified for property '${name}'.`);
    return new Date(at).toISOString();
  };
  const startDateTime = moment('startDateTime', now);
  const secretText = randomBytes(30).toString('base64url');
  return {
    customKeyIdentifier: null,
    displayName: given['displayName'] ?? null,
    endDateTime: moment('endDateTime', Date.parse(startDateTime) + twoYearsMs),
    hint: secretText.slice(0, 3),
    keyId: randomUUID(),
    secretText,
    startDateTime,
  };
}

function credentialsOf(application: GraphObject): Json[] {
  const credentials = application['passwordCredentials'];
  return Array.isArray(credentials) ? credentials.filter(isJson) : [];
}
