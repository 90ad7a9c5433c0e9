import { synchronizationOf } from '../graph/synchronization/jobs.ts';
import { correctMappings, saveCredentials } from '../presets/entraSide.ts';
import { ProvisioningError } from '../provisioning/types.ts';
import type { Provisioning } from '../provisioning/types.ts';
import type { GraphObject, Job, SandboxState } from '../state.ts';
import type { Action, Done } from './action.ts';
import { Refusal } from './refusal.ts';

/** An application that is provisioned, as the admin center lists it. */
export interface Provisioned {
  readonly servicePrincipal: GraphObject;
  readonly job: Job;
}

/** Every application with a provisioning job. */
export function provisionedOf({ tenant }: SandboxState): readonly Provisioned[] {
  return [...tenant.synchronization.values()].flatMap(({ servicePrincipalId, job }) => {
    const servicePrincipal = tenant.servicePrincipals.get(servicePrincipalId);
    return servicePrincipal && job ? [{ servicePrincipal, job }] : [];
  });
}

/**
 * What people do on the admin center's page "Provisioning", which works in clouds whose Microsoft Graph can't do it. Each
 * takes the application's `servicePrincipalId`, which may be left out where one application alone is provisioned.
 */
export function provisioningActions(state: SandboxState, provisioning: Provisioning): [string, Action][] {
  const { replication } = state;
  const named = (id: string): Provisioned => {
    const all = provisionedOf(state);
    const found = id === '' ? all[0] : all.find(({ servicePrincipal }) => servicePrincipal.id === id);
    if (!found) throw new Refusal(404, 'There is no application with a provisioning job.');
    if (id === '' && all.length > 1)
      throw new Refusal(409, 'Several applications are provisioned: name one by servicePrincipalId.');
    return found;
  };
  const action = (
    notice: string,
    act: (of: Provisioned, read: (field: string) => string) => void | Promise<void>,
  ): Action => ({
    tab: 'provisioning',
    async run(read): Promise<Done> {
      const of = named(read('servicePrincipalId'));
      try {
        await act(of, read);
      } catch (error) {
        throw error instanceof ProvisioningError ? new Refusal(400, error.message) : error;
      }
      const { id } = of.servicePrincipal;
      return { json: { servicePrincipalId: id, status: of.job.status['code'] ?? null }, notice };
    },
  });
  return [
    [
      'save-credentials',
      action('The connection was tested and the credentials were saved.', async (of, read) => {
        const { servicePrincipal } = of;
        const credentials = { endpoint: read('tenantUrl').trim(), token: read('secretToken').trim() };
        const pairs = [
          { key: 'BaseAddress', value: credentials.endpoint },
          { key: 'SecretToken', value: credentials.token },
        ];
        await provisioning.validateCredentials(servicePrincipal.id, {
          templateId: of.job.templateId,
          credentials: pairs,
        });
        replication.beforePart(
          'secrets',
          servicePrincipal.id,
          synchronizationOf(servicePrincipal.id, state).secrets,
        );
        saveCredentials({ state }, { application: servicePrincipal, servicePrincipal }, credentials);
      }),
    ],
    [
      'correct-mapping',
      action(
        'externalId comes from objectId, and the unsupported mappings are gone.',
        ({ servicePrincipal, job }) => {
          replication.beforePart('schema', servicePrincipal.id, job.schema);
          job.schema = structuredClone(job.schema);
          correctMappings(job, { externalIdFrom: 'objectId' });
          provisioning.schemaChanged(servicePrincipal.id);
        },
      ),
    ],
    [
      'start-provisioning',
      action('Provisioning was started.', ({ servicePrincipal }) => provisioning.start(servicePrincipal.id)),
    ],
    [
      'stop-provisioning',
      action('Provisioning was stopped.', ({ servicePrincipal }) => provisioning.pause(servicePrincipal.id)),
    ],
    [
      'restart-provisioning',
      action('Provisioning was restarted.', ({ servicePrincipal }) =>
        provisioning.restart(servicePrincipal.id),
      ),
    ],
  ];
}
