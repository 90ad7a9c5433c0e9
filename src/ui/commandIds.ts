/**
 * Every command of the extension. The manifest declares exactly these (test/unit/ui/manifest.test.ts), and
 * `registerCommands` demands a handler for each.
 */
export const commandIds = {
  signIn: 'kiroConnect.signIn',
  signInAnotherWay: 'kiroConnect.signInAnotherWay',
  /** To another account or tenant that was signed in to. */
  switchConnection: 'kiroConnect.switchConnection',
  registerClient: 'kiroConnect.registerClient',
  copyConsentLink: 'kiroConnect.copyConsentLink',
  signOut: 'kiroConnect.signOut',
  /** Argument: the name of a preset; asked for when absent, unless a tenant is kept. */
  startSandbox: 'kiroConnect.startSandbox',
  stopSandbox: 'kiroConnect.stopSandbox',
  refresh: 'kiroConnect.refresh',
  openWalkthrough: 'kiroConnect.openWalkthrough',
  createApplication: 'kiroConnect.createApplication',
  adoptApplication: 'kiroConnect.adoptApplication',
  /** Argument: step number, or the tree's node of a step. */
  applyStep: 'kiroConnect.applyStep',
  applyStep1: 'kiroConnect.applyStep1',
  applyStep2: 'kiroConnect.applyStep2',
  applyStep3: 'kiroConnect.applyStep3',
  applyStep4: 'kiroConnect.applyStep4',
  applyStep5: 'kiroConnect.applyStep5',
  /** Argument: requirement id, or the tree's node of a finding. */
  applyRequirement: 'kiroConnect.applyRequirement',
  /** Argument: step number; asked for when absent. */
  showPlan: 'kiroConnect.showPlan',
  showChanges: 'kiroConnect.showChanges',
  undoChanges: 'kiroConnect.undoChanges',
  /** Argument: step number; asked for when absent. */
  exportScript: 'kiroConnect.exportScript',
  exportChanges: 'kiroConnect.exportChanges',
  /** For Microsoft's or AWS's support. */
  saveEvidence: 'kiroConnect.saveEvidence',
  saveRunbook: 'kiroConnect.saveRunbook',
  openHandOff: 'kiroConnect.openHandOff',
  openStatusPanel: 'kiroConnect.openStatusPanel',
  enterDomain: 'kiroConnect.enterDomain',
  /** Argument of the domain commands: the domain's name; asked for when absent. */
  removeDomain: 'kiroConnect.removeDomain',
  enterVerificationValue: 'kiroConnect.enterVerificationValue',
  confirmVerified: 'kiroConnect.confirmVerified',
  /** Of the Kiro profile. */
  chooseRegion: 'kiroConnect.chooseRegion',
  enterScimEndpoint: 'kiroConnect.enterScimEndpoint',
  enterScimToken: 'kiroConnect.enterScimToken',
  rotateToken: 'kiroConnect.rotateToken',
  chooseGroup: 'kiroConnect.chooseGroup',
  /** Argument of both: a `TickId`, or the tree's node of a finding. */
  tick: 'kiroConnect.tick',
  untick: 'kiroConnect.untick',
  /** Argument: a `PortalPage`, or the tree's node of a finding. */
  openPortal: 'kiroConnect.openPortal',
  openKiroConsole: 'kiroConnect.openKiroConsole',
  /** Argument: requirement id, or the tree's node of a finding. */
  copyValue: 'kiroConnect.copyValue',
  copyRecord: 'kiroConnect.copyRecord',
  testKiroSignIn: 'kiroConnect.testKiroSignIn',
  /** Argument: a name, an address or an object id; asked for when absent. */
  whyPerson: 'kiroConnect.whyPerson',
  whoCan: 'kiroConnect.whoCan',
  /** Everyone in the assigned groups against everyone in Kiro. */
  comparePeople: 'kiroConnect.comparePeople',
  /** Argument: a name, an address or an object id; asked for when absent. */
  removeAccess: 'kiroConnect.removeAccess',
  /** Of people whom Kiro keeps under another than their object ID. */
  repairExternalIds: 'kiroConnect.repairExternalIds',
  /** Argument: the object id of a person in an assigned group; whom is asked when absent. */
  provisionNow: 'kiroConnect.provisionNow',
  /** Argument: the same. Finds out whether an attribute keeps the person from coming. */
  leaveOutAttributes: 'kiroConnect.leaveOutAttributes',
  openGuide: 'kiroConnect.openGuide',
  showLog: 'kiroConnect.showLog',
  forgetConnection: 'kiroConnect.forgetConnection',
} as const;

export type CommandName = keyof typeof commandIds;
export type CommandId = (typeof commandIds)[CommandName];

/** Ids of what the manifest contributes besides commands. */
export const viewIds = { guide: 'kiroConnect.guide', status: 'kiroConnect.status' } as const;
export const walkthroughId = 'kiro-connect.kiro-connect-entra#connect';
