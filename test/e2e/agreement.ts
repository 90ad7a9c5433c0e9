import assert from 'node:assert/strict';
import type { Workbench } from './workbench.ts';

const steps = [
  { row: /^Step 1,/, page: /^1\s+Create the application/ },
  { row: /^Step 2,/, page: /^2\s+Configure it/ },
  { row: /^Step 3,/, page: /^3\s+Kiro profile and domain/ },
  { row: /^Step 4,/, page: /^4\s+Provisioning/ },
  { row: /^Step 5,/, page: /^5\s+People/ },
];

/**
 * Checks that every surface says the same: the steps up to `met` are in order in the tree and ticked in the walkthrough,
 * no later one is, and the status bar counts as many things to do as the tree's steps together.
 */
export async function surfacesAgree(workbench: Workbench, met: number): Promise<void> {
  const { tree, walkthrough } = workbench;
  for (const { row } of steps.slice(0, met))
    await tree
      .row(row)
      .and(tree.row(/: in order, /))
      .waitFor();
  await workbench.showWalkthrough();
  for (const { page } of steps.slice(0, met)) await walkthrough.ticked(page);
  for (const { row, page } of steps.slice(met)) {
    assert.doesNotMatch((await tree.row(row).getAttribute('aria-label')) ?? '', /: in order, /);
    assert.equal(await walkthrough.isTicked(page), false, `${String(page)} is ticked too early`);
  }
  const toDo = (await tree.names())
    .filter((name) => name.startsWith('Step '))
    .reduce((sum, name) => sum + Number(/(\d+) to do/.exec(name)?.[1] ?? 0), 0);
  const status = met === steps.length ? 'Kiro: healthy' : `Kiro: ${toDo} to do`;
  await workbench.statusBar().filter({ hasText: status }).waitFor();
}
