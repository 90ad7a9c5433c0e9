import type { StatusModel } from '../../webview/models.ts';
import { text } from '../../guide/text.ts';
import { commandIds } from '../commandIds.ts';
import { domainMatrix } from './domainMatrix.ts';
import { empty, head } from './head.ts';
import { comparePeople, countPeople, peopleSection } from './peopleModel.ts';
import type { EventsView } from './provisioningModel.ts';
import { provisioningSection } from './provisioningModel.ts';
import { stages } from './stages.ts';
import type { PanelView } from './view.ts';

/** The status panel as of now: one line that says everything, the clocks that run, domains, provisioning, people. */
export function statusModel(view: PanelView, log: EventsView): StatusModel {
  const { words, kept, observation } = view;
  const nothing = empty(view, ['ready']);
  const top = head(view, 'status', words(text('Status')), [
    { label: words(text('Check now')), icon: 'refresh', command: commandIds.refresh, args: [] },
  ]);
  const people = observation ? comparePeople(observation.snapshot, view.comparison) : [];
  const count = countPeople(people, observation?.snapshot, view.comparison);
  return {
    kind: 'status',
    ...(nothing ? { empty: nothing } : {}),
    ...(top ? { head: top } : {}),
    stagesTitle: words(text('The way of a change from Entra to a seat in Kiro')),
    stages: stages(view, count),
    domainsTitle: words(text('Domains')),
    domains: kept.domains.map((domain) => domainMatrix(domain, view)),
    noDomains: words(text('No domain yet. The hand-off table takes the first one.')),
    ...(kept.domains.length === 0
      ? {
          addDomain: {
            label: words(text('Open the hand-off table')),
            command: commandIds.openHandOff,
            args: [],
          },
        }
      : {}),
    provisioning: provisioningSection(view, log),
    people: peopleSection(people, count, view),
  };
}
