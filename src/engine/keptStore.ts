import * as v from 'valibot';
import { nothingKept, type Kept } from '../guide/kept.ts';
import type { KeyValue } from './ports.ts';

const moment = v.pipe(v.number(), v.minValue(0));

const application = v.object({
  appId: v.string(),
  applicationId: v.string(),
  servicePrincipalId: v.string(),
});

const keptSchema = v.object({
  application: v.optional(application),
  formerApplication: v.optional(application),
  domains: v.array(
    v.object({
      name: v.string(),
      verificationValue: v.optional(v.string()),
      addedAt: v.optional(moment),
      verifiedAt: v.optional(moment),
    }),
  ),
  region: v.optional(v.picklist(['us-east-1', 'eu-central-1'])),
  scim: v.optional(
    v.object({
      endpoint: v.optional(v.string()),
      tokenStored: v.boolean(),
      tokenEnteredAt: v.optional(moment),
      tokenMadeAt: v.optional(moment),
      tokenCount: v.optional(v.number()),
    }),
  ),
  // By their names, of which a newer version may have more.
  ticks: v.record(v.string(), moment),
  leavers: v.optional(
    v.array(v.object({ id: v.string(), name: v.string(), at: moment, inactiveAt: v.optional(moment) })),
  ),
});

/** Where {@link Kept} of one connection lives. What can't be read (an older or damaged form) counts as nothing kept. */
export interface KeptStore {
  read(): Kept;
  write(kept: Kept): Promise<void>;
  clear(): Promise<void>;
}

export function createKeptStore(keyValue: KeyValue, connectionKey: string): KeptStore {
  const key = `kept/${connectionKey}`;
  return {
    read() {
      const parsed = v.safeParse(keptSchema, keyValue.get(key));
      return parsed.success ? withoutUndefined(parsed.output) : nothingKept;
    },
    write: (kept) => keyValue.set(key, kept),
    clear: () => keyValue.set(key, undefined),
  };
}

/** The contract says "absent", never `undefined`; a stored form can only be absent, which JSON shows. */
function withoutUndefined(value: v.InferOutput<typeof keptSchema>): Kept {
  return JSON.parse(JSON.stringify(value)) as Kept;
}
