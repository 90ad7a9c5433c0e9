import { AadstsError } from './errors.ts';

export type Form = ReadonlyMap<string, string>;

/** Form fields of a request, each once; a client that authenticates by header has its secret there. */
export async function formOf(request: Request): Promise<Form> {
  const form = new Map(new URLSearchParams(await request.text()));
  const basic = /^Basic (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  if (basic !== undefined) {
    const [id, secret] = Buffer.from(basic, 'base64').toString('utf8').split(':', 2).map(decodeURIComponent);
    if (id !== undefined) form.set('client_id', id);
    if (secret !== undefined) form.set('client_secret', secret);
  }
  return form;
}

/** A form field that must be there. Throws 900144. */
export function demand(form: Form, name: string): string {
  const value = form.get(name);
  if (value === undefined || value === '') throw new AadstsError(900144, name);
  return value;
}
