import { maxDomains } from '../kiro.ts';
import type { Requirement, Verdict } from '../requirement.ts';
import { checkScimEndpoint } from '../scimEndpoint.ts';
import { valueOf, type Snapshot } from '../snapshot.ts';
import { text, type Text } from '../text.ts';
import { domainRequirements } from './domain.ts';
import { afterStep, lacksApplication, manual, met, unmet } from './verdicts.ts';

/** Step 3 of the guide: set up the Kiro profile. Each domain brings its own requirements. */
export function profileRequirements(snapshot: Snapshot): readonly Requirement[] {
  return [...profileItself, ...snapshot.kept.domains.flatMap((domain) => domainRequirements(domain))];
}

const profileItself: readonly Requirement[] = [
  {
    id: 'profile.created',
    step: 3,
    title: text('Kiro profile'),
    why: text('The profile in the AWS console holds subscriptions and knows your application by its ID.'),
    severity: 'required',
    evaluate: created,
  },
  {
    id: 'profile.region',
    step: 3,
    title: text('Region'),
    why: text(
      'The profile, its data and its SCIM endpoint live in one region. In another one the console looks empty.',
    ),
    severity: 'required',
    evaluate: region,
  },
  {
    id: 'profile.domains',
    step: 3,
    title: text('Domains'),
    why: text('Kiro finds the profile by the domain of the e-mail address that people enter at sign-in.'),
    severity: 'required',
    evaluate: domains,
  },
];

function created(snapshot: Snapshot): Verdict {
  if (lacksApplication(snapshot)) return afterStep(1);
  const at = snapshot.kept.ticks.profile;
  if (at !== undefined) {
    return met(text('created'), text('You ticked it at {0}. No service tells it.', { at }), {
      portal: 'kiroConsole',
    });
  }
  const application = valueOf(snapshot.application)?.appId ?? snapshot.kept.application?.appId;
  const tenant = valueOf(snapshot.organization)?.id;
  const ids: Text =
    application === undefined || tenant === undefined
      ? text('Enter the application ID and the tenant ID from the hand-off table.')
      : text('Application ID {0}, tenant ID {1}.', application, tenant);
  return manual(text('to confirm'), text('Only the Kiro console shows whether the profile is there.'), {
    remedy: snapshot.kept.formerApplication
      ? text(
          'A Kiro profile that names the former application ({0}) has to get the new values, or to be made anew with them. Then tick it here. {1}',
          snapshot.kept.formerApplication.appId,
          ids,
        )
      : text(
          'In the Kiro console choose Microsoft Entra ID as external identity provider and enable the profile, then tick it here. {0}',
          ids,
        ),
    action: { kind: 'tick', tick: 'profile' },
    portal: 'kiroConsole',
    ...(application === undefined ? {} : { copy: application }),
  });
}

function region(snapshot: Snapshot): Verdict {
  const { scim, region: chosen } = snapshot.kept;
  const endpoint = scim?.endpoint === undefined ? undefined : checkScimEndpoint(scim.endpoint, snapshot);
  const told = endpoint?.ok === true ? endpoint.region : undefined;
  if (told !== undefined && chosen !== undefined && told !== chosen) {
    return unmet(
      text('{0} or {1}?', chosen, told),
      text('You chose {0}, but the SCIM endpoint belongs to {1}.', chosen, told),
      {
        remedy: text(
          'Choose the region in which the Kiro console shows the profile, or correct the SCIM endpoint.',
        ),
        action: { kind: 'chooseRegion' },
        portal: 'kiroConsole',
      },
    );
  }
  const known = told ?? chosen;
  if (known !== undefined) {
    return met(
      text('{0}', known),
      told === undefined ? text('You chose {0}.', known) : text('The SCIM endpoint belongs to {0}.', known),
      { copy: known, portal: 'kiroConsole' },
    );
  }
  return manual(text('to choose'), text('No service tells in which region the profile was made.'), {
    remedy: text('Choose the region in which you make the profile: us-east-1 or eu-central-1.'),
    action: { kind: 'chooseRegion' },
    portal: 'kiroConsole',
  });
}

function domains(snapshot: Snapshot): Verdict {
  const count = snapshot.kept.domains.length;
  if (count === 0) {
    return unmet(text('none'), text('No domain is entered yet.'), {
      remedy: text('Enter the domain that people’s e-mail addresses end in.'),
      action: { kind: 'enterDomain' },
    });
  }
  return count > maxDomains
    ? unmet(
        text('{0} of {1}', count, maxDomains),
        text('A Kiro profile takes at most {0} domains.', maxDomains),
        {
          remedy: text('Remove domains until {0} are left.', maxDomains),
        },
      )
    : met(
        text('{0} of {1}', count, maxDomains),
        text('Entered: {0}.', snapshot.kept.domains.map((domain) => domain.name).join(', ')),
        { action: { kind: 'enterDomain' } },
      );
}
