import type { Plan } from '../../guide/change.ts';
import type { Connection } from '../connection.ts';
import { graphUrlOf } from '../whereTo.ts';
import type { Shell } from '../session.ts';
import { bashScript } from './bashScript.ts';
import { planScript } from './planScript.ts';
import { powerShellScript } from './powerShellScript.ts';

/** A plan's requests for one shell, both written from the same list. */
export function writeScript(plan: Plan, shell: Shell, connection: Connection): string {
  const script = planScript(plan);
  return shell === 'bash'
    ? bashScript(script, graphUrlOf(connection))
    : powerShellScript(script, { tenantId: connection.tenantId, cloud: connection.cloud.id });
}
