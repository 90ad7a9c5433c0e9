import type { Session } from './session.ts';
import { healthAnswer, whoCanAnswer, whyAnswer } from './toolAnswers.ts';

/** Answers one tool of the assistant. Looks afresh, opens no browser, changes nothing. */
export async function toolAnswer(
  session: Session,
  name: 'kiroConnect_health' | 'kiroConnect_whyPerson' | 'kiroConnect_whoCan',
  person: unknown,
  signal: AbortSignal,
): Promise<string> {
  switch (name) {
    case 'kiroConnect_health':
      return healthAnswer(await session.observe());
    case 'kiroConnect_whyPerson':
      if (typeof person !== 'string' || person.trim() === '')
        return 'Name the person: an address, an account or a display name.';
      return whyAnswer(await session.people.why(person.trim(), { signal }));
    case 'kiroConnect_whoCan':
      return whoCanAnswer(await session.people.whoCan({ signal }));
  }
}
