import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { extension, manifest } from './extension.ts';

describe('The manifest and the host', () => {
  before(() => extension().activate());

  it('declare exactly the commands that are registered', async () => {
    const declared = (manifest().contributes?.commands ?? []).map(({ command }) => command);
    const prefixes = new Set(declared.map((command) => `${command.split('.')[0] ?? ''}.`));
    const views = Object.values(manifest().contributes?.views ?? {}).flatMap((list) =>
      list.map(({ id }) => id),
    );
    const known = new Set(await vscode.commands.getCommands(true));
    assert.ok(declared.length > 0, 'no command is declared');
    assert.deepEqual(
      declared.filter((command) => !known.has(command)),
      [],
      'declared, but not registered',
    );
    const own = [...known].filter((command) => [...prefixes].some((prefix) => command.startsWith(prefix)));
    // The host itself makes commands for each view: NAME.focus, NAME.open and others.
    const ofHost = (command: string) => views.some((view) => command.startsWith(`${view}.`));
    assert.deepEqual(
      own.filter((command) => !declared.includes(command) && !ofHost(command)),
      [],
      'registered, but not declared',
    );
  });

  it('put every command in one category', () => {
    const categories = new Set((manifest().contributes?.commands ?? []).map(({ category }) => category));
    assert.equal(categories.size, 1);
    assert.ok([...categories][0]);
  });

  it('make a focus command for each view, so that the host has taken the view', async () => {
    const views = Object.values(manifest().contributes?.views ?? {}).flatMap((list) =>
      list.map(({ id }) => id),
    );
    const known = new Set(await vscode.commands.getCommands(true));
    assert.ok(views.length > 0, 'no view is contributed');
    assert.deepEqual(
      views.filter((view) => !known.has(`${view}.focus`)),
      [],
    );
  });

  it('name only commands that are there in menus, welcome texts and the walkthrough', async () => {
    const { menus = {}, viewsWelcome = [], walkthroughs = [] } = manifest().contributes ?? {};
    const known = new Set(await vscode.commands.getCommands(true));
    const texts = [
      ...viewsWelcome.map(({ contents }) => contents),
      ...walkthroughs.flatMap(({ steps }) => steps.map(({ description }) => description)),
    ];
    const named = [
      ...Object.values(menus).flatMap((list) => list.flatMap(({ command }) => command ?? [])),
      ...texts.flatMap((text) =>
        [...text.matchAll(/\(command:([\w.-]+)/g)].map(([, command]) => command ?? ''),
      ),
    ];
    assert.ok(named.length > 0);
    assert.deepEqual(
      named.filter((command) => !known.has(command)),
      [],
    );
  });

  it('tick each step of the walkthrough by a context key alone, and show a picture that is there', () => {
    const steps = (manifest().contributes?.walkthroughs ?? []).flatMap((walkthrough) => walkthrough.steps);
    assert.ok(steps.length >= 6, `${steps.length} steps`);
    for (const { id, completionEvents = [], media } of steps) {
      assert.ok(completionEvents.length > 0, `${id} would tick by a click`);
      for (const event of completionEvents) assert.match(event, /^onContext:/, id);
      const files = Object.entries(media).flatMap(([key, value]) => {
        if (key === 'altText') return [];
        return typeof value === 'string' ? [value] : Object.values(value as Record<string, string>);
      });
      assert.ok(files.length > 0, `${id} has no media`);
      for (const file of files)
        assert.ok(existsSync(vscode.Uri.joinPath(extension().extensionUri, file).fsPath), file);
    }
  });
});
