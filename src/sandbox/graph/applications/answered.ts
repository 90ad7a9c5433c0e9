import type { GraphObject } from '../../state.ts';
import { isJson } from '../requestBody.ts';

/** An application as it is answered: a client secret is told once, when it is made, and never again. */
export function answered(application: GraphObject): GraphObject {
  const credentials = application['passwordCredentials'];
  if (!Array.isArray(credentials) || credentials.length === 0) return application;
  const masked = credentials.map((one: unknown) => (isJson(one) ? { ...one, secretText: null } : one));
  return { ...application, passwordCredentials: masked };
}
