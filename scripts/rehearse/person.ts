import * as v from 'valibot';
import type { SandboxEndpoints } from '../../src/engine/connection.ts';

const profileShape = v.object({
  applicationId: v.string(),
  scimEndpoint: v.string(),
  domains: v.array(v.object({ name: v.string(), verificationValue: v.string(), status: v.string() })),
  tokens: v.array(v.object({ id: v.string() })),
});

const consoleShape = v.object({
  profile: v.nullable(profileShape),
  users: v.array(
    v.object({ userName: v.string(), displayName: v.string(), externalId: v.string(), active: v.boolean() }),
  ),
  groups: v.array(v.object({ id: v.string(), displayName: v.string() })),
  subscriptions: v.array(v.object({ principalId: v.string() })),
});

const tokenShape = v.object({ token: v.object({ secret: v.string() }), scimEndpoint: v.string() });

/** What a person sees in Kiro's console. */
export type ConsoleView = v.InferOutput<typeof consoleShape>;

/** The person at Kiro's console, the DNS provider's and the admin center: what no API of the services can do. */
export interface Person {
  look(): Promise<ConsoleView>;
  makeProfile(applicationId: string, tenantId: string): Promise<void>;
  /** Adds the domain and publishes its record; leaves a domain alone that is there already. */
  verifyDomain(name: string): Promise<{ verificationValue: string; verified: boolean }>;
  /** Makes an access token; it is shown once. Revokes the oldest first where two are there. */
  makeToken(): Promise<{ secret: string; endpoint: string }>;
  subscribeGroup(displayName: string): Promise<void>;
  activateSeats(): Promise<void>;
  waitMinutes(minutes: number): Promise<void>;
  /** In the admin center, for clouds whose Microsoft Graph can't: tests the connection and saves it. */
  saveCredentials(endpoint: string, secret: string): Promise<void>;
  correctMapping(): Promise<void>;
  startProvisioning(): Promise<void>;
}

/** Plays the person over the sandbox console's own forms (src/sandbox/kiro/README.md). */
export function createPerson({ console: origin }: SandboxEndpoints): Person {
  const look = async (): Promise<ConsoleView> => v.parse(consoleShape, await call(`${origin}/`));
  const post = (action: string, fields: Readonly<Record<string, string>> = {}): Promise<unknown> =>
    call(`${origin}/${action}`, fields);
  return {
    look,
    async makeProfile(applicationId, tenantId) {
      await post('profile', { applicationId, tenantId, region: 'us-east-1' });
    },
    async verifyDomain(name) {
      const known = (await look()).profile?.domains.find((domain) => domain.name === name);
      if (!known) await post('domains', { name });
      const added = known ?? (await look()).profile?.domains.find((domain) => domain.name === name);
      if (!added) throw new Error(`Kiro’s console did not take the domain ${name}.`);
      const { verificationValue, status } = added;
      if (status === 'Verified') return { verificationValue, verified: true };
      await post('records', { zone: name, name: 'kiro-app-1', value: verificationValue });
      await post('check-domains');
      const after = (await look()).profile?.domains.find((domain) => domain.name === name);
      return { verificationValue, verified: after?.status === 'Verified' };
    },
    async makeToken() {
      const [oldest, ...others] = (await look()).profile?.tokens ?? [];
      if (oldest && others.length > 0) await post('revoke-token', { id: oldest.id });
      const { token, scimEndpoint } = v.parse(tokenShape, await post('tokens'));
      return { secret: token.secret, endpoint: scimEndpoint };
    },
    async subscribeGroup(displayName) {
      const { groups, subscriptions } = await look();
      const group = groups.find((one) => one.displayName === displayName);
      if (!group) throw new Error(`Kiro’s console does not list the group ${displayName}.`);
      if (subscriptions.some(({ principalId }) => principalId === group.id)) return;
      await post('subscriptions', { principalType: 'Group', principalId: group.id, plan: 'Kiro Pro' });
    },
    async activateSeats() {
      await post('activate-seats');
    },
    async waitMinutes(minutes) {
      await post('clock', { minutes: String(minutes) });
    },
    async saveCredentials(tenantUrl, secretToken) {
      await post('save-credentials', { tenantUrl, secretToken });
    },
    async correctMapping() {
      await post('correct-mapping');
    },
    async startProvisioning() {
      await post('start-provisioning');
    },
  };
}

async function call(url: string, fields?: Readonly<Record<string, string>>): Promise<unknown> {
  const response = await fetch(url, {
    headers: { accept: 'application/json' },
    ...(fields && { method: 'POST', body: new URLSearchParams(fields) }),
  });
  const body: unknown = await response.json();
  if (!response.ok) throw new Error(`Kiro’s console refused: ${JSON.stringify(body)}`);
  return body;
}
