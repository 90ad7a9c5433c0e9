import { Packet } from 'dns2';
import { ask } from './ask.ts';
import type { SocketAddress } from './ask.ts';
import { canonical } from './names.ts';

const PATIENCE_MS = 10_000;

/** What a TXT query brought. `values` are the records' character-strings joined without separator. */
export interface TxtAnswer {
  readonly rcode: number;
  readonly values: readonly string[];
}

/** Asks a resolver for the TXT records of a name, behind aliases too. Rejects when no answer comes in time. */
export async function lookUpTxt(server: SocketAddress, name: string): Promise<TxtAnswer> {
  const { TYPE } = Packet;
  const { header, answers } = await ask(server, {
    name,
    type: TYPE.TXT,
    recursive: true,
    patience: PATIENCE_MS,
  });
  const owners = new Set([canonical(name)]);
  for (const one of answers)
    if (one.type === TYPE.CNAME && owners.has(canonical(one.name))) owners.add(canonical(one.domain ?? ''));
  return {
    rcode: header.rcode,
    values: answers
      .filter((one) => one.type === TYPE.TXT && owners.has(canonical(one.name)))
      .map((one) => (Array.isArray(one.data) ? one.data.join('') : '')),
  };
}
