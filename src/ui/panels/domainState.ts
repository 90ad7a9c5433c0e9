import type { KeptDomain } from '../../guide/kept.ts';
import type { Finding } from '../../guide/requirement.ts';
import { text } from '../../guide/text.ts';
import type { State, Status } from '../../webview/models.ts';
import type { PanelView } from './view.ts';

/** What the guide's findings say about one domain, as a few words, and what to do about it. */
export function domainState(
  domain: KeptDomain,
  view: PanelView,
): { state: State; remedy: string | undefined } {
  const { words } = view;
  const finding = findingOf(domain.name, view);
  if (!finding) {
    const verified = domain.verifiedAt !== undefined;
    return {
      state: {
        status: verified ? 'met' : 'later',
        words: words(verified ? text('verified') : text('not looked at yet')),
      },
      remedy: undefined,
    };
  }
  const remedy = finding.remedy ?? (finding.status === 'met' ? undefined : finding.evidence);
  return {
    state: { status: statusOf(finding), words: words(finding.label) },
    remedy: remedy && words(remedy),
  };
}

/** A finding's status; `failing` where people are kept out by it. */
export function statusOf(finding: Finding): Status {
  return finding.status === 'unmet' && finding.peopleAffected === true ? 'failing' : finding.status;
}

/** What matters most of a domain's two findings: that Kiro saw it, that its value ran out, else where its record stands. */
function findingOf(domain: string, { observation }: PanelView): Finding | undefined {
  const findings = (observation?.health.steps ?? []).flatMap((step) => step.findings);
  const find = (what: string): Finding | undefined =>
    findings.find(({ id }) => id === `profile.domain.${domain}.${what}`);
  const [record, verified] = [find('record'), find('verified')];
  const ranOut = verified?.status === 'unmet' && verified.action?.kind === 'enterVerificationValue';
  return verified?.status === 'met' || ranOut || record?.status === 'met' ? verified : (record ?? verified);
}
