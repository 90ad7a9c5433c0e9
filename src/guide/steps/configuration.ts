import { accessTokenVersion, identifierUriOf } from '../kiro.ts';
import type { Change, GraphRequest, Json } from '../change.ts';
import type { Requirement, Verdict } from '../requirement.ts';
import { valueOf, type Application, type Snapshot } from '../snapshot.ts';
import { text } from '../text.ts';
import { consentRequirement } from './consent.ts';
import { redirectUriRequirement } from './redirectUris.ts';
import { scopeRequirement } from './scopes.ts';
import { affecting, met, peopleSignIn, unmet, whenApplication } from './verdicts.ts';

/** Step 2 of the guide: configure the Kiro application. */
export const configurationRequirements: readonly Requirement[] = [
  {
    id: 'configuration.identifierUri',
    step: 2,
    title: text('Application ID URI'),
    why: text(
      'Kiro asks Entra for scopes under api:// and the application ID. Under another URI sign-in fails.',
    ),
    severity: 'required',
    evaluate: identifierUri,
    plan: (snapshot) => planFor(snapshot, setIdentifierUri),
  },
  scopeRequirement,
  {
    id: 'configuration.tokenVersion',
    step: 2,
    title: text('Access token version'),
    why: text(
      'Entra issues version 1 by default. Kiro accepts version 2 only: after sign-in its calls would fail.',
    ),
    severity: 'required',
    evaluate: tokenVersion,
    plan: (snapshot) => planFor(snapshot, setTokenVersion),
  },
  redirectUriRequirement,
  consentRequirement,
];

function planFor(snapshot: Snapshot, plan: (application: Application) => Change): readonly Change[] {
  const application = valueOf(snapshot.application);
  return application === undefined ? [] : [plan(application)];
}

function identifierUri(snapshot: Snapshot): Verdict {
  return whenApplication(snapshot, (application) => {
    const wanted = identifierUriOf(application.appId);
    const [uri, ...others] = application.identifierUris;
    if (uri === wanted && others.length === 0) {
      return met(text('{0}', wanted), text('The application ID URI is {0}.', wanted), {
        copy: wanted,
        portal: 'exposeAnApi',
      });
    }
    return unmet(
      uri === undefined ? text('not set') : text('{0}', application.identifierUris.join(', ')),
      uri === undefined
        ? text('No application ID URI is set.')
        : text(
            'The application ID URI is {0}; Kiro asks for {1}.',
            application.identifierUris.join(', '),
            wanted,
          ),
      {
        remedy: text('Apply sets it to {0}.', wanted),
        action: { kind: 'apply' },
        portal: 'exposeAnApi',
        ...affecting(peopleSignIn(snapshot) && !application.identifierUris.includes(wanted)),
      },
    );
  });
}

function patch(application: Application, body: Json): GraphRequest {
  return { kind: 'graph', method: 'PATCH', path: `/applications/${application.id}`, body, mergeable: true };
}

function setIdentifierUri(application: Application): Change {
  const before = { identifierUris: application.identifierUris };
  const after = { identifierUris: [identifierUriOf(application.appId)] };
  return {
    id: 'configuration.identifierUri',
    step: 2,
    meets: ['configuration.identifierUri'],
    title: text('Set the application ID URI'),
    why: text('Kiro asks Entra for scopes under exactly this URI.'),
    before,
    after,
    request: patch(application, after),
    inverse: patch(application, before),
    risk: 'low',
    scopes: ['Application.ReadWrite.All'],
  };
}

function tokenVersion(snapshot: Snapshot): Verdict {
  return whenApplication(snapshot, (application) => {
    const version = application.api.requestedAccessTokenVersion;
    if (version === accessTokenVersion) {
      return met(text('2'), text('The application receives version 2 access tokens.'), {
        portal: 'manifest',
      });
    }
    return unmet(
      text('{0}, Kiro needs {1}', version ?? 1, accessTokenVersion),
      version === null
        ? text('No access token version is set, so Entra issues version 1.')
        : text('The access token version is {0}.', version),
      {
        remedy: text('Apply sets it to {0}. People who are signed in sign in again.', accessTokenVersion),
        action: { kind: 'apply' },
        portal: 'manifest',
        ...affecting(peopleSignIn(snapshot)),
      },
    );
  });
}

function setTokenVersion(application: Application): Change {
  const before = { api: { requestedAccessTokenVersion: application.api.requestedAccessTokenVersion } };
  const after = { api: { requestedAccessTokenVersion: accessTokenVersion } };
  return {
    id: 'configuration.tokenVersion',
    step: 2,
    meets: ['configuration.tokenVersion'],
    title: text('Set the access token version to {0}', accessTokenVersion),
    why: text('Kiro accepts version 2 access tokens only.'),
    before,
    after,
    request: patch(application, after),
    inverse: patch(application, before),
    risk: 'low',
    scopes: ['Application.ReadWrite.All'],
  };
}
