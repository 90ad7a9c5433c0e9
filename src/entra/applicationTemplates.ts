import * as v from 'valibot';
import type { KeptApplication } from '../guide/kept.ts';
import { parsed } from './parse.ts';

const created = parsed(
  v.looseObject({
    application: v.looseObject({ id: v.string(), appId: v.string() }),
    servicePrincipal: v.looseObject({ id: v.string() }),
  }),
);

/**
 * The two objects that `instantiate` made (Microsoft Graph: applicationTemplate: instantiate). Throws a `GraphError` of
 * reason `malformed` for an answer that does not name both.
 */
export function parseCreatedApplication(body: unknown): KeptApplication {
  const { application, servicePrincipal } = created(body);
  return {
    appId: application.appId,
    applicationId: application.id,
    servicePrincipalId: servicePrincipal.id,
  };
}
