import type { Provisioning } from '../provisioning/types.ts';
import { scimEndpoint } from '../scim/server.ts';
import type { SandboxState } from '../state.ts';
import type { Action } from './action.ts';
import { createToken, revokeToken } from './accessTokens.ts';
import { dnsActions } from './dnsActions.ts';
import { addDomain, checkDomains, removeDomain } from './domains.ts';
import { createProfile, deleteProfile, demandProfile } from './profile.ts';
import { provisioningActions } from './provisioningActions.ts';
import { Refusal } from './refusal.ts';
import { activate, removeSeat, subscribe, unsubscribe } from './subscriptions.ts';
import { domainView, iso, profileView } from './view.ts';

const MOST_MINUTES = 60 * 24 * 60;

/** The console's actions by the path that they are posted to. */
export function consoleActions(
  state: SandboxState,
  { provisioning, watch }: { provisioning: Provisioning; watch: { domains(): void; seats(): void } },
): ReadonlyMap<string, Action> {
  const domains = (): Record<string, unknown>[] => demandProfile(state).domains.map(domainView);
  return new Map<string, Action>([
    [
      'profile',
      {
        tab: 'overview',
        run(read) {
          const fields = {
            applicationId: read('applicationId'),
            tenantId: read('tenantId'),
            region: read('region'),
          };
          const profile = createProfile(state, fields);
          watch.seats();
          return { json: { profile: profileView(state, profile) }, notice: 'The Kiro profile was created.' };
        },
      },
    ],
    [
      'delete-profile',
      {
        tab: 'overview',
        run() {
          const { applicationId } = demandProfile(state);
          deleteProfile(state);
          return {
            json: { deleted: applicationId },
            notice:
              'The Kiro profile was deleted and its subscriptions were canceled. A new one has another SCIM endpoint: ' +
              'provision the application again from scratch.',
          };
        },
      },
    ],
    [
      'domains',
      {
        tab: 'identity',
        run(read) {
          const domain = addDomain(state, read('name'));
          watch.domains();
          const notice = `${domain.name} was added. Publish its TXT record within 24 hours.`;
          return { json: { domain: domainView(domain) }, notice };
        },
      },
    ],
    [
      'check-domains',
      {
        tab: 'identity',
        async run() {
          demandProfile(state);
          await checkDomains(state);
          const pending = demandProfile(state)
            .domains.filter((one) => one.status !== 'Verified')
            .map((one) => one.name);
          const notice =
            pending.length === 0
              ? 'Every domain is verified.'
              : `Not verified: ${pending.join(', ')}. A public resolver keeps an earlier "no such record" for a few minutes.`;
          return { json: { domains: domains() }, notice };
        },
      },
    ],
    [
      'remove-domain',
      {
        tab: 'identity',
        run(read) {
          removeDomain(state, read('name'));
          return { json: { domains: domains() }, notice: `${read('name')} was removed.` };
        },
      },
    ],
    [
      'tokens',
      {
        tab: 'identity',
        run() {
          const { id, secret, createdAt } = createToken(state);
          return {
            json: { token: { id, secret, createdAt: iso(createdAt) }, scimEndpoint: scimEndpoint(state) },
            notice: 'The access token was generated. Copy it now: it is not shown again.',
            secret,
          };
        },
      },
    ],
    [
      'revoke-token',
      {
        tab: 'identity',
        run(read) {
          revokeToken(state, read('id'));
          return { json: { revoked: read('id') }, notice: 'The access token was revoked.' };
        },
      },
    ],
    [
      'subscriptions',
      {
        tab: 'subscriptions',
        run(read) {
          const principal = {
            principalType: read('principalType'),
            principalId: read('principalId'),
            userName: read('userName'),
            plan: read('plan'),
          };
          const subscription = subscribe(state, principal);
          return { json: { subscription }, notice: 'Subscribed. Seats appear with the next six-hour cycle.' };
        },
      },
    ],
    [
      'unsubscribe',
      {
        tab: 'subscriptions',
        run(read) {
          unsubscribe(state, read('id'));
          return {
            json: { unsubscribed: read('id') },
            notice: 'The subscription was ended. Its seats stay.',
          };
        },
      },
    ],
    [
      'activate-seats',
      {
        tab: 'subscriptions',
        run(read) {
          const activated = activate(state, read('userId') || undefined);
          return { json: { activated }, notice: `Signed in for the first time: ${activated}.` };
        },
      },
    ],
    [
      'remove-seat',
      {
        tab: 'subscriptions',
        run(read) {
          removeSeat(state, read('userId'));
          return { json: { removed: read('userId') }, notice: 'The seat was removed.' };
        },
      },
    ],
    ...dnsActions(state),
    ...provisioningActions(state, provisioning),
    [
      'clock',
      {
        tab: 'overview',
        async run(read) {
          const minutes = Number(read('minutes'));
          if (!Number.isFinite(minutes) || minutes <= 0 || minutes > MOST_MINUTES)
            throw new Refusal(400, 'The clock can be advanced by up to sixty days at a time.');
          await state.clock.advance(minutes * 60_000);
          return { json: { now: iso(state.clock.now()) }, notice: 'The sandbox clock was advanced.' };
        },
      },
    ],
  ]);
}
