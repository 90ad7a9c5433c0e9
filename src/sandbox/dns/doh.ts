import { Hono } from 'hono';
import type { Context } from 'hono';
import { Packet } from 'dns2';
import type { DnsServer } from './server.ts';

const TYPE = 'application/dns-message';
const MOST_BYTES = 4096;

/** Paths of the two DNS servers that answer over HTTPS. */
export const dohPaths = { resolver: '/dns-query', authoritative: '/authoritative/dns-query' } as const;

/**
 * DNS over HTTPS (RFC 8484), by GET and POST: the public resolver at `/dns-query`, and the authoritative server `ns1`. A
 * server that is scripted to be silent answers 504.
 */
export function createDohApp(dns: Pick<DnsServer, 'answer'>): Hono {
  const app = new Hono();
  for (const server of ['resolver', 'authoritative'] as const)
    app.all(dohPaths[server], async (c) => {
      if (c.req.method !== 'GET' && c.req.method !== 'POST') {
        c.header('Allow', 'GET, POST');
        return c.text('Ask by GET or POST.', 405);
      }
      const bytes = await queryOf(c);
      if (bytes === undefined) return c.text(`Send ${TYPE}.`, 415);
      const request = bytes.length > MOST_BYTES ? undefined : parse(bytes);
      if (request?.header.qr !== 0) return c.text('This is not a DNS query.', 400);
      const reply = await dns.answer(server, request);
      if (typeof reply === 'string') return c.text('The DNS server did not answer.', 504);
      return c.body(new Uint8Array(reply.toBuffer()), 200, {
        'Content-Type': TYPE,
        'Cache-Control': `max-age=${freshFor(reply)}`,
      });
    });
  return app;
}

async function queryOf(c: Context): Promise<Buffer | undefined> {
  if (c.req.method === 'GET') return Buffer.from(c.req.query('dns') ?? '', 'base64url');
  const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  return type === TYPE ? Buffer.from(await c.req.arrayBuffer()) : undefined;
}

function parse(bytes: Buffer): Packet | undefined {
  try {
    return Packet.parse(bytes);
  } catch {
    return undefined;
  }
}

/** Seconds that an HTTP cache may keep a reply: no longer than any record in it (RFC 8484, section 5.1). */
function freshFor(reply: Packet): number {
  const records = reply.answers.length > 0 ? reply.answers : reply.authorities;
  const ttls = records.map((one) => Math.min(one.ttl ?? 0, one.minimum ?? Infinity));
  return ttls.length === 0 ? 0 : Math.min(...ttls);
}
