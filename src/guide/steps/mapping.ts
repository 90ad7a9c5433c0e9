import { externalIdAttribute, namingAttributes, requiredAttributes } from '../kiro.ts';
import type { Requirement, Verdict } from '../requirement.ts';
import { valueOf, type ObjectMapping, type Snapshot, type SynchronizationSchema } from '../snapshot.ts';
import { text, type Text } from '../text.ts';
import { isRunning } from './job.ts';
import { planMapping } from './mappingPlan.ts';
import { pauseFirst } from './pauseFirst.ts';
import {
  attributeOf,
  isFromObjectId,
  isRightlyIdentified,
  mappingOf,
  missingIn,
  sourceOf,
  unsupportedIn,
} from './schemaMapping.ts';
import { affecting, afterJob, met, unmet, whenKnown, whenServicePrincipal } from './verdicts.ts';

const common = {
  step: 4,
  plan: (snapshot: Snapshot) =>
    planMapping(
      snapshot,
      mappingRequirements.map(({ id }) => id),
    ),
} as const;

/** Step 4 of the guide: attribute mapping. One request meets all of these, because the schema is replaced as a whole. */
export const mappingRequirements: readonly Requirement[] = [
  {
    ...common,
    id: 'provisioning.mapping.externalId',
    title: text('externalId from objectId'),
    why: text(
      'Kiro knows people by their object ID and keeps the first external ID it receives for ever. Entra sends the mail nickname by default.',
    ),
    severity: 'required',
    evaluate: (snapshot) => whenSchema(snapshot, (schema) => externalId(schema, snapshot)),
    first: pauseFirst,
  },
  {
    ...common,
    id: 'provisioning.mapping.unsupported',
    title: text('Unsupported attributes removed'),
    why: text('Provisioning to Kiro fails while enterprise attributes or phone numbers are mapped.'),
    severity: 'required',
    evaluate: (snapshot) => whenUser(snapshot, unsupported),
  },
  {
    ...common,
    id: 'provisioning.mapping.required',
    title: text('Required attributes mapped'),
    why: text('Kiro needs userName, externalId and active of every person.'),
    severity: 'required',
    evaluate: (snapshot) => whenUser(snapshot, required),
  },
  {
    ...common,
    id: 'provisioning.mapping.names',
    title: text('Names and e-mail mapped'),
    why: text('Without them people can appear in the Kiro console as long IDs only.'),
    severity: 'warning',
    evaluate: (snapshot) => whenUser(snapshot, names),
  },
  {
    ...common,
    id: 'provisioning.mapping.objects',
    title: text('Users and groups provisioned'),
    why: text('Kiro subscribes groups, so both users and groups have to reach it.'),
    severity: 'required',
    evaluate: (snapshot) => whenSchema(snapshot, objects),
  },
];

function whenSchema(snapshot: Snapshot, judge: (schema: SynchronizationSchema) => Verdict): Verdict {
  return whenServicePrincipal(snapshot, () =>
    snapshot.job.known && snapshot.job.value === undefined && valueOf(snapshot.schema) === undefined
      ? afterJob
      : whenKnown(snapshot.schema, (schema) => (schema === undefined ? afterJob : judge(schema))),
  );
}

function whenUser(snapshot: Snapshot, judge: (mapping: ObjectMapping) => Verdict): Verdict {
  return whenSchema(snapshot, (schema) => {
    const mapping = mappingOf(schema, 'User');
    return mapping === undefined ? noMapping : judge(mapping);
  });
}

const see = { action: { kind: 'apply' }, portal: 'provisioning' } as const;

const noMapping = unmet(text('no user mapping'), text('The provisioning schema has no mapping for users.'), {
  remedy: text('Restore the default mappings under Provisioning, Attribute mapping, then apply.'),
  portal: 'provisioning',
});

function externalId(schema: SynchronizationSchema, snapshot: Snapshot): Verdict {
  const user = mappingOf(schema, 'User');
  if (user === undefined) return noMapping;
  const attribute = attributeOf(user, externalIdAttribute);
  const group = attributeOf(mappingOf(schema, 'Group'), externalIdAttribute);
  const source = attribute === undefined ? text('not mapped') : text('from {0}', sourceOf(attribute));
  if (isRightlyIdentified(schema)) {
    return met(text('from objectId'), text('externalId comes from objectId.'), { portal: 'provisioning' });
  }
  const label: Text = isFromObjectId(attribute)
    ? text('groups: from {0}', group ? sourceOf(group) : '')
    : source;
  return unmet(label, text('externalId of people or groups does not come from objectId.'), {
    remedy: text('Apply sets it to objectId. Do not provision anyone before that.'),
    ...see,
    ...affecting(isRunning(valueOf(snapshot.job)) && (valueOf(snapshot.assignments)?.length ?? 0) > 0),
  });
}

function unsupported(mapping: ObjectMapping): Verdict {
  const found = unsupportedIn(mapping);
  return found.length === 0
    ? met(text('none left'), text('No enterprise attribute and no phone number is mapped.'), {
        portal: 'provisioning',
      })
    : unmet(text('{0} mapped', found.length), text('Still mapped: {0}.', found.join(', ')), {
        remedy: text('Apply removes them from the mapping.'),
        ...see,
      });
}

function required(mapping: ObjectMapping): Verdict {
  const missing = missingIn(mapping, requiredAttributes);
  return missing.length === 0
    ? met(text('userName, externalId, active'), text('The three required attributes are mapped.'), {
        portal: 'provisioning',
      })
    : unmet(text('{0} missing', missing.join(', ')), text('Not mapped: {0}.', missing.join(', ')), {
        remedy: text('Apply maps them again.'),
        ...see,
      });
}

function names(mapping: ObjectMapping): Verdict {
  const missing = missingIn(mapping, namingAttributes);
  return missing.length === 0
    ? met(text('mapped'), text('Display name, given name, surname and e-mail are mapped.'), {
        portal: 'provisioning',
      })
    : unmet(text('{0} missing', missing.length), text('Not mapped: {0}.', missing.join(', ')), {
        remedy: text('Apply maps them again.'),
        ...see,
      });
}

function objects(schema: SynchronizationSchema): Verdict {
  const user = mappingOf(schema, 'User')?.enabled === true;
  const group = mappingOf(schema, 'Group')?.enabled === true;
  if (user && group)
    return met(text('both'), text('Users and groups are both provisioned.'), { portal: 'provisioning' });
  const off = user ? text('groups off') : group ? text('users off') : text('both off');
  return unmet(off, text('Provisioning of users and groups has to be enabled for both.'), {
    remedy: text('Apply enables both.'),
    ...see,
  });
}
