import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** What the sandbox's first line tells, as far as these tests use it. */
export interface SandboxLine {
  readonly graph: string;
  readonly login: string;
  readonly scim: string;
  readonly control: string;
  readonly dns: { readonly host: string; readonly port: number };
  readonly tenantId: string;
  readonly accounts: readonly { userPrincipalName: string; password: string; roles: readonly string[] }[];
  readonly accessToken: string;
  readonly console: string;
  readonly caFile?: string;
}

/** Starts the sandbox as its users do, as a process of its own. */
export async function startSandboxProcess(
  ...args: string[]
): Promise<{ line: SandboxLine; end(): Promise<void> }> {
  const child = spawn(process.execPath, ['src/sandbox/cli.ts', '--json', '--parent-pipe', ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [first] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    once(child, 'exit').then(() => {
      throw new Error('The sandbox did not start.');
    }),
  ])) as [string];
  return {
    line: JSON.parse(first) as SandboxLine,
    async end() {
      if (child.exitCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}
