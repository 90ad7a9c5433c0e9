/** The five steps of the guide ("Connect your Microsoft Entra ID IdP"). */
export type StepNumber = 1 | 2 | 3 | 4 | 5;
