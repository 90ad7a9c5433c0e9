/** One person of the sandbox tenant: names of computing's pioneers, work invented. */
export interface Person {
  readonly givenName: string | null;
  readonly surname: string | null;
  /** Local part of the user principal name. */
  readonly name: string;
  readonly mailNickname: string;
  readonly jobTitle: string | null;
  readonly department: string | null;
  readonly manager?: string;
  readonly city?: string;
  readonly country?: string;
  readonly mobilePhone?: string;
  readonly businessPhone?: string;
  readonly preferredLanguage?: string;
  readonly disabled?: true;
  /** A B2B guest: their own address, from which the `#EXT#` name is made. */
  readonly guestOf?: string;
}

const london = { city: 'London', country: 'United Kingdom' };
const boston = { city: 'Boston', country: 'United States' };
const zurich = { city: 'Zürich', country: 'Switzerland' };

/**
 * Two dozen people. Most mail nicknames pass for a SCIM identifier, some hold dots; one person has no given name, one no
 * mail nickname like their address, one account is disabled, one is a guest.
 */
export const people: readonly Person[] = [
  // prettier-ignore
  { givenName: 'Ada', surname: 'Lovelace', name: 'ada', mailNickname: 'ada', jobTitle: 'Chief technology officer', department: 'Technology', ...london, mobilePhone: '+44 7700 900101', businessPhone: '+44 20 7946 0101' },
  // prettier-ignore
  { givenName: 'Grace', surname: 'Hopper', name: 'grace', mailNickname: 'grace', jobTitle: 'Head of developer tools', department: 'Engineering', manager: 'ada', ...boston, mobilePhone: '+1 617 555 0102' },
  // prettier-ignore
  { givenName: 'Alan', surname: 'Turing', name: 'alan', mailNickname: 'alan', jobTitle: 'Cloud platform lead', department: 'Technology', manager: 'ada', ...london, businessPhone: '+44 20 7946 0103' },
  // prettier-ignore
  { givenName: 'Katherine', surname: 'Johnson', name: 'katherine', mailNickname: 'katherine', jobTitle: 'Internal auditor', department: 'Finance', manager: 'ada', ...boston },
  // prettier-ignore
  { givenName: 'Dennis', surname: 'Ritchie', name: 'dennis', mailNickname: 'dennis', jobTitle: 'Systems engineer', department: 'Engineering', manager: 'grace', ...boston, mobilePhone: '+1 617 555 0105', businessPhone: '+1 617 555 0115' },
  // prettier-ignore
  { givenName: 'Margaret', surname: 'Hamilton', name: 'margaret', mailNickname: 'margaret', jobTitle: 'Software engineer', department: 'Engineering', manager: 'grace', ...boston, mobilePhone: '+1 617 555 0106' },
  // prettier-ignore
  { givenName: 'Barbara', surname: 'Liskov', name: 'barbara', mailNickname: 'bliskov', jobTitle: 'Principal engineer', department: 'Engineering', manager: 'grace', ...boston },
  // prettier-ignore
  { givenName: 'Ken', surname: 'Thompson', name: 'ken', mailNickname: 'ken', jobTitle: 'Systems engineer', department: 'Engineering', manager: 'grace', ...boston, businessPhone: '+1 617 555 0108' },
  // prettier-ignore
  { givenName: 'Radia', surname: 'Perlman', name: 'radia', mailNickname: 'radia', jobTitle: 'Network architect', department: 'Platform', manager: 'alan', ...boston },
  // prettier-ignore
  { givenName: 'Karen', surname: 'Spärck Jones', name: 'karen.sparckjones', mailNickname: 'karen.sparckjones', jobTitle: 'Search engineer', department: 'Research', manager: 'barbara', ...london },
  // prettier-ignore
  { givenName: 'Tim', surname: 'Berners-Lee', name: 'tim.berners-lee', mailNickname: 'tim.berners-lee', jobTitle: 'Web engineer', department: 'Engineering', manager: 'grace', ...london, mobilePhone: '+44 7700 900111' },
  // prettier-ignore
  { givenName: 'Niklaus', surname: 'Wirth', name: 'niklaus', mailNickname: 'niklaus', jobTitle: 'Compiler engineer', department: 'Research', manager: 'barbara', ...zurich, preferredLanguage: 'de-CH' },
  // prettier-ignore
  { givenName: 'Edsger', surname: 'Dijkstra', name: 'edsger', mailNickname: 'edsger', jobTitle: 'Algorithm engineer', department: 'Research', manager: 'barbara', city: 'Amsterdam', country: 'Netherlands', preferredLanguage: 'nl-NL' },
  // prettier-ignore
  { givenName: 'Frances', surname: 'Allen', name: 'frances', mailNickname: 'frances', jobTitle: 'Compiler engineer', department: 'Platform', manager: 'alan', ...boston },
  // prettier-ignore
  { givenName: 'Lynn', surname: 'Conway', name: 'lynn', mailNickname: 'lynn', jobTitle: 'Hardware engineer', department: 'Platform', manager: 'alan', ...boston },
  // prettier-ignore
  { givenName: 'Jean', surname: 'Bartik', name: 'jean', mailNickname: 'jean', jobTitle: 'Build engineer', department: 'Platform', manager: 'alan', ...boston, businessPhone: '+1 617 555 0116' },
  // prettier-ignore
  { givenName: 'Adele', surname: 'Goldberg', name: 'adele', mailNickname: 'adele', jobTitle: 'Product designer', department: 'Product', manager: 'ada', ...boston },
  // prettier-ignore
  { givenName: 'Hedy', surname: 'Lamarr', name: 'hedy', mailNickname: 'hedy', jobTitle: 'Wireless engineer', department: 'Platform', manager: 'alan', ...london },
  // prettier-ignore
  { givenName: 'Annie', surname: 'Easley', name: 'annie', mailNickname: 'annie', jobTitle: 'Data engineer', department: 'Finance', manager: 'katherine', ...boston },
  // prettier-ignore
  { givenName: 'John', surname: 'McCarthy', name: 'john', mailNickname: 'john.mccarthy', jobTitle: 'Research scientist', department: 'Research', manager: 'barbara', ...boston },
  // prettier-ignore
  { givenName: 'Mary', surname: 'Jackson', name: 'mary', mailNickname: 'mary', jobTitle: 'People partner', department: 'People', manager: 'ada', ...boston },
  // prettier-ignore
  { givenName: null, surname: 'Sophie Wilson', name: 'sophie', mailNickname: 'sophie', jobTitle: null, department: null, ...london },
  // prettier-ignore
  { givenName: 'Charles', surname: 'Babbage', name: 'charles', mailNickname: 'charles', jobTitle: 'Hardware engineer', department: 'Platform', manager: 'alan', ...london, disabled: true },
  // prettier-ignore
  { givenName: 'Linus', surname: 'Torvalds', name: 'linus', mailNickname: 'linus_fabrikam.com#EXT#', jobTitle: 'Contractor', department: 'Engineering', manager: 'grace', guestOf: 'linus@fabrikam.com' },
];
