import { answersTo, type DnsRecord, type RecordType } from './message.ts';
import { firstOf, type Inquiry } from './inquiry.ts';
import type { DnsServer } from './servers.ts';

/** No zone needs more servers to tell how it stands. */
const mostNameServers = 8;

/**
 * The servers behind the host names of a zone's NS records, by the addresses that came along (glue), else by those that a
 * resolver tells. One without an address, or with one that is not to be asked, stands there without a place.
 */
export function serversOf(
  hosts: readonly string[],
  glue: ReadonlyMap<string, readonly string[]>,
  inquiry: Inquiry,
): Promise<readonly DnsServer[]> {
  return Promise.all(
    hosts.slice(0, mostNameServers).map(async (name): Promise<DnsServer> => {
      const given = glue.get(name) ?? (await inquiry.once(`address of ${name}`, () => lookUp(name, inquiry)));
      // Many machines have no way out by IPv6, so IPv4 goes first.
      const ordered = given.toSorted((a, b) => Number(a.includes(':')) - Number(b.includes(':')));
      const at = ordered.map(inquiry.servers.locate).find((place) => place !== undefined);
      return { role: 'authoritative', name, ...(at && { at }) };
    }),
  );
}

async function lookUp(host: string, inquiry: Inquiry): Promise<readonly string[]> {
  for (const type of ['A', 'AAAA'] as const) {
    const found = await recordsOf(host, type, inquiry, ({ address }) => address);
    if (found) return found;
  }
  return [];
}

/** Records of a name that a resolver finds: the first that has some. `undefined` where none has. */
export function recordsOf(
  name: string,
  type: RecordType,
  inquiry: Inquiry,
  pick: (record: DnsRecord) => string | undefined,
): Promise<readonly string[] | undefined> {
  const { servers, signal } = inquiry;
  return firstOf([...servers.resolvers, ...servers.system], signal, async (resolver, end) => {
    const { query, received } = await inquiry.ask(resolver, { name, type }, end);
    if (!('reply' in received)) return undefined;
    const found = answersTo(received.reply, query).flatMap((record) => pick(record) ?? []);
    return found.length > 0 ? found : undefined;
  });
}
