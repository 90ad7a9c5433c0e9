import { randomUUID } from 'node:crypto';

interface Entry {
  /** OAuth's `error` value. */
  readonly error: string;
  /** Sentence as Entra words it; `{0}`… are filled in. */
  readonly text: string;
  readonly suberror?: string;
  /** Shown on Entra's own page, never returned to the application. */
  readonly page?: true;
}

/** Microsoft identity platform: authentication and authorization error codes. */
const entries = {
  16000: {
    error: 'interaction_required',
    text: 'Either multiple user identities are available for the current request or selected account is not supported for the scenario.',
  },
  28000: {
    error: 'invalid_scope',
    text: 'Provided value for the input parameter scope is not valid because it contains more than one resource. Scope {0} is not valid.',
  },
  50001: {
    error: 'invalid_resource',
    text: 'The application is not found in the directory or the resource is missing from the request.',
  },
  50011: {
    error: 'invalid_request',
    page: true,
    text: "The redirect URI '{0}' specified in the request does not match the redirect URIs configured for the application '{1}'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal. Navigate to https://aka.ms/redirectUriMismatchError to learn more about how to troubleshoot this error.",
  },
  50034: {
    error: 'invalid_grant',
    text: 'The user account {0} does not exist in the {1} directory. To sign into this application, the account must be added to the directory.',
  },
  50057: { error: 'invalid_grant', text: 'The user account is disabled.' },
  50058: { error: 'login_required', text: 'A silent sign-in request was sent but no user is signed in.' },
  50105: {
    error: 'invalid_grant',
    page: true,
    text: "Your administrator has configured the application {0} ('{1}') to block users unless they are specifically granted ('assigned') access to the application. The signed in user '{2}' is blocked because they are not a direct member of a group with access, nor had access directly assigned by an administrator. Please contact your administrator to assign access to this application.",
  },
  50126: {
    error: 'invalid_grant',
    text: 'Error validating credentials due to invalid username or password.',
  },
  50173: {
    error: 'invalid_grant',
    text: 'The provided grant has expired due to it being revoked, a fresh auth token is needed.',
    suberror: 'bad_token',
  },
  54005: {
    error: 'invalid_grant',
    text: 'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
  },
  65001: {
    error: 'invalid_grant',
    suberror: 'consent_required',
    text: "The user or administrator has not consented to use the application with ID '{0}' named '{1}'. Send an interactive authorization request for this user and resource.",
  },
  65004: { error: 'access_denied', text: 'User declined to consent to access the app.' },
  70000: { error: 'invalid_grant', text: 'Provided grant is invalid or malformed.' },
  70003: { error: 'unsupported_grant_type', text: "The app requested an unsupported grant type '{0}'." },
  70008: {
    error: 'invalid_grant',
    text: 'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
  },
  70011: {
    error: 'invalid_scope',
    text: "The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope {0} is not valid.",
  },
  70016: {
    error: 'authorization_pending',
    text: 'OAuth 2.0 device flow error. Authorization is pending. Continue polling.',
  },
  70018: {
    error: 'bad_verification_code',
    text: 'Invalid verification code due to User typing in wrong user code for device code flow.',
  },
  70019: { error: 'expired_token', text: 'Verification code expired.' },
  90002: {
    error: 'invalid_request',
    page: true,
    text: "Tenant '{0}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.",
  },
  90094: {
    error: 'access_denied',
    page: true,
    text: '{0} needs permission to access resources in your organization that only an admin can grant. Please ask an admin to grant permission to this app before you can use it.',
  },
  500011: {
    error: 'invalid_resource',
    text: 'The resource principal named {0} was not found in the tenant named {1}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.',
  },
  501481: {
    error: 'invalid_grant',
    text: 'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
  },
  650053: {
    error: 'invalid_client',
    text: "The application '{0}' asked for scope '{1}' that doesn't exist on the resource '{2}'. Contact the app vendor.",
  },
  700016: {
    error: 'unauthorized_client',
    page: true,
    text: "Application with identifier '{0}' was not found in the directory '{1}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.",
  },
  700051: {
    error: 'unsupported_response_type',
    text: "response_type '{0}' is not enabled for the application.",
  },
  700054: {
    error: 'invalid_request',
    text: "The value '{0}' of the parameter 'response_mode' is not supported.",
  },
  900144: { error: 'invalid_request', text: "The request body must contain the following parameter: '{0}'." },
  7000112: { error: 'unauthorized_client', page: true, text: "Application '{0}'({1}) is disabled." },
  7000215: {
    error: 'invalid_client',
    text: "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '{0}'.",
  },
  7000218: {
    error: 'invalid_client',
    text: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  },
} as const satisfies Record<number, Entry>;

export type AadstsCode = keyof typeof entries;

/** A refusal of the login server: an AADSTS code with its sentence. */
export class AadstsError extends Error {
  readonly code: AadstsCode;
  constructor(code: AadstsCode, ...args: string[]) {
    super(
      `AADSTS${String(code)}: ${entries[code].text.replace(/\{(\d)\}/g, (_, n: string) => args[Number(n)] ?? '')}`,
    );
    this.code = code;
  }

  get entry(): Entry {
    return entries[this.code];
  }
}

/** The body of a token endpoint's refusal, as Entra shapes it. `authorization_pending` and the like come with 400 too. */
export function errorBody(error: AadstsError): Record<string, unknown> {
  const trace = randomUUID();
  const correlation = randomUUID();
  const timestamp = `${new Date().toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const { error: name, suberror } = error.entry;
  return {
    error: name,
    error_description: `${error.message} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
    error_codes: [error.code],
    timestamp,
    trace_id: trace,
    correlation_id: correlation,
    error_uri: `https://login.microsoftonline.com/error?code=${String(error.code)}`,
    ...(suberror ? { suberror } : {}),
  };
}

/** HTTP status of a token endpoint's refusal. */
export function errorStatus(error: AadstsError): 400 | 401 {
  return error.entry.error === 'invalid_client' ? 401 : 400;
}
