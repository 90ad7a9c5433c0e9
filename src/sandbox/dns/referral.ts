import type { Packet } from 'dns2';
import { addressOf } from './hosts.ts';
import { recordOf } from './wire.ts';

const HOST_TTL = 3600;

/** Sends the asker on to the servers of a delegated zone, with their addresses where they are known (glue). */
export function refer(reply: Packet, zone: string, hosts: readonly string[]): void {
  for (const value of hosts) {
    reply.authorities.push(recordOf(zone, HOST_TTL, { type: 'NS', value }));
    const address = addressOf(value);
    if (address !== undefined)
      reply.additionals.unshift(recordOf(value, HOST_TTL, { type: 'A', value: address }));
  }
}
