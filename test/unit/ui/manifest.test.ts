import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { commandIds, viewIds, walkthroughId } from '../../../src/ui/commandIds.ts';
import { contextKeyNames } from '../../../src/ui/contextKeyNames.ts';
import { panelCommands } from '../../../src/webview/messages.ts';

interface Manifest {
  name: string;
  publisher: string;
  icon: string;
  capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
  contributes: {
    commands: { command: string; category: string; enablement?: string }[];
    menus: Record<string, { command: string; when?: string }[]>;
    views: Record<string, { id: string }[]>;
    viewsWelcome: { view: string; contents: string; when: string }[];
    configuration: { properties: Record<string, { scope: string }> };
    walkthroughs: {
      id: string;
      steps: { description: string; media: { svg: string }; completionEvents: string[] }[];
    }[];
  };
}

const source = readFileSync('package.json', 'utf8');
const manifest = JSON.parse(source) as Manifest;
const words = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;
const { contributes } = manifest;
const known: readonly string[] = Object.values(commandIds);

describe('The manifest', () => {
  it('declares exactly the commands that have a handler', () => {
    assert.deepEqual(contributes.commands.map(({ command }) => command).sort(), [...known].sort());
  });

  it('has words for every key, and no key without use', () => {
    const used = [...source.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key ?? '');
    assert.deepEqual([...new Set(used)].sort(), Object.keys(words).sort());
  });

  it('asks for no context key of ours that nothing sets', () => {
    const clauses = [
      ...contributes.commands.map(({ enablement }) => enablement ?? ''),
      ...Object.values(contributes.menus).flatMap((entries) => entries.map(({ when }) => when ?? '')),
      ...contributes.viewsWelcome.map(({ when }) => when),
      ...contributes.walkthroughs.flatMap(({ steps }) => steps.flatMap((step) => step.completionEvents)),
    ].map((clause) => clause.replace(/view == kiroConnect\.\w+/g, ''));
    const asked = clauses.flatMap((clause) => [...clause.matchAll(/kiroConnect\.\w+/g)].map(([key]) => key));
    assert.ok(asked.length > 20);
    assert.deepEqual(
      asked.filter((key) => !(contextKeyNames as readonly string[]).includes(key)),
      [],
    );
  });

  it('links to commands that are there, from its texts, its menus and the panels', () => {
    const links = Object.values(words).flatMap((text) =>
      [...text.matchAll(/\(command:([\w.]+)/g)].map(([, command]) => command ?? ''),
    );
    const menus = Object.values(contributes.menus).flatMap((entries) =>
      entries.map(({ command }) => command),
    );
    const missing = [...links, ...menus, ...panelCommands].filter(
      (command) => !known.includes(command) && command !== `${viewIds.guide}.focus`,
    );
    assert.ok(links.length > 15);
    assert.deepEqual(missing, []);
  });

  it('ticks each step of the walkthrough by verified state, with one button and a picture', () => {
    const [walkthrough, ...others] = contributes.walkthroughs;
    assert.equal(others.length, 0);
    assert.equal(`${manifest.publisher}.${manifest.name}#${walkthrough?.id ?? ''}`, walkthroughId);
    for (const step of walkthrough?.steps ?? []) {
      for (const event of step.completionEvents)
        assert.match(event, /^onContext:kiroConnect\.(signedIn|step\dMet)\b/);
      assert.ok(existsSync(step.media.svg), step.media.svg);
      const text = words[step.description.replaceAll('%', '')] ?? '';
      const buttons = text.split('\n').filter((line) => /^\[[^\]]+\]\(command:[^)]+\)$/.test(line));
      assert.equal(buttons.length, 1, step.description);
    }
  });

  it('draws pictures without a style sheet, which the walkthrough would not let through', () => {
    for (const { media } of contributes.walkthroughs.flatMap(({ steps }) => steps)) {
      assert.doesNotMatch(readFileSync(media.svg, 'utf8'), /<style|style=|class=|<script|<image|href=/);
    }
    assert.ok(existsSync(manifest.icon));
  });

  it('lets no untrusted workspace choose where anything is sent', () => {
    const settings = contributes.configuration.properties;
    assert.deepEqual(
      manifest.capabilities.untrustedWorkspaces.restrictedConfigurations.toSorted(),
      Object.keys(settings).sort(),
    );
    for (const [name, { scope }] of Object.entries(settings)) assert.equal(scope, 'machine', name);
  });

  it('has a welcome text for every state without a tree', () => {
    const states = contributes.viewsWelcome.flatMap(({ when }) =>
      [...when.matchAll(/state == '(\w+)'/g)].map(([, state]) => state),
    );
    assert.deepEqual([...new Set(states)].sort(), [
      'noAccess',
      'noApplication',
      'offline',
      'opening',
      'runOut',
      'sandboxReady',
      'sandboxStopped',
      'signedOut',
    ]);
  });
});
