import { text, type Text } from '../text.ts';

/** What is known about a failed Graph request; `entra/graphError.ts` has this shape. */
export interface GraphFailure {
  readonly reason: string;
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly retryAfter?: number | undefined;
}

/**
 * A failed request to Microsoft Graph as a sentence for an admin: what happened, why, what to do. Codes are those of
 * "Microsoft Graph error responses" and of the pages of each operation; Graph's own words come last, for support.
 */
export function explainGraphError(failure: GraphFailure): Text {
  return byCode(failure) ?? byMessage(failure.message) ?? byReason(failure);
}

function byCode({ code, message }: GraphFailure): Text | undefined {
  switch (code) {
    case 'Authorization_RequestDenied':
    case 'Authentication_MSGraphPermissionMissing':
      return notAllowed;
    case 'InsufficientClaims':
      return text(
        'Entra asks for a stronger or a fresh sign-in and was not content with the one you gave. A Conditional Access policy or a revoked session is behind it: sign out, sign in again and meet what the page asks for.',
      );
    case 'InvalidAuthenticationToken':
      return text('Entra no longer accepts the sign-in. Sign in again.');
    case 'Authentication_RequestFromNonPremiumTenantOrB2CTenant':
      return text('The tenant has no Entra ID P1 or P2, which this needs.');
    case 'CannotDeleteOrUpdateEnabledEntitlement':
      return text(
        'Entra alters or removes a scope only while it is disabled, and this takes a moment to be known everywhere. Apply again in a minute.',
      );
    case 'HostNameNotOnVerifiedDomain':
      return text('Entra takes this application ID URI only for a verified domain of the tenant.');
    case 'Request_MultipleObjectsWithSameKeyValue':
      return text(
        'Another object of the tenant, perhaps a deleted application, has this value already: {0}',
        message,
      );
    case 'CredentialValidationUnavailable':
    case 'SystemForCrossDomainIdentityManagementCredentialValidationUnavailable':
    case 'SystemForCrossDomainIdentityManagementCredentialValidationFailure':
    case 'SystemForCrossDomainIdentityManagementInvalidCredentials':
      return text(
        'Entra reached the SCIM endpoint and was refused, or could not reach it. Check the endpoint and enter a token that the Kiro console still lists.',
      );
    case 'RequestMissingRequiredParameter':
      return text('Entra misses a value in the request: {0}', message);
    default:
      return undefined;
  }
}

/** Two cases that Graph tells apart by words only. */
function byMessage(message: string): Text | undefined {
  if (/permission being assigned already exists/i.test(message)) return text('It is assigned already.');
  if (/not a valid reference update/i.test(message)) {
    return text('Entra does not know the new object everywhere yet. Apply again in a minute.');
  }
  return undefined;
}

const notAllowed = text(
  'Your account may not do this. Activate Application Administrator or Cloud Application Administrator, or ask someone who has it.',
);

function byReason({ reason, status, message, retryAfter }: GraphFailure): Text {
  switch (reason) {
    case 'permission':
    // Provisioning answers 401 also where a role or permission is missing.
    case 'unauthorized':
      return notAllowed;
    case 'not-found':
      return text(
        'Entra does not find it: it was deleted, or is not known everywhere yet. Look again in a minute.',
      );
    case 'conflict':
      return text('It is there already, or something else is changing it. Look again.');
    case 'throttled':
      return retryAfter === undefined
        ? text('Microsoft Graph asks for fewer requests. Try again in a minute.')
        : text('Microsoft Graph asks for fewer requests. Try again in {0} seconds.', retryAfter);
    case 'network':
      return text('Microsoft Graph could not be reached. Check the network and the proxy, then try again.');
    case 'malformed':
      return text('The answer is not one of Microsoft Graph. A proxy may have answered in its place.');
    case 'bad-request':
      return text('Entra does not take the request: {0}', message);
    default:
      return text('Microsoft Graph has a fault of its own (status {0}). Try again in a few minutes.', status);
  }
}
