import { readCommandLine, usage, UsageError } from './options.ts';
import { startSandbox } from './sandbox.ts';
import type { Sandbox } from './sandbox.ts';
import { welcome } from './welcome.ts';

/** Starts the sandbox tenant as a program of its own and ends with its parent, a signal, or never. */
async function main(): Promise<void> {
  const options = readCommandLine(process.argv.slice(2));
  if (options.help) {
    console.log(usage);
    return;
  }
  const sandbox = await startSandbox(options, (sentence) => console.error(sentence));
  const end = onceOnly(sandbox);
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, end);
  if (options.parentPipe) process.stdin.on('end', end).on('close', end).on('error', end).resume();
  if (process.env['npm_lifecycle_event'] === 'sandbox') endWithShell(end);
  // The reader of the line may be gone already: that must not look like a failure.
  process.stdout.on('error', end);
  console.log(options.json ? JSON.stringify(sandbox.line) : welcome(sandbox.line));
}

/** npm passes a signal to the shell that it runs a script in, and not to us: when that shell is gone, we end too. */
function endWithShell(end: () => void): void {
  const shell = process.ppid;
  setInterval(() => {
    if (process.ppid !== shell) end();
  }, 200).unref();
}

/** Saves the state, then closes the servers, but waits no longer than a second for those that are slow to end. */
function onceOnly(sandbox: Sandbox): () => void {
  let ending = false;
  return () => {
    if (ending) return;
    ending = true;
    void sandbox.save().finally(() => {
      setTimeout(() => process.exit(0), 1000).unref();
      void sandbox.close().finally(() => process.exit(0));
    });
  };
}

main().catch((error: unknown) => {
  if (error instanceof UsageError) console.error(`${error.message}\n\n${usage}`);
  else console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
});
