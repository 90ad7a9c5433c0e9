import { setTimeout as delay } from 'node:timers/promises';
import { Packet } from 'dns2';
import type { DnsData } from '../state.ts';
import { answerTo, scriptFor } from './answer.ts';
import type { Role } from './hosts.ts';
import { canonical } from './names.ts';
import { answerAsParent, answerAsParked } from './parent.ts';
import { cutOff, faultOf, replyTo } from './wire.ts';

/** How a query came; `doh` is never cut off and never refused. */
export type Transport = 'udp' | 'tcp' | 'doh';
/** A reply, nothing at all, or a connection that is closed on the asker. */
export type Response = Packet | 'silence' | 'reset';

/** What a server of this role makes of a query. It never fails, whatever it is asked. */
export async function respond(
  data: DnsData,
  role: Role,
  request: Packet,
  transport: Transport,
): Promise<Response> {
  const reply = replyTo(request);
  const { RCODE } = Packet;
  const [question] = request.questions;
  const fault = faultOf(request);
  if (fault !== undefined || !question) {
    reply.header.rcode = fault ?? RCODE.FORMERR;
    return reply;
  }
  if (role === 'parent' || role === 'parked') {
    (role === 'parent' ? answerAsParent : answerAsParked)(data, question, reply);
    return reply;
  }
  const script = scriptFor(data, role, canonical(question.name));
  if (script.delayMs > 0) await delay(script.delayMs, undefined, { ref: false });
  if (script.answers === 'silent' || (transport === 'tcp' && script.tcp === 'silent')) return 'silence';
  if (transport === 'tcp' && script.tcp === 'reset') return 'reset';
  if (script.answers === 'refused' || script.answers === 'servfail') {
    reply.header.rcode = script.answers === 'refused' ? RCODE.REFUSED : RCODE.SERVFAIL;
    return reply;
  }
  answerTo(data, role, question, reply);
  if (script.answers === 'notAuthoritative') reply.header.aa = 0;
  return script.truncates && transport === 'udp' ? cutOff(reply) : reply;
}
