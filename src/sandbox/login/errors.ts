import { randomUUID } from 'node:crypto';
import type { AadstsEntry } from './aadstsEntry.ts';
import { requestCodes } from './aadstsRequest.ts';
import { signInCodes } from './aadstsSignIn.ts';

/** Microsoft identity platform: authentication and authorization error codes. */
export type AadstsCode = keyof typeof signInCodes | keyof typeof requestCodes;

const entries: Readonly<Record<AadstsCode, AadstsEntry>> = { ...signInCodes, ...requestCodes };

/** Whether the login server knows a code. */
export function isAadstsCode(code: unknown): code is AadstsCode {
  return typeof code === 'number' && code in entries;
}

/** A refusal of the login server: an AADSTS code with its sentence. */
export class AadstsError extends Error {
  readonly code: AadstsCode;
  /** Claims challenge (JSON) that a new request can answer. */
  claims: string | undefined;
  #name: string | undefined;

  constructor(code: AadstsCode, ...args: string[]) {
    super(
      `AADSTS${String(code)}: ${entries[code].text.replace(/\{(\d)\}/g, (_, n: string) => args[Number(n)] ?? '')}`,
    );
    this.code = code;
  }

  get entry(): AadstsEntry {
    const entry: AadstsEntry = entries[this.code];
    return this.#name === undefined ? entry : { ...entry, error: this.#name };
  }

  /** The same refusal under another OAuth `error`, where a flow has its own. */
  named(error: string): this {
    this.#name = error;
    return this;
  }

  /** The same refusal with claims that the client is to bring. */
  challenging(claims: string | undefined): this {
    this.claims = claims;
    return this;
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
    ...(error.claims === undefined ? {} : { claims: error.claims }),
  };
}

/** HTTP status of a token endpoint's refusal. */
export function errorStatus(error: AadstsError): 400 | 401 {
  return error.entry.error === 'invalid_client' ? 401 : 400;
}
