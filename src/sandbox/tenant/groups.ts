/** One group of the sandbox tenant. Members are people's short names, or `group:` and a display name. */
export interface GroupPlan {
  readonly displayName: string;
  readonly description: string;
  readonly mailNickname: string;
  readonly kind: 'security' | 'dynamic' | 'microsoft365' | 'distribution';
  readonly membershipRule?: string;
  readonly members: readonly string[];
}

/**
 * "Kiro users" is clean, with people only; "Engineering" holds a nested group; one is empty, one dynamic, one a
 * Microsoft 365 group and one a distribution list, which can't be assigned to an application.
 */
export const groups: readonly GroupPlan[] = [
  {
    displayName: 'Kiro users',
    description: 'People who write code with Kiro',
    mailNickname: 'kirousers',
    kind: 'security',
    members: ['grace', 'dennis', 'margaret', 'barbara', 'ken', 'radia', 'tim.berners-lee'],
  },
  {
    displayName: 'Engineering',
    description: 'The whole of engineering, the platform team included',
    mailNickname: 'engineering',
    kind: 'security',
    members: ['grace', 'dennis', 'margaret', 'ken', 'tim.berners-lee', 'group:Platform team'],
  },
  {
    displayName: 'Platform team',
    description: 'Network, hardware and build',
    mailNickname: 'platformteam',
    kind: 'security',
    members: ['alan', 'radia', 'frances', 'lynn', 'jean', 'hedy', 'charles'],
  },
  {
    displayName: 'Kiro contractors',
    description: 'People of other companies who work on our code',
    mailNickname: 'kirocontractors',
    kind: 'security',
    members: ['linus', 'sophie'],
  },
  {
    displayName: 'New hires',
    description: 'Filled by onboarding; empty at the moment',
    mailNickname: 'newhires',
    kind: 'security',
    members: [],
  },
  {
    displayName: 'All research',
    description: 'Everybody whose department is Research',
    mailNickname: 'allresearch',
    kind: 'dynamic',
    membershipRule: '(user.department -eq "Research")',
    members: ['karen.sparckjones', 'niklaus', 'edsger', 'john'],
  },
  {
    displayName: 'Product council',
    description: 'Team site and mailbox of the product council',
    mailNickname: 'productcouncil',
    kind: 'microsoft365',
    members: ['ada', 'adele', 'grace'],
  },
  {
    displayName: 'Announcements',
    description: 'News for everybody by mail',
    mailNickname: 'announcements',
    kind: 'distribution',
    members: ['ada', 'grace', 'alan', 'katherine', 'mary', 'annie'],
  },
];
