import type { KeptDomain } from '../../guide/kept.ts';
import type { Finding, FindingStatus } from '../../guide/requirement.ts';
import { text } from '../../guide/text.ts';
import type { State, Status } from '../../webview/models.ts';
import type { PanelView } from './view.ts';

const pressing: readonly FindingStatus[] = ['unmet', 'manual', 'waiting', 'unknown', 'met'];

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

/** The most pressing finding about a domain: each domain brings requirements of its own, whose ids carry its name. */
function findingOf(domain: string, { observation }: PanelView): Finding | undefined {
  const about = (observation?.health.steps ?? [])
    .flatMap((step) => step.findings)
    .filter(({ id }) => id.endsWith(`.${domain}`) || id.endsWith(`:${domain}`));
  return pressing.map((status) => about.find((finding) => finding.status === status)).find(Boolean);
}
