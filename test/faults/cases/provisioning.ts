import { groupSubscribed } from '../consoleSteps.ts';
import type { Place } from '../place.ts';
import type { Fault, Step } from '../fault.ts';

const jobPath = '/servicePrincipals/{sp}/synchronization/jobs/{job}';

const paused: Step = { graph: 'POST', path: `${jobPath}/pause` };
const secrets = (value: readonly { key: string; value: string }[]): Step => ({
  graph: 'PUT',
  path: '/servicePrincipals/{sp}/synchronization/secrets',
  body: { value },
});

/** The saved credentials with one of them another. */
function saved(key: string, change: (value: string) => string): Step {
  return async ({ sandbox, carryOut }: Place) => {
    const [own] = [...sandbox.state.tenant.synchronization.values()];
    const value = (own?.secrets ?? []).map((one) =>
      one.key === key ? { key, value: change(one.value) } : one,
    );
    await carryOut(secrets(value));
  };
}

/** Entra's guard against accidental deletions, at one removal a cycle. */
const limited = saved('SyncNotificationSettings', () =>
  JSON.stringify({ Enabled: true, DeleteThresholdEnabled: true, DeleteThresholdValue: 1 }),
);
const leave = (name: string): Step => ({
  graph: 'DELETE',
  path: `/groups/{group:Kiro users}/members/{user:${name}}/$ref`,
});
const joinAgain = (name: string): Step => ({
  graph: 'POST',
  path: '/groups/{group:Kiro users}/members/$ref',
  body: { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/{user:${name}}` },
});

const newToken: readonly Step[] = [{ kiro: 'tokens' }];

/** Step 4 of the guide: credentials and job. */
export const provisioningFaults: readonly Fault[] = [
  {
    name: 'job deleted',
    broken: [{ graph: 'DELETE', path: jobPath }],
    cause: 'provisioning.job',
  },
  {
    name: 'whole directory in scope',
    broken: [saved('SyncAll', () => 'true')],
    cause: 'provisioning.scope',
  },
  {
    name: 'endpoint of another profile saved',
    broken: [saved('BaseAddress', (url) => url.replace(/\/[^/]+\/scim\/v2$/, '/another-profile/scim/v2'))],
    cause: 'provisioning.secrets',
  },
  {
    name: 'endpoint with a path too many, seen by a cycle',
    broken: [saved('BaseAddress', (url) => `${url}/Users`), 'cycle'],
    cause: 'provisioning.quarantine',
  },
  {
    name: 'token revoked, not noticed yet',
    broken: [{ kiro: 'revoke-token', fields: { id: '{token}' } }],
    cause: 'provisioning.tokenCount',
    byHand: newToken,
  },
  {
    name: 'token revoked, job in quarantine',
    from: { preset: 'quarantine' },
    broken: [],
    cause: 'provisioning.quarantine',
    byHand: newToken,
  },
  {
    name: 'quarantine for four weeks: the job was disabled',
    from: { preset: 'quarantine' },
    broken: [{ minutes: 29 * 24 * 60 }],
    cause: 'people.jobRunning',
    byHand: newToken,
  },
  {
    name: 'too many people refused',
    broken: [
      { control: '/provisioning', body: { thresholds: { fewest: 1 } } },
      { graph: 'POST', path: `${jobPath}/restart`, body: { criteria: { resetScope: 'Full' } } },
      { control: '/faults', body: { server: 'scim', path: '/Users', method: 'GET', times: 0, status: 500 } },
      'cycle',
      async ({ endpoints }) => {
        await fetch(`${endpoints.control}/faults`, { method: 'DELETE' });
      },
    ],
    cause: 'provisioning.quarantine',
  },
  {
    name: 'token eleven months old',
    broken: [],
    told: ({ scim, ...kept }, now) => ({
      ...kept,
      ...(scim && { scim: { ...scim, tokenMadeAt: now - 340 * 86_400_000 } }),
    }),
    cause: 'provisioning.tokenAge',
    byHand: newToken,
  },
  {
    name: 'profile made again, old endpoint and token in Entra',
    from: { preset: 'profile-recreated' },
    broken: [],
    // Nothing tells that it is another profile before Kiro can be read with a token of the new one.
    cause: 'provisioning.secrets',
    byHand: newToken,
    afterwards: groupSubscribed,
  },
  {
    name: 'profile made again, the new endpoint and token in Entra, the links kept',
    from: { preset: 'profile-recreated-links' },
    broken: [],
    cause: 'provisioning.profileRenewed',
    afterwards: groupSubscribed,
  },
  {
    name: 'profile made again, job stopped, new credentials saved by hand',
    from: { preset: 'profile-recreated-links' },
    broken: [paused],
    cause: 'provisioning.profileRenewed',
    afterwards: groupSubscribed,
  },
  {
    name: 'profile made again, restarted as the portal does it',
    from: { preset: 'profile-recreated-links' },
    broken: [
      {
        graph: 'POST',
        path: `${jobPath}/restart`,
        body: { criteria: { resetScope: 'QuarantineState, Escrows, Watermark' } },
      },
      'cycle',
    ],
    cause: 'provisioning.profileRenewed',
    afterwards: groupSubscribed,
  },
  {
    name: 'more removals than the limit: the members left the group by mistake',
    broken: [limited, ...['dennis', 'grace'].map((name) => leave(name)), 'cycle'],
    cause: 'provisioning.quarantine',
    byHand: ['dennis', 'grace'].map((name) => joinAgain(name)),
  },
  { name: 'provisioning stopped', broken: [paused], cause: 'people.jobRunning' },
];
