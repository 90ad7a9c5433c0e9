import type { Hono } from 'hono';
import * as v from 'valibot';
import { changeDns, dnsView } from '../dns/script.ts';
import type { DnsServer } from '../dns/server.ts';
import type { SandboxState } from '../state.ts';

const kiro = v.strictObject({
  verification: v.optional(v.picklist(['prefix', 'exact'])),
  takenDomains: v.optional(v.array(v.pipe(v.string(), v.toLowerCase()))),
});

/** `/dns` shows and changes zones and name servers one step at a time; `POST /kiro` says where Kiro looks for TXT records. */
export function addDnsRoutes(app: Hono, state: SandboxState, server: DnsServer): void {
  app.get('/dns', (c) => c.json(dnsView(state, server)));
  app.post('/dns', async (c) => {
    if (!changeDns(state, server, await c.req.json()))
      return c.json(
        { error: 'The sandbox serves no such zone. Add it first: {"do":"addZone","zone":…}.' },
        404,
      );
    return c.json(dnsView(state, server));
  });
  app.post('/kiro', async (c) => {
    const { verification, takenDomains } = v.parse(kiro, await c.req.json());
    if (verification) state.kiro.verification = verification;
    for (const domain of takenDomains ?? []) state.kiro.takenDomains.add(domain);
    return c.json({
      verification: state.kiro.verification ?? 'prefix',
      takenDomains: [...state.kiro.takenDomains],
    });
  });
}
