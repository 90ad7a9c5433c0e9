import type { Change, GraphRequest, Json } from '../change.ts';
import { isPortDuplicate, mistypedRedirectUri, redirectUris } from '../kiro.ts';
import type { Requirement, Verdict } from '../requirement.ts';
import { valueOf, type Application, type Snapshot } from '../snapshot.ts';
import { text, type Text } from '../text.ts';
import { affecting, met, peopleSignIn, unmet, whenApplication } from './verdicts.ts';

export const redirectUriRequirement: Requirement = {
  id: 'configuration.redirectUris',
  step: 2,
  title: text('Redirect URIs'),
  why: text(
    'After sign-in Entra sends people back to Kiro at these addresses, and only if they stand under mobile and desktop applications.',
  ),
  severity: 'required',
  evaluate,
  plan,
};

const needed: readonly string[] = redirectUris;

/** Kiro's own addresses in any form: none of them belongs under Web or single-page application. */
function isKiros(uri: string): boolean {
  return needed.includes(uri) || uri === mistypedRedirectUri || isPortDuplicate(uri);
}

function isStray(uri: string): boolean {
  return isKiros(uri) && !needed.includes(uri);
}

function evaluate(snapshot: Snapshot): Verdict {
  return whenApplication(snapshot, (application) => {
    const fault = faultOf(application);
    if (fault === undefined) {
      return met(
        text('{0}', application.publicClient.redirectUris.length),
        text('Both addresses stand under mobile and desktop applications.'),
        { portal: 'authentication' },
      );
    }
    const missing = needed.some((uri) => !application.publicClient.redirectUris.includes(uri));
    const elsewhere = [...application.web.redirectUris, ...application.spa.redirectUris].some(isKiros);
    return unmet(fault.label, fault.evidence, {
      remedy: text('Apply puts both under mobile and desktop applications and removes the others of Kiro.'),
      action: { kind: 'apply' },
      portal: 'authentication',
      ...affecting(peopleSignIn(snapshot) && (missing || elsewhere)),
    });
  });
}

function faultOf(application: Application): { readonly label: Text; readonly evidence: Text } | undefined {
  const here = application.publicClient.redirectUris;
  const missing = needed.filter((uri) => !here.includes(uri));
  if (missing.length > 0) {
    return {
      label: text('{0} missing', missing.length),
      evidence: text('Missing under mobile and desktop applications: {0}.', missing.join(', ')),
    };
  }
  const elsewhere = [...application.web.redirectUris, ...application.spa.redirectUris].filter(isKiros);
  if (elsewhere.length > 0) {
    return {
      label: text('also under another platform'),
      evidence: text(
        'Under Web or single-page application stands {0}; there Entra asks for a secret that Kiro does not have.',
        elsewhere.join(', '),
      ),
    };
  }
  if (here.includes(mistypedRedirectUri)) {
    return {
      label: text('old address'),
      evidence: text('{0} is a slip of an older guide and leads nowhere.', mistypedRedirectUri),
    };
  }
  const ports = here.filter(isPortDuplicate);
  return ports.length === 0
    ? undefined
    : {
        label: text('{0} differ by port only', ports.length),
        evidence: text(
          'Entra ignores the port of localhost, so which of these it takes is left to chance: {0}.',
          ports.join(', '),
        ),
      };
}

function plan(snapshot: Snapshot): readonly Change[] {
  const application = valueOf(snapshot.application);
  if (application === undefined) return [];
  const here = application.publicClient.redirectUris;
  const kept = here.filter((uri) => !isStray(uri));
  const target: Record<string, Json> = {
    publicClient: { redirectUris: [...kept, ...needed.filter((uri) => !kept.includes(uri))] },
  };
  const before: Record<string, Json> = { publicClient: { redirectUris: here } };
  for (const platform of ['web', 'spa'] as const) {
    const uris = application[platform].redirectUris;
    if (!uris.some(isKiros)) continue;
    before[platform] = { redirectUris: uris };
    target[platform] = { redirectUris: uris.filter((uri) => !isKiros(uri)) };
  }
  const patch = (body: Json): GraphRequest => ({
    kind: 'graph',
    method: 'PATCH',
    path: `/applications/${application.id}`,
    body,
    mergeable: true,
  });
  return [
    {
      id: 'configuration.redirectUris',
      step: 2,
      meets: ['configuration.redirectUris'],
      title: text('Set the redirect URIs'),
      why: text('Entra sends people back to Kiro only at registered addresses.'),
      before,
      after: target,
      request: patch(target),
      inverse: patch(before),
      risk: 'low',
      scopes: ['Application.ReadWrite.All'],
    },
  ];
}
