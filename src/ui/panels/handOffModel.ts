import type { HandOffModel } from '../../webview/models.ts';
import { text } from '../../guide/text.ts';
import { commandIds } from '../commandIds.ts';
import { domainSection } from './handOffDomains.ts';
import { empty, head } from './head.ts';
import { papers } from './papers.ts';
import { valueRows } from './valueRows.ts';
import type { PanelView, WithCopies } from './view.ts';
import { Copies } from './view.ts';

/** The hand-off table as of now: the guide's four values, the domains' records, and texts for other people. */
export function handOffModel(view: PanelView): WithCopies<HandOffModel> {
  const { words } = view;
  const copies = new Copies(words, text('Copy'), (name) => text('Copied: {0}', name));
  // Before there is an application, its values are awaited and the texts for other people are wanted most.
  const nothing = empty(view, ['ready', 'noApplication']);
  const top = head(view, 'handOff', words(text('Hand-off table')), [
    {
      label: words(text('Open the Kiro console')),
      icon: 'link-external',
      command: commandIds.openKiroConsole,
      args: [],
    },
    { label: words(text('Check now')), icon: 'refresh', command: commandIds.refresh, args: [] },
  ]);
  const model: HandOffModel = {
    kind: 'handOff',
    ...(nothing ? { empty: nothing } : {}),
    ...(top ? { head: top } : {}),
    intro: words(
      text(
        'Four values connect the two sides: two go from Entra to the Kiro profile, two come back from Kiro’s settings.',
      ),
    ),
    caption: words(text('The values that Entra and Kiro hand to each other')),
    columns: {
      value: words(text('Value')),
      way: words(text('Goes from → to')),
      state: words(text('State')),
      actions: words(text('Actions')),
    },
    values: nothing ? [] : valueRows(view, copies),
    domains: domainSection(view, copies),
    papersTitle: words(text('For other people')),
    papers: nothing ? [] : papers(view, copies),
  };
  return { model, copies: copies.map };
}
