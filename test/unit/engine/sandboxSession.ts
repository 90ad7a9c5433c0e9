import { openOnSandbox, type OnSandbox } from '../../../scripts/rehearse/openOnSandbox.ts';
import { startSandboxProcess, type RunningSandbox } from '../../../scripts/rehearse/sandboxProcess.ts';

/** A session on a sandbox, with everything a test looks at. */
export interface SandboxSession extends OnSandbox {
  readonly sandbox: RunningSandbox;
  /** What the engine logged. */
  readonly logged: readonly string[];
}

/** Starts a sandbox and opens a session on it as its Global Administrator. */
export async function openSandboxSession(...args: readonly string[]): Promise<SandboxSession> {
  return openSessionOn(await startSandboxProcess(args));
}

/** A further session on a sandbox that runs already, with nothing kept and nothing seen. */
export async function openSessionOn(sandbox: RunningSandbox): Promise<SandboxSession> {
  const logged: string[] = [];
  return { ...(await openOnSandbox(sandbox.endpoints, (line) => logged.push(line))), sandbox, logged };
}
