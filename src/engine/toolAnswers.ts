import { accessHeadline } from '../guide/diagnosis/accessHeadline.ts';
import type { AccessOverview } from '../guide/diagnosis/access.ts';
import type { Link } from '../guide/diagnosis/person.ts';
import { format, type Text } from '../guide/text.ts';
import type { Observation } from './session.ts';
import type { WhyAnswer } from './whyPerson.ts';

/*
 * What a language model is told: plain English, moments in UTC. The answers are made of the same sentences that people
 * read; no token, secret, header or body of a request is among what they are made of.
 */

/** Rows of a list that a model gets; how many there are in all stands beside it. */
const most = 200;

/** State of the five steps, with what is not met. */
export function healthAnswer({ health }: Observation): string {
  return json({
    at: iso(health.at),
    overall: health.overall,
    headline: say(health.headline),
    steps: health.steps.map(({ step, title, status, label, findings }) => ({
      step,
      title: say(title),
      status,
      label: say(label),
      open: findings
        .filter((finding) => finding.status !== 'met')
        .map((finding) => ({
          id: finding.id,
          title: say(finding.title),
          severity: finding.severity,
          status: finding.status,
          evidence: say(finding.evidence),
          ...(finding.remedy && { remedy: say(finding.remedy) }),
          ...(finding.waiting?.until !== undefined && { until: iso(finding.waiting.until) }),
        })),
    })),
  });
}

/** The chain of one person, or whom the name fits. */
export function whyAnswer(answer: WhyAnswer): string {
  if ('several' in answer) {
    return json({
      headline: 'Several people are called so. Ask again with one of these addresses.',
      people: answer.several.map(({ displayName, userPrincipalName }) => ({
        displayName,
        userPrincipalName,
      })),
    });
  }
  const { chain } = answer;
  return json({
    headline: say(chain.headline),
    ...(chain.culprit && { first: link(chain.culprit) }),
    chain: chain.links.map(link),
    ...(chain.canLookDeeper && {
      note: 'Sign-in log or policies were not readable. The administrator can choose "Look deeper" in the command "Why can\'t this person use Kiro?".',
    }),
  });
}

export function whoCanAnswer(overview: AccessOverview): string {
  const { people, leftOut, unseen } = overview;
  return json({
    headline: say(accessHeadline(overview)),
    people: people.slice(0, most).map(({ name, address, paths, groups, guest, inKiro }) => ({
      name,
      address,
      paths,
      groups,
      guest,
      inKiro,
    })),
    leftOut: leftOut.slice(0, most),
    total: { people: people.length, leftOut: leftOut.length },
    ...(unseen.length > 0 && { notSeen: unseen.map(say) }),
  });
}

function link({ id, title, status, evidence, remedy, until, minor }: Link) {
  return {
    id,
    title: say(title),
    status,
    evidence: say(evidence),
    ...(remedy && { remedy: say(remedy) }),
    ...(until !== undefined && { until: iso(until) }),
    ...(minor && { minor }),
  };
}

function say(text: Text): string {
  return format(text, { clock: iso });
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

function json(value: unknown): string {
  return JSON.stringify(value, undefined, 1);
}
