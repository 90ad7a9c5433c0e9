import * as v from 'valibot';
import type { SandboxEndpoints } from './connection.ts';

/** Loopback and nothing else: what a sandbox says of itself must never lead a token elsewhere. */
const address = v.pipe(
  v.string(),
  v.url(),
  v.check((value) => isLoopback(new URL(value)), 'Not an address on this machine.'),
  v.check((value) => !value.endsWith('/'), 'Ends in a slash.'),
);

const socket = v.object({
  host: v.picklist(['127.0.0.1']),
  port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65535)),
});

const account = v.object({
  userPrincipalName: v.string(),
  password: v.string(),
  roles: v.array(v.string()),
});

const line = v.object({
  graph: v.pipe(address, v.endsWith('/v1.0')),
  login: address,
  scim: v.pipe(address, v.endsWith('/scim/v2')),
  console: address,
  control: address,
  dns: v.object({ ...socket.entries, addresses: v.record(v.pipe(v.string(), v.ip()), socket) }),
  resolver: v.object({ ...socket.entries, doh: address, internal: socket }),
  tenantId: v.pipe(v.string(), v.uuid()),
  accounts: v.array(account),
  accessToken: v.string(),
  tenants: v.optional(
    v.array(
      v.object({
        tenantId: v.pipe(v.string(), v.uuid()),
        displayName: v.string(),
        scim: v.pipe(address, v.endsWith('/scim/v2')),
        console: address,
        accounts: v.array(account),
        accessToken: v.string(),
      }),
    ),
    () => [],
  ),
  cloud: v.exactOptional(v.picklist(['global', 'usgov', 'dod', 'china'])),
  caFile: v.optional(v.string()),
});

/**
 * Reads the first line that a sandbox prints (src/sandbox/README.md). Throws an `Error` that says what is wrong with
 * it, without repeating it: it holds an access token. A sandbox of this window's own speaks plain http on 127.0.0.1 and
 * nothing else; `https` is for one that was started with it.
 */
export function parseSandboxLine(text: string, { https = true } = {}): SandboxEndpoints {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), line), text);
  if (!parsed.success) {
    const where = parsed.issues.map((issue) => v.getDotPath(issue) ?? 'the line itself').join(', ');
    throw new Error(`The sandbox described itself in a way this tool does not understand: ${where}.`);
  }
  const { caFile, ...rest } = parsed.output;
  const { graph, login, scim, console, control, resolver, tenants } = rest;
  const all = [
    ...[graph, login, scim, console, control, resolver.doh],
    ...tenants.flatMap((one) => [one.scim, one.console]),
  ];
  if (
    !https &&
    !all.every((one) => new URL(one).protocol === 'http:' && new URL(one).hostname === '127.0.0.1')
  )
    throw new Error('The sandbox is not one of this window: its servers are not plain http on 127.0.0.1.');
  return caFile === undefined ? rest : { ...rest, caFile };
}

function isLoopback(url: URL): boolean {
  if (!['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '') return false;
  return ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname) || url.hostname.endsWith('.localhost');
}
