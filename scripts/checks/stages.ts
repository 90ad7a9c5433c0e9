import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Stage } from './stage.ts';

const modules = join(import.meta.dirname, '..', '..', 'node_modules');
const tool = (...path: readonly string[]) => join(modules, ...path);

/** Everything that `npm test` runs: what may run beside others first, and of the rest the cheapest. */
export function allStages(): readonly Stage[] {
  const tsc = tool('typescript', 'bin', 'tsc');
  const mocha = tool('mocha', 'bin', 'mocha.js');
  const dependencyCruiser = tool('dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const unit = (room: string, files = '*'): Stage => ({
    name: `unit, ${room}${files === '*' ? '' : ` ${files}`}`,
    commands: [[mocha, '--no-config', ...unitOptions, join('test', 'unit', room, '**', `${files}.test.ts`)]],
    counts: 'mocha',
  });
  const otherRooms = readdirSync(join('test', 'unit')).filter((room) => room !== longestRoom);
  const besideEachOther: readonly Stage[] = [
    unit(longestRoom, '[a-o]*'),
    unit(longestRoom, '[p-z]*'),
    { name: 'types', commands: [[tsc, '--noEmit'], ...webview([tsc, '--noEmit', '-p', 'src/webview'])] },
    { name: 'lint', commands: [[tool('eslint', 'bin', 'eslint.js'), '.']] },
    {
      name: 'format',
      commands: [[tool('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.']],
    },
    { name: 'walls', commands: [[dependencyCruiser, '--config', '.dependency-cruiser.cjs', 'src']] },
    ...ours('l10n', 'scripts/l10n.ts', '--check'),
    ...otherRooms.map((room) => unit(room)),
    ...ours('rehearse', 'scripts/rehearse.ts'),
    ...ours('faults', 'test/faults/run.ts'),
    {
      name: 'conformance',
      commands: [[mocha, '--config', 'test/conformance/.mocharc.json']],
      counts: 'mocha',
      needs: 'clients',
    },
    {
      name: 'conformance, DNS',
      commands: [[mocha, '--no-config', '--timeout', '60000', 'test/conformance/dns.test.ts']],
      counts: 'mocha',
      needs: 'resolver',
    },
    {
      name: 'dns servers',
      commands: [[mocha, '--no-config', '--timeout', '60000', 'test/dns-servers/*.test.ts']],
      counts: 'mocha',
      needs: 'dnsServers',
    },
  ];
  return [
    ...besideEachOther.map((stage): Stage => ({ ...stage, beside: true })),
    { name: 'package', commands: [['scripts/package.ts']] },
    {
      name: 'host, newest VS Code',
      commands: [['test/host/run.ts']],
      counts: 'mocha',
      needs: 'workbench',
      again: true,
    },
    {
      name: 'host, oldest VS Code',
      commands: [['test/host/run.ts']],
      counts: 'mocha',
      needs: 'workbench',
      env: { VSCODE_RELEASE: 'oldest' },
      again: true,
    },
    ...endToEnd().map((file): Stage => ({
      name: `end to end, ${file.replace('.e2e.ts', '')}`,
      commands: [[mocha, '--no-config', '--bail', '--timeout', '90000', join('test', 'e2e', file)]],
      counts: 'mocha',
      needs: 'workbench',
      again: true,
    })),
    // Beside other work a time may be over its budget: measured once more.
    { name: 'large tenant', commands: [['test/bench/sandboxLarge.ts', '--check']], again: true },
    { name: 'day of watching', commands: [['test/bench/watchDay.ts', '--check']] },
    { name: 'bench', commands: [['test/bench/run.ts', '--check']], needs: 'workbench', again: true },
  ];
}

/** Beside others a test takes up to three times as long; the panels are drawn in a real browser. */
const unitOptions = ['--require', './test/csdl/hooks.ts', '--timeout', '180000'];
/** Takes longer than all the others: begun first, and in two parts. */
const longestRoom = 'engine';

/** A stage for each suite: one that fails is tried once more by itself, not with all the others. */
function endToEnd(): readonly string[] {
  return readdirSync(join('test', 'e2e'))
    .filter((name) => name.endsWith('.e2e.ts'))
    .sort();
}

function webview(command: readonly string[]): readonly (readonly string[])[] {
  return existsSync('src/webview/tsconfig.json') ? [command] : [];
}

function ours(name: string, script: string, ...args: readonly string[]): readonly Stage[] {
  return existsSync(script) ? [{ name, commands: [[script, ...args]] }] : [];
}
