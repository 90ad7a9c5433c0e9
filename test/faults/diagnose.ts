import { openOnSandbox } from '../../scripts/rehearse/openOnSandbox.ts';
import { runningSandbox } from '../../scripts/rehearse/sandboxProcess.ts';
import { adopt, enterConsole, enterUsedToken, makeToken, revokeToken } from './admin.ts';
import { findCauses } from './causes.ts';
import type { Cause } from './fault.ts';

/**
 * Diagnoses a sandbox that runs, by the first line that it printed. Nothing of it is changed but that a token is made in Kiro's
 * console to read with, where one has room, and revoked again.
 */
export async function diagnose(file: string): Promise<readonly Cause[]> {
  const { endpoints } = await runningSandbox(file);
  const { session } = await openOnSandbox(endpoints);
  await adopt(session, endpoints);
  await enterConsole(session, endpoints);
  const token = await makeToken(endpoints);
  try {
    if (token) await enterUsedToken(session, token.secret);
    return await findCauses(session);
  } finally {
    if (token) await revokeToken(endpoints, token.id);
  }
}
