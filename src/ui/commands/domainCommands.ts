import * as vscode from 'vscode';
import type { Session } from '../../engine/session.ts';
import type { KeptDomain } from '../../guide/kept.ts';
import { verificationRecord } from '../../guide/verificationRecord.ts';
import { Cancelled } from '../errors.ts';
import { ask, pick } from '../inputs/ask.ts';
import { addDomain, checks, keepVerificationValue, keepVerified, removeDomain } from '../inputs/entries.ts';
import { domainOf } from '../tree/ticks.ts';
import { domainArg, requirementArg } from './args.ts';
import type { CommandDeps } from './deps.ts';
import type { Handlers } from './registry.ts';

type Names = 'enterDomain' | 'removeDomain' | 'enterVerificationValue' | 'confirmVerified' | 'copyRecord';

/** Commands about the domains of the Kiro profile. */
export function domainCommands(deps: CommandDeps): Pick<Handlers, Names> {
  const { store, tree, refresh } = deps;
  const { l10n } = vscode;

  /** The domain that was meant: named by the caller, the one of the tree's row, the only one, or the one picked. */
  async function domainFor(session: Session, arg: unknown): Promise<KeptDomain> {
    const { domains } = session.kept;
    const id = requirementArg(arg);
    const finding = id === undefined ? undefined : tree.findingOf(id);
    const name = finding ? domainOf(finding, session.kept) : domainArg(arg);
    const named = domains.find((domain) => domain.name === name);
    if (named) return named;
    const [only, ...others] = domains;
    if (!only)
      throw new Error(l10n.t('No domain is entered yet. Add the domain that people sign in with first.'));
    if (others.length === 0) return only;
    return await pick(
      l10n.t('Which domain?'),
      domains.map((domain) => ({ label: domain.name, value: domain })),
    );
  }

  async function askValue(session: Session, name: string): Promise<void> {
    const value = await ask({
      title: l10n.t('Verification value of {0}', name),
      prompt: l10n.t(
        'The Kiro console shows it when the domain is added: Settings, Identity management, Domains.',
      ),
      placeHolder: 'kiro-site-verification=…',
      check: checks.verificationValue(),
    });
    await keepVerificationValue(session, name, value, session.now());
    await lookAgain();
  }

  async function lookAgain(): Promise<void> {
    refresh.restart();
    await store.look();
  }

  return {
    enterDomain: async () => {
      const session = store.require();
      const typed = await ask({
        title: l10n.t('Domain of the Kiro profile'),
        prompt: l10n.t(
          'The part after @ of what people enter on the Kiro sign-in page. It has to be in public DNS.',
        ),
        placeHolder: 'contoso.com',
        check: checks.domain(session),
        note: checks.domainTaken(session),
      });
      const { name } = await addDomain(session, typed);
      await askValue(session, name);
    },
    enterVerificationValue: async (arg) => {
      const session = store.require();
      await askValue(session, (await domainFor(session, arg)).name);
    },
    confirmVerified: async (arg) => {
      const session = store.require();
      const { name } = await domainFor(session, arg);
      const verified = l10n.t('It is verified');
      const detail = l10n.t(
        'No API tells it: look in the Kiro console under Settings, Identity management, Domains.',
      );
      const question = l10n.t('Does the Kiro console show {0} as Verified?', name);
      const answer = await vscode.window.showInformationMessage(question, { modal: true, detail }, verified);
      if (answer !== verified) throw new Cancelled();
      await keepVerified(session, name, session.now());
      await lookAgain();
    },
    removeDomain: async (arg) => {
      const session = store.require();
      const { name } = await domainFor(session, arg);
      const remove = l10n.t('Remove');
      const detail = l10n.t(
        'It is only taken out of this list. In the Kiro console it stays until you remove it there.',
      );
      const question = l10n.t('Remove {0} from this list?', name);
      const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, remove);
      if (answer !== remove) throw new Cancelled();
      await removeDomain(session, name);
    },
    copyRecord: async (arg) => {
      const { name, verificationValue } = await domainFor(store.require(), arg);
      if (verificationValue === undefined) {
        throw new Error(
          l10n.t('{0} has no verification value here yet. Enter the one that the Kiro console shows.', name),
        );
      }
      const record = verificationRecord(name, verificationValue);
      await vscode.env.clipboard.writeText(record.bind);
      vscode.window.setStatusBarMessage(l10n.t('TXT record of {0} copied', name), 4_000);
    },
  };
}
