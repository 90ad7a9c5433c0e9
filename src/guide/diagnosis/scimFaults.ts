import { text, type Text } from '../text.ts';

/** What is known about a failed request to Kiro's SCIM endpoint; `scim/scimError.ts` has this shape. */
export interface ScimFailure {
  readonly reason: string;
  readonly status?: number | undefined;
  /** SCIM's `detail`. */
  readonly message?: string | undefined;
}

/**
 * A failure of Kiro's SCIM endpoint as a sentence. Statuses as AWS documents them for the related Identity Center endpoint
 * (SCIM developer guide, "Supported API operations").
 */
export function explainScimFault(failure: ScimFailure): Text {
  const byDetail = explainScimDetail(failure.message ?? '');
  if (byDetail !== undefined) return byDetail;
  switch (failure.status) {
    case 401:
      return refused;
    case 403:
      return text('Kiro does not let this token do that. Make a new token in the Kiro console and enter it.');
    case 404:
      return text('Kiro’s SCIM endpoint does not answer at this address. Copy it again from Kiro settings.');
    case 409:
      return text('Kiro has a person or group with this name or external ID already.');
    case 429:
      return text('Kiro’s SCIM endpoint asks for fewer requests. Check again in a minute.');
    default:
      return byReason(failure);
  }
}

/** What a SCIM `detail` says in Kiro's own words (kirodotdev/Kiro issues 9582, 10711; AWS SCIM troubleshooting). */
export function explainScimDetail(detail: string): Text | undefined {
  if (/mutability/i.test(detail)) {
    return text(
      'Kiro keeps the first external ID it received for a person and refuses another. The person’s record in Kiro has to be deleted before it can be provisioned again.',
    );
  }
  if (/unparsable|syntactically incorrect|violates schema/i.test(detail)) {
    return text(
      'Kiro refuses a value: a missing name, a character it does not take, or an attribute it does not support. Check the attribute mapping.',
    );
  }
  return undefined;
}

const refused = text(
  'Kiro’s SCIM endpoint refuses the token: it was revoked, or belongs to another profile or endpoint. Make a new one in the Kiro console and enter it.',
);

function byReason({ reason, status }: ScimFailure): Text {
  switch (reason) {
    case 'unauthorized':
    case 'permission':
      return refused;
    case 'network':
      return text(
        'Kiro’s SCIM endpoint could not be reached from here. Check the network and the proxy, then check again.',
      );
    case 'malformed':
      return text('The answer is not one of a SCIM endpoint. A proxy may have answered in its place.');
    case 'throttled':
      return text('Kiro’s SCIM endpoint asks for fewer requests. Check again in a minute.');
    default:
      return status === undefined
        ? text('Kiro’s SCIM endpoint has a fault of its own. Check again in a few minutes.')
        : text(
            'Kiro’s SCIM endpoint has a fault of its own (status {0}). Check again in a few minutes.',
            status,
          );
  }
}
