import type { StepNumber } from './requirement.ts';

/** Kiro's public guide, "Connect your Microsoft Entra ID IdP". */
export const guideUrl = 'https://kiro.dev/docs/cli/enterprise/identity-provider/microsoft-entra/';

const anchors: Readonly<Record<StepNumber, string>> = {
  1: 'step-1-create-an-application-for-kiro',
  2: 'step-2-configure-the-kiro-application',
  3: 'step-3-set-up-the-kiro-profile',
  4: 'step-4-provision-kiro-application',
  5: 'step-5-add-users-and-groups',
};

/** The guide's section of a step. An anchor that has changed still opens the page. */
export function guideSection(step: StepNumber): string {
  return `${guideUrl}#${anchors[step]}`;
}
