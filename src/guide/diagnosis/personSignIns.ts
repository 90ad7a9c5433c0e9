import { kiroScopes } from '../kiro.ts';
import { valueOf } from '../snapshot.ts';
import { text } from '../text.ts';
import { explainSignInError, signInErrorUrl } from './aadsts.ts';
import { linkOf, type Link, type LinkId, type PersonCase } from './person.ts';
import { policyHits } from './personPolicies.ts';

const consent = linkOf('consent', text('Consent'));
const access = linkOf('conditionalAccess', text('Conditional Access'));
const signIn = linkOf('signIn', text('Last sign-in'));

/** An application that requires assignment can't be consented to by people themselves (Microsoft Entra: assign users and groups). */
export function consentLink({ snapshot, seen }: PersonCase): Link {
  const { grants } = snapshot;
  const principal = valueOf(snapshot.servicePrincipal);
  const [last] = valueOf(seen.signIns) ?? [];
  if (last?.errorCode === 0)
    return consent.ok(text('The last sign-in succeeded, so there was no lack of consent.'));
  if (!grants.known)
    return consent.unknown(text('The consents could not be read.'), { remedy: grants.detail });
  const granted = grants.value
    .filter(({ consentType, resourceId }) => consentType === 'AllPrincipals' && resourceId === principal?.id)
    .flatMap(({ scope }) => scope.split(' '));
  const missing = kiroScopes.filter((scope) => !granted.includes(scope));
  if (missing.length === 0) return consent.ok(text('Given for everyone in the tenant.'));
  const mend = {
    remedy: text('Grant consent for everyone: apply it in step 2.'),
    action: { kind: 'applyRequirement', requirement: 'configuration.consent', step: 2 },
    portal: 'permissions',
  } as const;
  return principal?.appRoleAssignmentRequired === true
    ? consent.broken(
        text(
          'Nobody has consented for everyone to {0}, and people can’t consent for themselves where assignment is required.',
          missing.join(', '),
        ),
        mend,
      )
    : consent.unknown(
        text('Not granted for everyone: {0}. The person may have consented themselves.', missing.join(', ')),
        mend,
      );
}

/** Policies that apply to this person and this application. */
export function conditionalAccessLink({ snapshot, seen, account }: PersonCase): Link {
  const { policies } = seen;
  const appId = valueOf(snapshot.application)?.appId;
  if (!policies.known || appId === undefined) {
    return access.unknown(text('The Conditional Access policies could not be read.'), {
      ...(policies.known ? {} : { remedy: policies.detail }),
      ...(!policies.known && policies.reason === 'permission' && { deeper: true }),
    });
  }
  const memberships = valueOf(seen.memberships);
  const judged = policies.value.flatMap((policy) => {
    const hit = policyHits(policy, appId, account, memberships);
    return hit === 'misses' ? [] : [{ policy, hit }];
  });
  const blocking = judged.filter(({ policy }) => policy.controls.includes('block'));
  const sure = blocking.find(({ hit }) => hit === 'hits');
  if (sure !== undefined) {
    return access.broken(text('The policy “{0}” blocks this person’s sign-in.', sure.policy.displayName), {
      remedy: text('A Conditional Access Administrator can exclude the application or the person.'),
    });
  }
  const [perhaps] = blocking;
  if (perhaps !== undefined) {
    return access.unknown(
      text('The policy “{0}” blocks sign-ins under certain conditions.', perhaps.policy.displayName),
      {
        remedy: text(
          'The sign-in log tells whether it applied; “What If” under Conditional Access shows when it does.',
        ),
      },
    );
  }
  if (judged.length === 0) return access.ok(text('No policy applies to this person and this application.'));
  const list = judged.map(({ policy }) => `${policy.displayName} (${policy.controls.join(', ') || '–'})`);
  return access.ok(text('These policies apply: {0}.', list.join('; ')), {
    remedy: text(
      'The person has to meet what they ask for, on the device and in the browser of the sign-in.',
    ),
  });
}

/** The newest attempt to sign in to the application, and whether what it failed of has been mended since. */
export function signInLink({ seen }: PersonCase, before: readonly Link[]): Link {
  const { signIns } = seen;
  const test = { kind: 'testSignIn' } as const;
  if (!signIns.known) {
    return signIn.unknown(text('The sign-in log could not be read.'), {
      remedy: signIns.detail,
      action: test,
      ...(signIns.reason === 'permission' && { deeper: true }),
    });
  }
  const [last] = signIns.value;
  if (last === undefined) {
    return signIn.unknown(text('The sign-in log has no attempt of this person at Kiro.'), {
      remedy: text(
        'Let them sign in, or test a sign-in as Kiro does; rows come into the log after a few minutes.',
      ),
      action: test,
    });
  }
  if (last.errorCode === 0) return signIn.ok(text('It succeeded at {0}.', { at: last.at }));
  const code = String(last.errorCode);
  const known = explainSignInError(code);
  const policies = last.failedPolicies.length === 0 ? undefined : last.failedPolicies.join(', ');
  const cause = known?.cause ?? text('{0}', last.reason ?? `AADSTS${code}`);
  const evidence =
    policies === undefined
      ? text('It failed at {0} with AADSTS{1}. {2}', { at: last.at }, code, cause)
      : text('It failed at {0} with AADSTS{1}. {2} Policies: {3}.', { at: last.at }, code, cause, policies);
  const cured =
    known === undefined
      ? undefined
      : before.find(({ id }) => id === linkFor(known.requirement, known.who, code));
  if (cured?.status === 'ok')
    return signIn.ok(evidence, {
      remedy: text(
        'As seen above, that has been mended since, or was so only then: let the person sign in again.',
      ),
    });
  if (known?.who === 'person' && known.requirement === undefined)
    return signIn.broken(evidence, { minor: true, remedy: known.cure });
  return signIn.broken(evidence, {
    remedy: known?.cure ?? text('Look the code up: {0}', signInErrorUrl(code)),
  });
}

/** The link that proves the cause of a code to be gone. */
function linkFor(requirement: string | undefined, who: string, code: string): LinkId | undefined {
  if (code === '7000112') return 'setUp';
  if (who === 'conditionalAccessAdministrator') return 'conditionalAccess';
  if (requirement === 'configuration.consent') return 'consent';
  if (requirement?.startsWith('people.') === true) return 'assignment';
  return requirement?.startsWith('configuration.') === true ? 'setUp' : undefined;
}
