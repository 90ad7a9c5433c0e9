import { kiroScopes, redirectUris } from '../../guide/kiro.ts';
import type { StepNumber } from '../../guide/requirement.ts';
import { valueOf, type Snapshot } from '../../guide/snapshot.ts';
import { text, type Text } from '../../guide/text.ts';
import { verificationRecord } from '../../guide/verificationRecord.ts';
import { code } from '../exports/markdown.ts';

type Row = readonly [Text, string | undefined];

/** What this tenant has in a step, value by value; a secret only as that it is there. */
export function valuesOf(
  step: StepNumber,
  snapshot: Snapshot,
  say: (text: Text) => string,
): readonly string[] {
  return rows(step, snapshot).map(
    ([name, value]) => `- ${say(name)}: ${value === undefined ? say(text('not known')) : code(value)}`,
  );
}

function rows(step: StepNumber, snapshot: Snapshot): readonly Row[] {
  switch (step) {
    case 1:
      return application(snapshot);
    case 2:
      return configuration(snapshot);
    case 3:
      return profile(snapshot);
    case 4:
      return provisioning(snapshot);
    case 5:
      return people(snapshot);
  }
}

function application({ application: seen, servicePrincipal, organization, cloud }: Snapshot): readonly Row[] {
  const one = valueOf(seen);
  return [
    [text('Cloud'), cloud.id],
    [text('Initial domain'), valueOf(organization)?.defaultDomain],
    [text('Name'), one?.displayName],
    [text('Application (client) ID'), one?.appId],
    [text('Object ID of the application'), one?.id],
    [text('Object ID of the enterprise application'), valueOf(servicePrincipal)?.id],
    [text('Template'), one?.applicationTemplateId ?? undefined],
  ];
}

function configuration({ application: seen, grants }: Snapshot): readonly Row[] {
  const one = valueOf(seen);
  return [
    [text('Application ID URI'), one?.identifierUris.join(', ')],
    [text('Scopes'), one?.api.oauth2PermissionScopes.map(({ value }) => value ?? '').join(', ')],
    [text('Scopes that Kiro asks for'), kiroScopes.join(', ')],
    [text('Access token version'), version(one?.api.requestedAccessTokenVersion)],
    [text('Redirect URIs'), one?.publicClient.redirectUris.join(', ')],
    [text('Redirect URIs that Kiro uses'), redirectUris.join(', ')],
    [
      text('Consent for everyone'),
      valueOf(grants)
        ?.filter(({ consentType }) => consentType === 'AllPrincipals')
        .map(({ scope }) => scope.trim())
        .join(', '),
    ],
  ];
}

function version(requested: number | null | undefined): string | undefined {
  if (requested === undefined) return undefined;
  return requested === null ? 'null' : String(requested);
}

function profile({ kept }: Snapshot): readonly Row[] {
  return [
    [text('Region of the Kiro profile'), kept.region],
    ...kept.domains.flatMap(({ name, verificationValue, verifiedAt }): Row[] => [
      [
        text('TXT record of {0}', name),
        verificationValue === undefined
          ? undefined
          : `${verificationRecord(name, verificationValue).name} TXT ${verificationValue}`,
      ],
      [
        text('{0} ticked as verified', name),
        verifiedAt === undefined ? undefined : new Date(verifiedAt).toISOString(),
      ],
    ]),
  ];
}

function provisioning({ kept, job, schema }: Snapshot): readonly Row[] {
  const one = valueOf(job);
  const mappings = valueOf(schema)?.synchronizationRules.flatMap((rule) => rule.objectMappings) ?? [];
  const made = kept.scim?.tokenMadeAt;
  return [
    [text('SCIM endpoint'), kept.scim?.endpoint],
    [
      text('Access token: made, its value is in secret storage alone'),
      made === undefined ? undefined : new Date(made).toISOString().slice(0, 10),
    ],
    [text('Provisioning job'), one && `${one.id} (${one.templateId})`],
    [text('Schedule'), one && `${one.schedule.state}, ${one.schedule.interval ?? ''}`],
    ...mappings.flatMap(({ sourceObjectName, attributeMappings }) =>
      attributeMappings.map(({ targetAttributeName, source }): Row => [
        text('{0}, attribute {1}', sourceObjectName, targetAttributeName),
        source?.expression ?? source?.name ?? undefined,
      ]),
    ),
  ];
}

function people({ groups, assignments }: Snapshot): readonly Row[] {
  const direct = valueOf(assignments)?.filter(({ principalType }) => principalType === 'User').length;
  return [
    ...(valueOf(groups) ?? []).map(({ id, displayName, members }): Row => [
      text('Assigned group {0}, direct members: {1}', displayName, members.length),
      id,
    ]),
    [text('People assigned directly'), direct === undefined ? undefined : String(direct)],
  ];
}
