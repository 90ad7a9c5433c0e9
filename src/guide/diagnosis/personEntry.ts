import type { Finding } from '../requirement.ts';
import { valueOf, type Snapshot } from '../snapshot.ts';
import { text } from '../text.ts';
import { linkOf, type Link, type PersonAccount, type PersonCase, type PersonSighting } from './person.ts';

const domain = linkOf('domain', text('Domain of the address'));
const account = linkOf('account', text('Account in Entra'));
const enabled = linkOf('enabled', text('Account enabled'));
const setUp = linkOf('setUp', text('Application and sign-in'));

/** Whether an address was asked for, not a name. */
export function isAddress(typed: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(typed);
}

/**
 * The domain that Kiro looks the organization up by. Only the part after the @ counts: the address itself need not exist
 * (Kiro's guide, "Domain configuration notes").
 */
export function domainLink(
  snapshot: Snapshot,
  typed: string,
  person: PersonAccount | undefined,
  findings: readonly Finding[],
): Link {
  const { domains } = snapshot.kept;
  const list = domains.map(({ name }) => name).join(', ');
  const own = [person?.userPrincipalName, person?.mail].filter((one) => one !== undefined);
  const wanted = (isAddress(typed) ? [typed] : own).map((one) =>
    one.slice(one.lastIndexOf('@') + 1).toLowerCase(),
  );
  if (domains.length === 0) {
    return domain.unknown(text('No domain of the Kiro profile is entered here.'), {
      remedy: text('Enter the domains that the Kiro console lists as verified.'),
      action: { kind: 'enterDomain' },
    });
  }
  if (wanted.length === 0) {
    return domain.unknown(text('No address is known that the person would type.'), {
      remedy: text('Any address of these domains finds your organization: {0}.', list),
    });
  }
  const name = wanted.find((one) => domains.some((kept) => kept.name === one));
  if (name === undefined) {
    return domain.broken(
      text(
        '{0} is none of the profile’s domains ({1}), so Kiro finds no organization by it.',
        wanted[0] ?? '',
        list,
      ),
      {
        remedy: text(
          'Type an address of one of these domains on Kiro’s sign-in page; it need not exist. Or add the domain to the profile.',
        ),
        action: { kind: 'enterDomain' },
      },
    );
  }
  if (domains.find((kept) => kept.name === name)?.verifiedAt !== undefined)
    return domain.ok(text('{0} is a verified domain of the profile.', name));
  const record = findings.find(({ id }) => id === `profile.domain.${name}.record`);
  const evidence = text('{0} is in the list, but Kiro has not verified it as far as is known here.', name);
  if (record?.status === 'waiting')
    return domain.waiting(evidence, {
      ...(record.remedy && { remedy: record.remedy }),
      ...(record.waiting?.until !== undefined && { until: record.waiting.until }),
    });
  return record?.status === 'unmet'
    ? domain.broken(text('{0} is not verified. {1}', name, record.evidence), {
        ...(record.remedy && { remedy: record.remedy }),
        ...(record.action && record.action.kind !== 'apply' && { action: record.action }),
      })
    : domain.unknown(evidence, {
        remedy: text('Look in the Kiro console under Identity management, Domains, and confirm it here.'),
        action: { kind: 'confirmVerified', domain: name },
        portal: 'kiroConsole',
      });
}

/** That there is an account; the chain ends here without one. */
export function accountLink({ account: seen, typed }: PersonSighting): Link {
  if (!seen.known)
    return account.unknown(text('The directory could not be searched.'), { remedy: seen.detail });
  const { value } = seen;
  if (value === undefined) {
    return account.broken(text('Nobody in the tenant has this name or address: {0}.', typed), {
      remedy: text(
        'Name the account that the person chooses on Microsoft’s page; the address typed at Kiro need not be it. People of other organizations have to be invited as guests.',
      ),
    });
  }
  return value.guest
    ? account.ok(text('{0} ({1}), a guest.', value.displayName, value.userPrincipalName), {
        remedy: text('Guests sign in with the account of their own organization.'),
      })
    : account.ok(text('{0} ({1}).', value.displayName, value.userPrincipalName));
}

export function enabledLink({ account: person }: PersonCase): Link {
  if (person.accountEnabled === undefined)
    return enabled.unknown(text('You may not see whether the account is enabled.'), {
      remedy: text('Ask for the permission User.Read.All.'),
    });
  return person.accountEnabled
    ? enabled.ok(text('The account may sign in.'))
    : enabled.broken(text('The account is disabled: it can’t sign in, and Entra does not provision it.'), {
        remedy: text('Enable the account in Entra, if the person is to work again.'),
      });
}

/** What of steps 1 and 2 keeps everyone out, this person too. */
export function setUpLink(snapshot: Snapshot, findings: readonly Finding[]): Link {
  const needed = findings.filter(({ step, severity }) => step <= 2 && severity === 'required');
  const unmet = needed.find(({ status, after }) => status === 'unmet' && after === undefined);
  const principal = valueOf(snapshot.servicePrincipal);
  if (unmet !== undefined) {
    return setUp.broken(text('{0}: {1}', unmet.title, unmet.evidence), {
      ...(unmet.remedy && { remedy: unmet.remedy }),
      action:
        unmet.action === undefined || unmet.action.kind === 'apply'
          ? { kind: 'applyRequirement', requirement: unmet.id, step: unmet.step }
          : unmet.action,
      ...(unmet.portal && { portal: unmet.portal }),
    });
  }
  if (principal?.accountEnabled === false) {
    return setUp.broken(text('The enterprise application is disabled, so nobody can sign in to it.'), {
      remedy: text('Set "Enabled for users to sign-in" to Yes under its properties.'),
      portal: 'enterpriseApplication',
    });
  }
  const unseen = needed.find(({ status }) => status === 'unknown');
  return unseen === undefined
    ? setUp.ok(text('Application, scopes, redirect URIs and token version are as Kiro needs them.'))
    : setUp.unknown(text('{0}: {1}', unseen.title, unseen.evidence), {
        ...(unseen.remedy && { remedy: unseen.remedy }),
      });
}
