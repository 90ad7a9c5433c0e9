import { makeOddZone, oddZoneNames } from '../dns/oddZones.ts';
import { valueFor } from '../dns/script.ts';
import type { SandboxState } from '../state.ts';
import type { Action } from './action.ts';
import { addRecord, removeRecord } from './records.ts';
import { Refusal } from './refusal.ts';

/** What can be done at the DNS provider. */
export function dnsActions(state: SandboxState): [string, Action][] {
  return [
    [
      'records',
      {
        tab: 'dns',
        run(read) {
          const record = addRecord(state.dns, {
            zone: read('zone'),
            name: read('name'),
            type: read('type'),
            value: read('value'),
          });
          return { json: { record }, notice: `The ${record.type} record of ${record.name} was added.` };
        },
      },
    ],
    [
      'remove-record',
      {
        tab: 'dns',
        run(read) {
          removeRecord(state.dns, { name: read('name'), value: read('value') });
          return {
            json: { removed: read('name') },
            notice: `The record of ${read('name')} was removed.`,
          };
        },
      },
    ],
    [
      'odd-zone',
      {
        tab: 'dns',
        run(read) {
          const zone = read('zone');
          const odd = oddZoneNames.find((one) => one === read('oddity'));
          if (!state.dns.zones.has(zone))
            throw new Refusal(404, `There is no zone '${zone}' at this provider.`);
          if (!odd) throw new Refusal(400, `Choose one of ${oddZoneNames.join(', ')}.`);
          const name = `kiro-app-1.${zone}`;
          makeOddZone(state.dns, odd, { zone, name, value: valueFor(state, name) });
          return { json: { zone, oddity: odd }, notice: `The zone ${zone} is now as in '${odd}'.` };
        },
      },
    ],
  ];
}
