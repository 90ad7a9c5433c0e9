import { Hono } from 'hono';
import type { Provisioning } from './provisioning/types.ts';
import { ProvisioningError } from './provisioning/types.ts';

const missing = (): never => {
  throw new ProvisioningError(
    500,
    'InternalError',
    'The provisioning service of the sandbox is not there yet.',
  );
};

/** Holds the place of the provisioning service. */
export function standInProvisioning(): Provisioning {
  return {
    newStatus: () => ({
      countSuccessiveCompleteFailures: 0,
      escrowsPruned: false,
      code: 'Paused',
      lastExecution: null,
      lastSuccessfulExecution: null,
      lastSuccessfulExecutionWithExports: null,
      quarantine: null,
      steadyStateFirstAchievedTime: '0001-01-01T00:00:00Z',
      steadyStateLastAchievedTime: '0001-01-01T00:00:00Z',
      troubleshootingUrl: '',
      progress: [],
      synchronizedEntryCountByType: [],
    }),
    start: missing,
    pause: missing,
    restart: missing,
    forget: () => undefined,
    schemaChanged: () => undefined,
    provisionOnDemand: missing,
    validateCredentials: missing,
    runCycle: missing,
  };
}

/** Holds the place of Kiro's console. */
export function standInConsole(): Hono {
  const app = new Hono();
  app.all('*', (c) => c.text('The console page is not there yet.', 503));
  return app;
}
