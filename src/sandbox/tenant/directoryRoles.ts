/** A built-in directory role (Microsoft Entra built-in roles). */
export interface DirectoryRole {
  readonly displayName: string;
  /** The same in every tenant; also the id of its role definition. */
  readonly templateId: string;
  readonly description: string;
}

/** The roles that matter to applications, provisioning, policies and logs. */
export const directoryRoles: readonly DirectoryRole[] = [
  role(
    '62e90394-69f5-4237-9190-012177145e10',
    'Global Administrator',
    'Manages everything in the directory.',
  ),
  role(
    '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3',
    'Application Administrator',
    'Manages application registrations and enterprise applications.',
  ),
  role(
    '158c047a-c907-4556-b7ef-446551a6b5f7',
    'Cloud Application Administrator',
    'Manages application registrations and enterprise applications, App Proxy left out.',
  ),
  role(
    'e8611ab8-c189-46e8-94e1-60213ab1f814',
    'Privileged Role Administrator',
    'Manages role assignments and Privileged Identity Management.',
  ),
  role('f2ef992c-3afb-46b9-b7cf-a126ee74c451', 'Global Reader', 'Reads what a Global Administrator reads.'),
  role('fe930be7-5e62-47db-91af-98c3a49a38b1', 'User Administrator', 'Manages users and groups.'),
  role('88d8e3e3-8f55-4a1e-953a-9b9898b8876b', 'Directory Readers', 'Reads basic directory information.'),
  role('9360feb5-f418-4baa-8175-e2a00bac4301', 'Directory Writers', 'Writes basic directory information.'),
  role('4a5d8f65-41da-4de4-8968-e035b65339cf', 'Reports Reader', 'Reads sign-in and audit reports.'),
  role('5d6b6bb7-de71-4623-b4af-96380a352509', 'Security Reader', 'Reads security information and reports.'),
  role('5f2222b1-57c3-48ba-8ad5-d4759f1fde6f', 'Security Operator', 'Manages security events.'),
  role(
    '194ae4cb-b126-40b2-bd5b-6091b380977d',
    'Security Administrator',
    'Reads and manages security information.',
  ),
  role(
    'b1be1c3e-b65d-4f19-8427-f6fa0d97feb9',
    'Conditional Access Administrator',
    'Manages Conditional Access.',
  ),
];

function role(templateId: string, displayName: string, description: string): DirectoryRole {
  return { displayName, templateId, description };
}
