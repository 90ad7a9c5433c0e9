/**
 * An answer without the secrets that were sent: an error may repeat what it was given, and errors are shown, logged and
 * journaled. Secrets are what the pair `SecretToken` holds (Microsoft Graph: synchronizationSecretKeyStringValuePair), and
 * whatever has the form of an access token.
 */
export function withoutSecrets(answered: unknown, sent: unknown): unknown {
  const replace = (words: string): string =>
    secretsIn(sent)
      .reduce((left, secret) => left.replaceAll(secret, '…'), words)
      .replaceAll(/eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+/g, '…');
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return replace(value);
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, clean(one)]));
  };
  return clean(answered);
}

function secretsIn(sent: unknown): readonly string[] {
  if (Array.isArray(sent)) return sent.flatMap(secretsIn);
  if (typeof sent !== 'object' || sent === null) return [];
  const value: unknown = Reflect.get(sent, 'value');
  return Reflect.get(sent, 'key') === 'SecretToken' && typeof value === 'string' && value.length > 1
    ? [value]
    : Object.values(sent).flatMap(secretsIn);
}
