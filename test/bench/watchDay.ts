/**
 * Counts what a day of watching a connection costs, with the extension's own store, refresh and provisioning log and a
 * clock that is stepped: the refresh's timer and the sandbox's clock go on together, a minute at a time. The last
 * line is one JSON object with `--json`; with `--check` the exit code says whether nothing is sent while nothing can be
 * seen, nothing while there is nothing to wait for, and little while a wait brings nothing new.
 */
import { Resolver } from 'node:dns/promises';
import { parseArgs } from 'node:util';
import { walkFiveSteps } from '../../scripts/rehearse/fiveSteps.ts';
import { openOnSandbox } from '../../scripts/rehearse/openOnSandbox.ts';
import { createPerson } from '../../scripts/rehearse/person.ts';
import { startSandboxProcess } from '../../scripts/rehearse/sandboxProcess.ts';
import type { SandboxEndpoints } from '../../src/engine/connection.ts';
import type { Session } from '../../src/engine/session.ts';
import { countTraffic, type Traffic } from './traffic.ts';
import { startWatching } from './watching.ts';

const minute = 60_000;
const day = 24 * 60;
/** Requests to Microsoft Graph: a look of two requests every five minutes, and the sooner ones at first. */
const mostWaiting = 2 * (day / 5) + 60;

const { values } = parseArgs({ options: { json: { type: 'boolean' }, check: { type: 'boolean' } } });
const sandbox = await startSandboxProcess([]);
try {
  const { endpoints } = sandbox;
  const { session } = await openOnSandbox(endpoints);
  await session.observe();
  await walkFiveSteps({ session, person: createPerson(endpoints), say: () => undefined });
  const count = countTraffic(endpoints);
  const watching = await startWatching(session, () =>
    post(`${endpoints.control}/clock`, { advance: minute }),
  );
  const pass = async (visible: boolean): Promise<Traffic> => {
    await watching.pass(day, visible);
    return count();
  };

  const healthy = await watching.look();
  const look = count();
  if (healthy !== 'healthy') throw new Error(`The connection is ${healthy}, not healthy.`);
  const hidden = await pass(false);
  const visible = await pass(true);
  // Something to wait for shows that the days above could have counted.
  await publishLate(session, endpoints);
  const waits = await watching.look();
  if (waits !== 'waiting') throw new Error(`The connection is ${waits}, not waiting.`);
  count();
  const waitingHidden = await pass(false);
  await watching.look();
  count();
  const waiting = await pass(true);
  watching.stop();

  const said = ({ graph, scim, dns }: Traffic): string => `Graph ${graph}, SCIM ${scim}, DNS ${dns}`;
  console.log(`One look at a healthy connection: ${said(look)}`);
  console.log(`A day of it: panel visible ${said(visible)}; hidden ${said(hidden)}`);
  console.log(`A day of waiting for a record: panel visible ${said(waiting)}; hidden ${said(waitingHidden)}`);
  if (values.json) console.log(JSON.stringify({ look, visible, hidden, waiting, waitingHidden }));
  const silent = [visible, hidden, waitingHidden].every((one) => sum(one) === 0);
  const counts = sum(look) > 0 && waiting.graph > 0;
  if (values.check && !(silent && counts && waiting.graph <= mostWaiting)) process.exitCode = 1;
} finally {
  await sandbox.stop();
}

/** A further domain, whose record is published after a resolver was told, for two days, that there is none. */
async function publishLate(session: Session, { control, resolver }: SandboxEndpoints): Promise<void> {
  const zone = 'contoso-late.com';
  const name = `kiro-app-1.${zone}`;
  const value = 'kiro-site-verification=late';
  await post(`${control}/dns`, { do: 'addZone', zone });
  await post(`${control}/dns`, { do: 'zone', zone, ttl: 2 * day * 60, negativeTtl: 2 * day * 60 });
  const asking = new Resolver();
  asking.setServers([`${resolver.host}:${resolver.port}`]);
  await asking.resolveTxt(name).catch(() => undefined);
  await post(`${control}/dns`, { do: 'txt', name, strings: [value] });
  await session.keep((kept) => ({
    ...kept,
    domains: [...kept.domains, { name: zone, verificationValue: value }],
  }));
}

async function post(url: string, body: unknown): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(await answer.text());
}

function sum({ graph, scim, dns }: Traffic): number {
  return graph + scim + dns;
}
