import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What packages ask before they start a daemon (Debian: policy-rc.d); 101 forbids it. */
const policy = '/usr/sbin/policy-rc.d';

/**
 * Installs Debian packages where this is root on Debian, and does nothing elsewhere. None of their daemons starts. What
 * apt-get refuses is said on standard error: the caller looks whether the programs are there.
 */
export async function installDebianPackages(...names: readonly string[]): Promise<void> {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, maxBuffer: 16_000_000 };
  const ours = !existsSync(policy);
  try {
    if (ours) await writeFile(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
    await run('apt-get', ['update', '-qq'], options);
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], options);
  } catch (error) {
    console.error(String(error));
  } finally {
    if (ours) await rm(policy, { force: true });
  }
}
