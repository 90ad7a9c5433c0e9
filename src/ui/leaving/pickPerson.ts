import * as vscode from 'vscode';
import type { Session } from '../../engine/session.ts';
import type { PersonAccount } from '../../guide/diagnosis/person.ts';
import type { KeptLeaver } from '../../guide/kept.ts';
import { text } from '../../guide/text.ts';
import { ask, pick } from '../inputs/ask.ts';

/** Who is meant: somebody with whom a removal was begun, or anybody by a name. Throws `Cancelled`, or a sentence. */
export async function pickPerson(
  session: Session,
  title: string,
  given: string | undefined,
): Promise<PersonAccount> {
  const typed = given ?? (await begun(session, title)) ?? (await askName(title));
  const found = await session.leaving.find(typed);
  const [first, ...others] = found;
  if (!first)
    throw new Error(
      vscode.l10n.t(
        'Entra has nobody by the name or address {0}. Enter the whole address, or the beginning of the name.',
        typed,
      ),
    );
  if (others.length === 0) return first;
  return pick(
    vscode.l10n.t('Several people are called so. Who is meant?'),
    found.map((one) => ({ label: one.displayName, description: one.userPrincipalName, value: one })),
  );
}

/** Object id of somebody whose removal did not come to its end; `undefined`: there is none, or somebody else is meant. */
async function begun({ kept }: Session, title: string): Promise<string | undefined> {
  const open = (kept.leavers ?? []).filter(
    ({ id, inactiveAt }) => inactiveAt === undefined && kept.ticks[`left.${id}`] === undefined,
  );
  if (open.length === 0) return undefined;
  const item = ({ id, name }: KeptLeaver) => ({
    label: vscode.l10n.t('Go on with {0}', name),
    value: id as string | undefined,
  });
  return pick(title, [...open.map(item), { label: vscode.l10n.t('Somebody else'), value: undefined }]);
}

async function askName(title: string): Promise<string> {
  const typed = await ask({
    title,
    prompt: vscode.l10n.t('Their address, their name or the beginning of it, or their object ID.'),
    placeHolder: 'grace@contoso.com',
    check: (value) => (value.trim() === '' ? text('Enter an address or a name.') : undefined),
  });
  return typed.trim();
}
