import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';

/**
 * VS Code calls this in its extension host; the run has failed when the promise rejects. The host's console mixes all of
 * VS Code's own lines into what is printed, so the report goes to `report.txt` beside this file.
 */
export async function run(): Promise<void> {
  // mocha is an ES module: require() of it gives one thing or another by the host's Node.js.
  const { default: Mocha } = await import('mocha');
  const lines: string[] = [];
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) => void lines.push(format(...args));
  const mocha = new Mocha({ ui: 'bdd', color: false, timeout: 30_000, reporter: 'spec' });
  for (const name of readdirSync(__dirname).sort()) {
    if (name.endsWith('.test.cjs')) mocha.addFile(join(__dirname, name));
  }
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  writeFileSync(join(__dirname, 'report.txt'), `${lines.join('\n')}\n`);
  if (failures > 0) throw new Error(`${failures} failed`);
}
