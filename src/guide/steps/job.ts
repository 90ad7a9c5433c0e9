import type { Change } from '../change.ts';
import { synchronizationTemplateId } from '../kiro.ts';
import type { Requirement, Verdict } from '../requirement.ts';
import { valueOf, type ServicePrincipal, type Snapshot, type SynchronizationJob } from '../snapshot.ts';
import { text } from '../text.ts';
import { met, unmet, whenKnown, whenServicePrincipal } from './verdicts.ts';

export const jobRequirement: Requirement = {
  id: 'provisioning.job',
  step: 4,
  title: text('Provisioning job'),
  why: text('The job pushes people and groups to Kiro; Kiro cannot fetch them.'),
  severity: 'required',
  evaluate,
  plan,
};

/** Path of Entra's provisioning for the application. */
export function synchronizationPath(principal: ServicePrincipal): string {
  return `/servicePrincipals/${principal.id}/synchronization`;
}

export function isRunning(job: SynchronizationJob | undefined): boolean {
  return job?.schedule.state === 'Active' && !isQuarantined(job);
}

export function isQuarantined(job: SynchronizationJob | undefined): boolean {
  return job?.status.code === 'Quarantine';
}

/** Whether an error code is about endpoint or token (Microsoft Entra: application provisioning quarantine status). */
export function isCredentialError(code: string | undefined): boolean {
  return code !== undefined && /credential|unauthorized|insufficientrights|notpermitted/i.test(code);
}

/** When the quarantine that is about endpoint or token began, epoch milliseconds; `undefined` if there is none. */
export function credentialQuarantine(job: SynchronizationJob | undefined): number | undefined {
  const quarantine = job?.status.quarantine;
  if (!isQuarantined(job) || quarantine === null || quarantine === undefined) return undefined;
  const aboutCredentials =
    isCredentialError(quarantine.error?.code) || quarantine.reason === 'EncounteredQuarantineException';
  return aboutCredentials ? (moment(quarantine.currentBegan) ?? 0) : undefined;
}

/** Epoch milliseconds of a moment that Graph wrote; `undefined` for none and for its year 1. */
export function moment(written: string | null | undefined): number | undefined {
  if (written === null || written === undefined) return undefined;
  const at = Date.parse(written);
  return Number.isNaN(at) || at <= 0 ? undefined : at;
}

function evaluate(snapshot: Snapshot): Verdict {
  return whenServicePrincipal(snapshot, () =>
    whenKnown(snapshot.job, (job) =>
      job === undefined
        ? unmet(text('not created'), text('Automatic provisioning is not set up for the application.'), {
            remedy: text('Apply creates the job; it does not start it.'),
            action: { kind: 'apply' },
            portal: 'provisioning',
          })
        : met(text('{0}', job.templateId), text('The job is there.'), {
            portal: 'provisioning',
          }),
    ),
  );
}

function plan(snapshot: Snapshot): readonly Change[] {
  const principal = valueOf(snapshot.servicePrincipal);
  if (principal === undefined) return [];
  const path = `${synchronizationPath(principal)}/jobs`;
  return [
    {
      id: 'provisioning.job',
      step: 4,
      meets: ['provisioning.job'],
      title: text('Create the provisioning job'),
      why: text('It pushes people and groups to Kiro. It is created stopped.'),
      before: null,
      after: { provisioningMode: 'Automatic', template: synchronizationTemplateId },
      request: {
        kind: 'graph',
        method: 'POST',
        path,
        body: { templateId: synchronizationTemplateId },
        answer: 'job',
      },
      inverse: { kind: 'graph', method: 'DELETE', path: `${path}/{id}` },
      risk: 'low',
      scopes: ['Synchronization.ReadWrite.All'],
    },
  ];
}
