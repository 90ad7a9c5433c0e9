import * as v from 'valibot';
import type { SandboxEndpoints } from './connection.ts';

/** Loopback and nothing else: what a sandbox says of itself must never lead a token elsewhere. */
const address = v.pipe(
  v.string(),
  v.url(),
  v.check((value) => isLoopback(new URL(value)), 'Not an address on this machine.'),
  v.check((value) => !value.endsWith('/'), 'Ends in a slash.'),
);

const line = v.object({
  graph: address,
  login: address,
  scim: address,
  console: address,
  control: address,
  dns: v.object({
    host: v.picklist(['127.0.0.1']),
    port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65535)),
  }),
  tenantId: v.pipe(v.string(), v.uuid()),
  accounts: v.array(
    v.object({ userPrincipalName: v.string(), password: v.string(), roles: v.array(v.string()) }),
  ),
  accessToken: v.string(),
  caFile: v.optional(v.string()),
});

/**
 * Reads the first line that a sandbox prints (src/sandbox/README.md). Throws an `Error` that says what is wrong with
 * it, without repeating it: it holds an access token.
 */
export function parseSandboxLine(text: string): SandboxEndpoints {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), line), text);
  if (parsed.success) {
    const { caFile, ...rest } = parsed.output;
    return caFile === undefined ? rest : { ...rest, caFile };
  }
  const where = parsed.issues.map((issue) => v.getDotPath(issue) ?? 'the line itself').join(', ');
  throw new Error(`The sandbox described itself in a way this tool does not understand: ${where}.`);
}

function isLoopback(url: URL): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname) || url.hostname.endsWith('.localhost');
}
