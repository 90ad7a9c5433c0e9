import type { KeptDomain } from './kept.ts';
import { maxDomains } from './kiro.ts';
import { specialUseReason } from './specialUseNames.ts';
import { text, type Text } from './text.ts';

export type DomainNameResult =
  | {
      readonly ok: true;
      /** A-label form, lower case, no trailing dot. */
      readonly name: string;
      /** What was taken out of an address, as a sentence; absent where a domain was typed. */
      readonly taken?: Text;
    }
  | { readonly ok: false; readonly reason: Text };

/**
 * Reads what was typed as a domain. Upper case, a trailing dot, blanks around it and non-ASCII letters are put right; of
 * an e-mail address or a web address the domain is taken, and said, because what is added in the Kiro console has to be
 * the same.
 */
export function checkDomainName(typed: string, existing: readonly KeptDomain[]): DomainNameResult {
  const trimmed = typed.trim();
  if (trimmed === '') return refuse(text('Enter a domain, for example contoso.com.'));
  const within = domainWithin(trimmed);
  const name = asciiName(within?.name ?? trimmed);
  if (name === undefined) {
    return refuse(text('“{0}” is not a domain name. Enter one like contoso.com.', trimmed));
  }
  const reason = judgeDomainName(name);
  if (reason !== undefined) return refuse(reason);
  if (existing.some((domain) => domain.name === name))
    return refuse(text('{0} is in the list already.', name));
  return existing.length >= maxDomains
    ? refuse(
        text(
          'A Kiro profile takes at most {0} domains. Remove one in the Kiro console and here first.',
          maxDomains,
        ),
      )
    : { ok: true, name, ...(within && { taken: within.said(name) }) };
}

/** Why a well-formed domain can't be verified by a public DNS look-up, or `undefined` if it can. */
export function judgeDomainName(name: string): Text | undefined {
  if (!name.includes('.')) {
    return text('“{0}” has no top-level domain. Enter the whole name, for example {0}.com.', name);
  }
  return specialUseReason(name);
}

function refuse(reason: Text): DomainNameResult {
  return { ok: false, reason };
}

interface Within {
  readonly name: string;
  readonly said: (name: string) => Text;
}

/** The domain in an address: what a person copies from the browser or from a message. */
function domainWithin(typed: string): Within | undefined {
  const ofWeb = (name: string): Text => text('Of the web address the domain is taken: {0}', name);
  const ofMail = (name: string): Text => text('Of the e-mail address the domain is taken: {0}', name);
  // "www" is the name of a web server, which nobody has an address at.
  if (typed.includes('://')) return { name: (hostOf(typed) ?? '').replace(/^www\./i, ''), said: ofWeb };
  const at = typed.lastIndexOf('@');
  if (at >= 0) return { name: typed.slice(at + 1).replace(/[>\s]+$/, ''), said: ofMail };
  const path = typed.indexOf('/');
  return path < 0 ? undefined : { name: typed.slice(0, path).replace(/^www\./i, ''), said: ofWeb };
}

function hostOf(address: string): string | undefined {
  const host = URL.parse(address)?.hostname;
  return host === undefined || host === '' ? undefined : host.replace(/\.$/, '');
}

/** A-label form by the URL standard's host parsing; `undefined` if it is no domain name (RFC 1123 labels). */
function asciiName(typed: string): string | undefined {
  if (!/^[^\s/:?#@\\[\]%,;]+$/u.test(typed)) return undefined;
  const name = hostOf(`https://${typed}/`);
  if (name === undefined || name.length > 253 || /^[\d.]+$/.test(name)) return undefined;
  const valid = name.split('.').every((label) => /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/.test(label));
  return valid ? name : undefined;
}
