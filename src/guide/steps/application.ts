import type { Blocked, Change, Choices } from '../change.ts';
import { defaultDisplayName, temporaryNamePrefix } from '../kiro.ts';
import type { Requirement, Verdict } from '../requirement.ts';
import { valueOf, type Application, type Snapshot } from '../snapshot.ts';
import { text } from '../text.ts';
import { afterStep, lacksApplication, met, unmet, whenApplication, whenKnown } from './verdicts.ts';

const scopes = ['Application.ReadWrite.All'];

/** Step 1 of the guide: create an application for Kiro. */
export const applicationRequirements: readonly Requirement[] = [
  {
    id: 'application.exists',
    step: 1,
    title: text('Application'),
    why: text('Kiro signs people in and receives them through an application of your tenant.'),
    severity: 'required',
    evaluate: exists,
    plan: create,
  },
  {
    id: 'application.template',
    step: 1,
    title: text('Kind of application'),
    why: text(
      'Only an application made under Enterprise applications (non-gallery) can provision people to Kiro automatically.',
    ),
    severity: 'required',
    evaluate: template,
    plan: createBeside,
  },
  {
    id: 'application.displayName',
    step: 1,
    title: text('Display name'),
    why: text('Colleagues find the application in the admin center by this name.'),
    severity: 'required',
    evaluate: displayName,
    plan: rename,
  },
];

function exists(snapshot: Snapshot): Verdict {
  if (lacksApplication(snapshot)) {
    return snapshot.kept.application === undefined
      ? unmet(text('not created'), text('No application was created or chosen for Kiro yet.'), {
          remedy: text('Create one, or choose one that is already there.'),
          action: { kind: 'createOrAdopt' },
        })
      : unmet(
          text('not found'),
          text('The application with ID {0} is not in the tenant.', snapshot.kept.application.appId),
          {
            remedy: text(
              'Restore it under App registrations, Deleted applications, within 30 days, or choose another application.',
            ),
            action: { kind: 'createOrAdopt' },
          },
        );
  }
  return whenApplication(snapshot, (application) =>
    whenKnown(snapshot.servicePrincipal, (servicePrincipal) => {
      if (servicePrincipal === undefined) {
        return unmet(
          text('no enterprise application'),
          text('The application {0} has no enterprise application in this tenant.', application.displayName),
          {
            remedy: text('Create a new application, or choose another one.'),
            action: { kind: 'createOrAdopt' },
          },
        );
      }
      if (!servicePrincipal.accountEnabled) {
        return unmet(
          text('disabled'),
          text('Sign-in to the enterprise application {0} is switched off.', servicePrincipal.displayName),
          {
            remedy: text(
              'Set "Enabled for users to sign-in" to Yes under Properties of the enterprise application.',
            ),
            portal: 'enterpriseApplication',
            peopleAffected: true,
          },
        );
      }
      return met(
        text('{0}', application.displayName),
        text('The application {0} and its enterprise application are there.', application.displayName),
        { copy: application.appId, portal: 'appRegistration' },
      );
    }),
  );
}

function create(snapshot: Snapshot, choices: Choices): readonly Change[] | Blocked {
  if (snapshot.kept.application !== undefined) {
    return {
      blocked: text(
        'This connection has an application already. Restore it or choose another one; a second one is never made by itself.',
      ),
    };
  }
  return creation(snapshot, choices, [
    'application.exists',
    'application.template',
    'application.displayName',
  ]);
}

/** In place of one that can never be provisioned, which stays as it is: the connection turns to the new one. */
function createBeside(snapshot: Snapshot, choices: Choices): readonly Change[] {
  // What is not there is not beside anything: that is for `create` to say.
  return valueOf(snapshot.application) === undefined
    ? []
    : creation(snapshot, choices, ['application.template']);
}

function creation(snapshot: Snapshot, choices: Choices, meets: readonly string[]): readonly Change[] {
  const name = choices.displayName.trim() || defaultDisplayName;
  return [
    {
      id: 'application.create',
      step: 1,
      meets,
      title: text('Create the application {0}', name),
      why: text('A non-gallery application can both sign people in to Kiro and provision them.'),
      before: null,
      after: { displayName: name, kind: 'Non-gallery enterprise application' },
      request: {
        kind: 'graph',
        method: 'POST',
        path: `/applicationTemplates/${snapshot.cloud.nonGalleryTemplateId}/instantiate`,
        body: { displayName: name },
        answer: 'createdApplication',
      },
      notUndoable: text('Delete the application under App registrations if it is not wanted.'),
      risk: 'low',
      scopes,
    },
  ];
}

const beside = text(
  'Create a right one beside it, and this connection turns to that; the old one stays as it is, and who is assigned to it can be moved in step 5. Or choose one made under Enterprise applications.',
);

function template(snapshot: Snapshot): Verdict {
  return whenApplication(snapshot, (application) => {
    const made = application.applicationTemplateId;
    if (made === snapshot.cloud.nonGalleryTemplateId) {
      return met(text('non-gallery'), text('It was made as a non-gallery enterprise application.'), {
        portal: 'enterpriseApplication',
      });
    }
    return made === null
      ? unmet(
          text('made under App registrations'),
          text('{0} was made under App registrations and can never be provisioned.', application.displayName),
          {
            remedy: beside,
            action: { kind: 'createOrAdopt' },
          },
        )
      : unmet(
          text('made from the gallery'),
          text(
            '{0} was made from a gallery template, which brings another kind of provisioning.',
            application.displayName,
          ),
          {
            remedy: beside,
            action: { kind: 'createOrAdopt' },
          },
        );
  });
}

function isTemporary(application: Application): boolean {
  return application.displayName.startsWith(temporaryNamePrefix);
}

function displayName(snapshot: Snapshot): Verdict {
  return whenApplication(snapshot, (application) => {
    if (isTemporary(application)) {
      return unmet(
        text('temporary name'),
        text('Creating the application was interrupted before it got its name.'),
        { remedy: text('Apply step 1 to give it its name.'), action: { kind: 'apply' } },
      );
    }
    return application.displayName.trim() === ''
      ? afterStep(1)
      : met(text('{0}', application.displayName), text('It is called {0}.', application.displayName), {
          portal: 'appRegistration',
        });
  });
}

function rename(snapshot: Snapshot, choices: Choices): readonly Change[] {
  const application = snapshot.application.known ? snapshot.application.value : undefined;
  if (application === undefined) return [];
  const name = choices.displayName.trim() || defaultDisplayName;
  const path = `/applications/${application.id}`;
  return [
    {
      id: 'application.displayName',
      step: 1,
      meets: ['application.displayName'],
      title: text('Name the application {0}', name),
      why: text('It was created under a temporary name, and creating was interrupted.'),
      before: { displayName: application.displayName },
      after: { displayName: name },
      request: { kind: 'graph', method: 'PATCH', path, body: { displayName: name }, mergeable: true },
      inverse: { kind: 'graph', method: 'PATCH', path, body: { displayName: application.displayName } },
      risk: 'low',
      scopes,
    },
  ];
}
