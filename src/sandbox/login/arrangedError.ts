import type { Tenant } from '../state.ts';
import type { Client } from './clients.ts';
import { AadstsError } from './errors.ts';
import type { AadstsCode } from './errors.ts';

/** Whom and what a refusal names. */
export interface Names {
  readonly tenant: Tenant;
  readonly client: Client;
  readonly resourceAppId: string;
  readonly userPrincipalName: string;
}

/** A refusal that the control server arranged, its sentence filled in for whoever meets it. */
export function arrangedError(code: AadstsCode, names: Names): AadstsError {
  return new AadstsError(code, ...argumentsOf(code, names));
}

function argumentsOf(
  code: AadstsCode,
  { tenant, client, resourceAppId, userPrincipalName }: Names,
): string[] {
  switch (code) {
    case 50020:
    case 90072:
      return [userPrincipalName, 'live.com', tenant.displayName, client.appId, client.displayName];
    case 50034:
      return [userPrincipalName, tenant.displayName];
    case 50076:
    case 50078:
    case 50079:
      return [resourceAppId];
    case 50105:
      return [client.displayName, client.appId, userPrincipalName];
    case 65002:
      return [client.appId, resourceAppId];
    case 90094:
      return [client.displayName];
    case 700016:
      return [client.appId, tenant.displayName];
    default:
      return [client.appId, client.displayName];
  }
}
