import * as vscode from 'vscode';
import type { Session } from '../../engine/session.ts';
import type { StepNumber } from '../../guide/requirement.ts';
import type { ApplyWhat } from '../apply/applyFlow.ts';
import { pickCandidate } from '../inputs/pickCandidate.ts';
import { pickGroups } from '../inputs/pickGroups.ts';
import { requirementArg } from './args.ts';
import { askStep } from './askStep.ts';
import type { CommandDeps } from './deps.ts';
import type { Handlers } from './registry.ts';

type Names =
  | 'createApplication'
  | 'adoptApplication'
  | 'applyStep'
  | `applyStep${StepNumber}`
  | 'applyRequirement'
  | 'showPlan'
  | 'showChanges'
  | 'undoChanges'
  | 'chooseGroup';

/** Commands that change the tenant, or show what would be or was changed. */
export function applyCommands(deps: CommandDeps): Pick<Handlers, Names> {
  const { store, tree, documents, refresh } = deps;
  const apply = async (what: ApplyWhat): Promise<void> => {
    const session = await lookedAt({ afresh: true });
    const { applyFlow } = await import('../apply/applyFlow.ts');
    await applyFlow(deps, session, what);
    refresh.restart();
  };

  /** A plan is made against a look; one that may be applied against a fresh one. */
  async function lookedAt({ afresh = false } = {}): Promise<Session> {
    const session = store.require();
    if (afresh || !session.current) await store.look({ interactive: !session.current });
    return session;
  }

  return {
    createApplication: () => apply({ step: 1 }),
    adoptApplication: async () => {
      const session = await lookedAt();
      await session.adopt(await pickCandidate(session));
      await store.look();
      refresh.restart();
    },
    applyStep: async (arg) => apply({ step: await askStep(store, arg) }),
    applyStep1: () => apply({ step: 1 }),
    applyStep2: () => apply({ step: 2 }),
    applyStep3: () => apply({ step: 3 }),
    applyStep4: () => apply({ step: 4 }),
    applyStep5: () => apply({ step: 5 }),
    applyRequirement: async (arg) => {
      const id = requirementArg(arg);
      const finding = id === undefined ? undefined : tree.findingOf(id);
      if (finding) await apply({ step: finding.step, only: [finding.id] });
    },
    chooseGroup: async () => {
      const session = await lookedAt();
      await apply({ step: 5, choices: { groups: await pickGroups(session) } });
    },
    undoChanges: async () => {
      const session = await lookedAt({ afresh: true });
      const { undoFlow } = await import('../undo/undoFlow.ts');
      await undoFlow(session, documents);
      await store.look();
      refresh.restart();
    },
    showPlan: async (arg) => {
      const session = await lookedAt();
      const plan = session.plan(await askStep(store, arg), { choices: {} });
      const [blocked] = plan.blockedBy;
      if (plan.changes.length > 0 || blocked) {
        const { showPreview } = await import('../apply/preview.ts');
        await showPreview(documents, plan);
      } else void vscode.window.showInformationMessage(vscode.l10n.t('Step {0} needs no change.', plan.step));
    },
    showChanges: async () => {
      const { journalText } = await import('../apply/journalText.ts');
      const entries = await store.require().journal();
      await documents.show(
        '/what-changed.kiro-plan',
        journalText(entries, store.require().connection.account),
      );
    },
  };
}
