import { findBrowser } from '../../test/vscode-server/browser.ts';
import { installServer } from '../../test/vscode-server/install.ts';
import { installDebianPackages } from './debian.ts';

/**
 * Sets up what the tests in a real VS Code need: a Chromium-based browser (by apt where this is root on Debian) and VS
 * Code's server (from npm). Answers with what is missing after that, each with what to do; nothing when all is there.
 */
export async function prepareWorkbench(): Promise<readonly string[]> {
  const missing: string[] = [];
  if (!findBrowser()) await installDebianPackages('chromium');
  if (!findBrowser())
    missing.push('a Chromium-based browser: install one, or name its executable in CHROMIUM');
  for (const release of ['newest', 'oldest'] as const) {
    await installServer(release).catch((error: unknown) => {
      missing.push(`VS Code's server, ${release} release, from npm: ${String(error)}`);
    });
  }
  return missing;
}
