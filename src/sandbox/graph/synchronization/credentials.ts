import type { CredentialsToValidate } from '../../provisioning/types.ts';
import { badRequest } from '../errors.ts';
import { isJson, onlyKnown } from '../requestBody.ts';
import type { Json } from '../requestBody.ts';
import { checkKey } from './secrets.ts';

const known = ['templateId', 'useSavedCredentials', 'credentials', 'applicationIdentifier'];

/** Body of `validateCredentials`, checked (Microsoft Graph: synchronizationJob: validateCredentials). */
export function credentialsToValidate(body: Json): CredentialsToValidate {
  onlyKnown(body, { writable: known }, 'validateCredentials');
  const { templateId, useSavedCredentials: saved, credentials } = body;
  if (typeof templateId !== 'string' && typeof body['applicationIdentifier'] !== 'string')
    throw missing('templateId');
  if (saved !== true && !Array.isArray(credentials)) throw missing('credentials');
  const pairs = (Array.isArray(credentials) ? credentials : []).map((pair: unknown) => {
    if (!isJson(pair) || typeof pair['key'] !== 'string' || typeof pair['value'] !== 'string')
      throw missing('credentials');
    checkKey(pair['key']);
    return { key: pair['key'], value: pair['value'] };
  });
  return {
    ...(typeof templateId === 'string' ? { templateId } : {}),
    useSavedCredentials: saved === true,
    ...(saved === true ? {} : { credentials: pairs }),
  };
}

function missing(name: string): Error {
  return badRequest(`The required parameter '${name}' is missing.`, 'RequestMissingRequiredParameter');
}
