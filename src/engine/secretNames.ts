import type { Json } from '../guide/change.ts';

/** Key in secret storage of a connection's SCIM token. */
export function scimTokenKey(connectionKey: string): string {
  return `scimToken/${connectionKey}`;
}

/** Puts secrets where a planned body holds `{ "$secret": name }`. Only the body that is sent holds them. */
export function withSecrets(body: Json, secretOf: (name: string) => string): Json {
  if (Array.isArray(body)) return body.map((item: Json) => withSecrets(item, secretOf));
  if (typeof body !== 'object' || body === null) return body;
  const record = body as { readonly [key: string]: Json | undefined };
  const name = record['$secret'];
  if (typeof name === 'string') return secretOf(name);
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [
      key,
      value === undefined ? undefined : withSecrets(value, secretOf),
    ]),
  );
}

/** Whether a planned body needs the named secret. */
export function needsSecret(body: Json | undefined): boolean {
  return body !== undefined && JSON.stringify(body).includes('"$secret"');
}
