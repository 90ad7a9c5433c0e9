import * as v from 'valibot';
import type { SandboxEndpoints } from '../../engine/connection.ts';

/** Plain http on this machine and nothing else. */
const loopback = v.pipe(
  v.string(),
  v.url(),
  v.check((value) => {
    const url = new URL(value);
    return (
      url.protocol === 'http:' && url.hostname === '127.0.0.1' && url.username === '' && !value.endsWith('/')
    );
  }, 'not a loopback address'),
);

const line = v.object({
  graph: v.pipe(loopback, v.endsWith('/v1.0')),
  login: loopback,
  scim: v.pipe(loopback, v.endsWith('/scim/v2')),
  console: loopback,
  control: loopback,
  dns: v.object({
    host: v.literal('127.0.0.1'),
    port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)),
  }),
  tenantId: v.pipe(v.string(), v.uuid()),
  accounts: v.array(
    v.object({ userPrincipalName: v.string(), password: v.string(), roles: v.array(v.string()) }),
  ),
  accessToken: v.string(),
});

/**
 * Reads the first line that the sandbox process prints. Throws when it is anything else than the addresses of servers on
 * this machine.
 */
export function readSandboxLine(text: string): SandboxEndpoints {
  return v.parse(line, JSON.parse(text));
}
