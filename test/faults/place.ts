import assert from 'node:assert/strict';
import { openOnSandbox } from '../../scripts/rehearse/openOnSandbox.ts';
import { parseSandboxLine } from '../../src/engine/sandboxLine.ts';
import type { SandboxEndpoints } from '../../src/engine/connection.ts';
import type { Session } from '../../src/engine/session.ts';
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { instantClock } from '../unit/engine/instantClock.ts';
import type { Step } from './fault.ts';

/** A sandbox in this process, and a session on it. */
export interface Place {
  readonly sandbox: Sandbox;
  readonly endpoints: SandboxEndpoints;
  readonly session: Session;
  /** Carries one thing out; throws where a service refuses it. */
  readonly carryOut: (step: Step) => Promise<void>;
  /** A GET of Microsoft Graph. */
  readonly read: (path: string) => Promise<unknown>;
}

/** Starts a sandbox and opens a session on it, with nothing adopted or entered so far. */
export async function openPlace(options: Partial<SandboxOptions>): Promise<Place> {
  const sandbox = await startSandbox({ preset: 'healthy', ...options });
  const endpoints = parseSandboxLine(JSON.stringify(sandbox.line));
  const { session } = await openOnSandbox(endpoints, { clock: instantClock() });
  const place: Place = {
    sandbox,
    endpoints,
    session,
    carryOut: (step) => carryOut(step, place),
    read: (path) => send(`${endpoints.graph}${filled(path, sandbox)}`, 'GET', graphHeaders(endpoints)),
  };
  return place;
}

async function carryOut(step: Step, place: Place): Promise<void> {
  const { endpoints, sandbox } = place;
  if (typeof step === 'function') await step(place);
  else if (step === 'cycle') await control('/cycle', { servicePrincipalId: '{sp}' }, place);
  else if ('minutes' in step) await control('/clock', { advance: step.minutes * 60_000 }, place);
  else if ('control' in step) await control(step.control, step.body, place);
  else if ('kiro' in step) {
    const fields = new URLSearchParams();
    for (const [name, value] of Object.entries(step.fields ?? {})) fields.set(name, filled(value, sandbox));
    await send(`${endpoints.console}/${step.kiro}`, 'POST', { accept: 'application/json' }, fields);
  } else {
    const path = filled(step.path, sandbox);
    const body = step.body === undefined ? undefined : filled(JSON.stringify(step.body), sandbox);
    if ('graph' in step) await send(`${endpoints.graph}${path}`, step.graph, graphHeaders(endpoints), body);
    else await send(`${scimUrl(place)}${path}`, step.scim, scimHeaders(place), body);
  }
}

function scimUrl({ endpoints, sandbox }: Place): string {
  return `${new URL(endpoints.scim).origin}/${sandbox.state.kiro.profile?.scimTenant ?? ''}/scim/v2`;
}

function scimHeaders({ sandbox }: Place): Record<string, string> {
  const token = sandbox.state.kiro.profile?.tokens.at(-1)?.secret ?? '';
  return { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' };
}

function control(path: string, body: unknown, { endpoints, sandbox }: Place): Promise<unknown> {
  return send(
    `${endpoints.control}${path}`,
    'POST',
    { 'content-type': 'application/json' },
    filled(JSON.stringify(body), sandbox),
  );
}

function graphHeaders({ accessToken }: SandboxEndpoints): Record<string, string> {
  return { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
}

async function send(
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  body?: string | URLSearchParams,
): Promise<unknown> {
  const response = await fetch(url, { method, headers, ...(body !== undefined && { body }) });
  const answered = await response.text();
  assert.ok(response.ok, `${method} ${new URL(url).pathname}: ${response.status} ${answered}`);
  return answered === '' ? undefined : JSON.parse(answered);
}

/** The text with the ids that its placeholders stand for. */
function filled(text: string, sandbox: Sandbox): string {
  return text.replace(/\{(\w+)(?::([^{}"]+))?\}/g, (whole, kind: string, name: string | undefined) => {
    const id = idOf(kind, name ?? '', sandbox);
    assert.ok(id !== undefined, `There is nothing that ${whole} could stand for.`);
    return id;
  });
}

function idOf(kind: string, name: string, { state }: Sandbox): string | undefined {
  const { tenant, kiro } = state;
  const application = [...tenant.applications.values()].find((one) => one['displayName'] === 'Kiro-Entra');
  const principal = [...tenant.servicePrincipals.values()].find((one) => one['displayName'] === 'Kiro-Entra');
  const user = [...tenant.users.values()].find((one) => one.userPrincipalName.startsWith(`${name}@`));
  const group = [...tenant.groups.values()].find((one) => one.displayName === name);
  switch (kind) {
    case 'app':
      return application?.id;
    case 'appId':
      return application && String(application['appId']);
    case 'sp':
      return principal?.id;
    case 'job':
      return tenant.synchronization.get(principal?.id ?? '')?.job?.id;
    case 'user':
      return user?.id;
    case 'group':
      return group?.id;
    case 'assignment':
      return [...tenant.appRoleAssignments.values()].find((one) => one.principalDisplayName === name)?.id;
    case 'grant':
      return [...tenant.grants.values()].find((one) => one.resourceId === principal?.id)?.id;
    case 'record':
      return [...(kiro.profile?.users.values() ?? [])].find((one) =>
        String(one.resource['userName']).startsWith(`${name}@`),
      )?.id;
    case 'kiroGroup':
      return [...(kiro.profile?.groups.values() ?? [])].find((one) => one.resource['displayName'] === name)
        ?.id;
    case 'subscription':
      return kiro.profile?.subscriptions[0]?.id;
    case 'token':
      return kiro.profile?.tokens[0]?.id;
    default:
      return undefined;
  }
}
