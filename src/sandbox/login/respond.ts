import { randomBytes } from 'node:crypto';
import type { LoginContext } from './context.ts';
import { errorBody } from './errors.ts';
import type { AadstsError } from './errors.ts';
import { show } from './pages/frame.ts';
import { formPostPage, messagePage } from './pages/messagePages.ts';

/** Ways in which an answer reaches the application. */
export const responseModes = ['query', 'fragment', 'form_post'] as const;
export type ResponseMode = (typeof responseModes)[number];

/** Where and how an application waits for its answer. */
export interface Reply {
  /** Undefined: nowhere; the answer is a page. */
  readonly redirectUri: string | undefined;
  readonly mode: ResponseMode;
  readonly state: string | undefined;
  /** The request had `prompt=none`. */
  readonly silent: boolean;
}

/** Brings the answer to the redirect URI in the way that was asked for. */
export async function respond(
  context: LoginContext,
  { redirectUri, mode, state }: Reply,
  answer: Record<string, string>,
): Promise<Response> {
  const { tenant } = context.state;
  const fields = { ...answer, ...(state === undefined ? {} : { state }) };
  if (redirectUri === undefined) {
    const refused = answer['error_description'];
    return show(
      refused === undefined
        ? messagePage(tenant, { title: 'Consent was given', text: 'You can close this page.' })
        : messagePage(tenant, { title: 'Consent was not given', text: refused }),
    );
  }
  if (mode === 'form_post') {
    const nonce = randomBytes(16).toString('base64');
    return show(formPostPage(tenant, redirectUri, fields, nonce), 200, nonce);
  }
  const parameters = new URLSearchParams(fields).toString();
  const separator = mode === 'fragment' ? '#' : redirectUri.includes('?') ? '&' : '?';
  return new Response(null, {
    status: 302,
    headers: { Location: `${redirectUri}${separator}${parameters}`, 'Cache-Control': 'no-store' },
  });
}

/** Brings a refusal to the redirect URI. */
export function respondRefusal(context: LoginContext, reply: Reply, error: AadstsError): Promise<Response> {
  const body = errorBody(error);
  return respond(context, reply, {
    error: authorizeError(error, reply.silent),
    error_description: String(body['error_description']),
    error_uri: String(body['error_uri']),
    ...(error.code === 65004 ? { error_subcode: 'cancel' } : {}),
  });
}

/** OAuth's name of a refusal at the authorization endpoint, where there is no grant yet that could be invalid. */
function authorizeError({ code, entry }: AadstsError, silent: boolean): string {
  if (entry.error !== 'invalid_grant') return entry.error;
  if (entry.suberror === 'consent_required') return 'consent_required';
  if (code === 9002313) return 'invalid_request';
  return silent ? 'interaction_required' : 'access_denied';
}
