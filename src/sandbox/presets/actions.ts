import { addDomain, checkDomains } from '../kiro/domains.ts';
import { createProfile, deleteProfile } from '../kiro/profile.ts';
import { addRecord } from '../kiro/records.ts';
import { activate, runSeatCycle, subscribe } from '../kiro/subscriptions.ts';
import {
  addRedirectUris,
  addScopes,
  assign,
  change,
  consent,
  correctMappings,
  makeJob,
  register,
  saveCredentials,
  setIdUri,
} from './entraSide.ts';
import { makeToken, revokeTokens } from './kiroSide.ts';
import type { Scene } from './scene.ts';

const completions = 'codewhisperer:completions';
const conversations = 'codewhisperer:conversations';

/**
 * Everything that people do, rightly or wrongly, to a tenant and to Kiro: what presets are composed of. A new kind of
 * fault is one more action here.
 */
export const actions = {
  register: (scene) => {
    scene.registered = register(scene.state, 'template');
  },
  registerUnderAppRegistrations: (scene) => {
    scene.registered = register(scene.state, 'appRegistration');
  },
  setIdUri: ({ state, kiro }) => {
    setIdUri(state, kiro);
  },
  addScopes: ({ state, kiro }) => {
    addScopes(state, kiro, [completions, conversations]);
  },
  addOneScope: ({ state, kiro }) => {
    addScopes(state, kiro, [completions]);
  },
  addRedirectUris: ({ state, kiro }) => {
    addRedirectUris(state, kiro);
  },
  setTokenVersion: ({ state, kiro }) => {
    change(state, kiro, { api: { requestedAccessTokenVersion: 2 } });
  },
  consent: ({ state, kiro }) => {
    consent(state, kiro);
  },
  createProfile: ({ state, kiro }) => {
    const applicationId = String(kiro.application['appId']);
    createProfile(state, { applicationId, tenantId: state.tenant.id, region: 'us-east-1' });
  },
  verifyDomain: async ({ state, domain }) => {
    const { name, verificationValue } = addDomain(state, domain);
    addRecord(state.dns, { zone: name, name: 'kiro-app-1', value: verificationValue });
    await checkDomains(state);
  },
  saveCredentials: (scene) => {
    saveCredentials(scene, scene.kiro, makeToken(scene));
  },
  createJob: (scene) => {
    makeJob(scene, scene.kiro);
  },
  correctMappings: ({ job }) => {
    correctMappings(job, { externalIdFrom: 'objectId' });
  },
  mapExternalIdFromMailNickname: ({ job }) => {
    correctMappings(job, { externalIdFrom: 'mailNickname' });
  },
  assignGroup: (scene) => {
    assign(scene.state, scene.kiro, scene.group('Kiro users').id);
  },
  assignStaff: (scene) => {
    assign(scene.state, scene.kiro, scene.group('Staff').id);
  },
  assignAPerson: (scene) => {
    assign(scene.state, scene.kiro, scene.userId('adele'));
  },
  start: ({ provisioning, kiro }) => {
    provisioning.start(kiro.servicePrincipal.id);
  },
  runCycle: ({ provisioning, kiro }) => provisioning.runCycle(kiro.servicePrincipal.id),
  /** The group gets the smallest plan, and everybody in it has used Kiro already. */
  subscribeGroups: ({ state }) => {
    for (const principalId of state.kiro.profile?.groups.keys() ?? [])
      subscribe(state, { principalType: 'Group', principalId, plan: '' });
    runSeatCycle(state);
    activate(state, undefined);
  },
  revokeTokens: (scene) => {
    revokeTokens(scene);
  },
  deleteProfile: ({ state }) => {
    deleteProfile(state);
  },
  saveNewCredentials: (scene) => {
    saveCredentials(scene, scene.kiro, makeToken(scene));
  },
} satisfies Record<string, (scene: Scene) => void | Promise<void>>;

export type ActionName = keyof typeof actions;
