import { openOnSandbox, type OnSandbox, type Surroundings } from '../../../scripts/rehearse/openOnSandbox.ts';
import { startSandboxProcess, type RunningSandbox } from '../../../scripts/rehearse/sandboxProcess.ts';

/** A session on a sandbox, with everything a test looks at. */
export interface SandboxSession extends OnSandbox {
  readonly sandbox: RunningSandbox;
  /** What the engine logged; nothing where ports were given. */
  readonly logged: readonly string[];
}

/** Starts a sandbox, told the words among `args`, and opens a session on it as its Global Administrator. */
export async function openSandboxSession(
  ...args: readonly (string | Surroundings)[]
): Promise<SandboxSession> {
  const sandbox = await startSandboxProcess(args.filter((arg) => typeof arg === 'string'));
  return openSessionOn(sandbox, ...args.filter((arg) => typeof arg !== 'string'));
}

/** A further session on a sandbox that runs already; with nothing kept and nothing seen where no ports are given. */
export async function openSessionOn(
  sandbox: RunningSandbox,
  given: Surroundings = {},
): Promise<SandboxSession> {
  const logged: string[] = [];
  const log = (line: string): void => void logged.push(line);
  return { ...(await openOnSandbox(sandbox.endpoints, { log, ...given })), sandbox, logged };
}
