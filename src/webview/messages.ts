import * as v from 'valibot';
import { tickIds } from '../guide/kept.ts';
import { portalPages } from '../guide/requirement.ts';
import { EntryField, Model } from './models.ts';

/**
 * Messages between the extension host and its panels, with the parsers that both sides use: neither trusts the other's
 * bytes. No DOM and no vscode here.
 */

/** A domain or an id as a command argument: short, no control characters. */
const Word = v.pipe(v.string(), v.minLength(1), v.maxLength(253), v.regex(/^[\w.\-]+$/));

const step = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5));
const portalPage = v.picklist(portalPages);
const tick = v.union([v.picklist(tickIds), v.pipe(Word, v.startsWith('left.'))]);

function command<const Id extends string, const Args extends v.TupleItems>(id: Id, args: Args) {
  return v.strictObject({ type: v.literal('command'), id: v.literal(id), args: v.strictTuple(args) });
}

/** The commands a panel may run, with the arguments each may carry. Nothing else gets through. */
const Command = v.variant('id', [
  command('kiroConnect.signIn', []),
  command('kiroConnect.startSandbox', []),
  command('kiroConnect.refresh', []),
  command('kiroConnect.createApplication', []),
  command('kiroConnect.adoptApplication', []),
  command('kiroConnect.applyStep', [step]),
  command('kiroConnect.confirmVerified', [Word]),
  command('kiroConnect.removeDomain', [Word]),
  command('kiroConnect.enterVerificationValue', [Word]),
  command('kiroConnect.tick', [tick]),
  command('kiroConnect.openPortal', [portalPage]),
  command('kiroConnect.openKiroConsole', []),
  command('kiroConnect.openHandOff', []),
  command('kiroConnect.openStatusPanel', []),
  command('kiroConnect.openWalkthrough', []),
  command('kiroConnect.openGuide', []),
  command('kiroConnect.applyRequirement', [Word]),
  command('kiroConnect.provisionNow', []),
  command('kiroConnect.provisionNow', [Word]),
  command('kiroConnect.repairExternalIds', []),
  command('kiroConnect.chooseRegion', []),
  command('kiroConnect.chooseGroup', []),
  command('kiroConnect.enterDomain', []),
  command('kiroConnect.enterScimEndpoint', []),
  command('kiroConnect.enterScimToken', []),
  command('kiroConnect.showLog', []),
]);

/** Every command id that {@link parseIntent} lets through; the manifest test holds them against the real ones. */
export const panelCommands: readonly string[] = Command.options.map((option) => option.entries.id.literal);

const Intent = v.variant('type', [
  v.strictObject({ type: v.literal('ready') }),
  Command,
  v.strictObject({ type: v.literal('copy'), what: v.pipe(v.string(), v.maxLength(400)) }),
  v.strictObject({
    type: v.literal('enter'),
    field: EntryField,
    domain: v.exactOptional(Word),
    value: v.pipe(v.string(), v.maxLength(20_000)),
  }),
]);

/** What a panel asks of the host. The value of an `enter` may be a secret: never log one. */
export type Intent = v.InferOutput<typeof Intent>;

const Push = v.variant('type', [
  v.strictObject({ type: v.literal('state'), model: Model }),
  v.strictObject({ type: v.literal('copied'), what: v.string(), sentence: v.string() }),
  v.strictObject({ type: v.literal('notCopied'), sentence: v.string() }),
  v.strictObject({
    type: v.literal('entered'),
    field: EntryField,
    domain: v.exactOptional(v.string()),
    accepted: v.boolean(),
    sentence: v.string(),
  }),
]);

/** What the host tells a panel. */
export type Push = v.InferOutput<typeof Push>;

/** Reads a message from a panel; `undefined` for anything that is not an {@link Intent}. */
export function parseIntent(message: unknown): Intent | undefined {
  const result = v.safeParse(Intent, message);
  return result.success ? result.output : undefined;
}

/** Reads a message from the host; `undefined` for anything that is not a {@link Push}. */
export function parsePush(message: unknown): Push | undefined {
  const result = v.safeParse(Push, message);
  return result.success ? result.output : undefined;
}

/** Reads the start data of a panel's page. */
export function parseModel(data: unknown): Model | undefined {
  const result = v.safeParse(Model, data);
  return result.success ? result.output : undefined;
}
