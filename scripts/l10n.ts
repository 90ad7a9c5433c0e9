/**
 * Collects every sentence of the extension into `l10n/bundle.l10n.json`, the file that translators start from: the literal
 * messages of `text('…')` and of `l10n.t('…')`. With `--check` it writes nothing and fails when the file is stale.
 */
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import ts from 'typescript';

const bundle = join('l10n', 'bundle.l10n.json');
/** The one place that hands a message of `guide/` on to VS Code: its argument can't be a literal. */
const handsOn = join('src', 'ui', 'words.ts');

const { check } = parseArgs({ options: { check: { type: 'boolean', default: false } } }).values;
process.chdir(join(import.meta.dirname, '..'));

const messages = new Set<string>();
const problems: string[] = [];
for (const file of globSync('src/**/*.ts', { exclude: (path) => path.includes('sandbox') })) collect(file);

const sorted = [...messages].sort((a, b) => (a < b ? -1 : 1));
const content = `${JSON.stringify(Object.fromEntries(sorted.map((message) => [message, message])), undefined, 2)}\n`;
if (check) {
  if (current() !== content) problems.push(`${bundle} is stale: run "npm run l10n"`);
} else {
  mkdirSync('l10n', { recursive: true });
  writeFileSync(bundle, content);
  console.log(`${bundle}: ${sorted.length} messages`);
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;

function current(): string {
  try {
    return readFileSync(bundle, 'utf8');
  } catch {
    return '';
  }
}

function collect(file: string): void {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const importsText = source.statements.some(isImportOfText);
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && takesMessage(node.expression, importsText)) take(node, source);
    ts.forEachChild(node, visit);
  };
  visit(source);
}

/** `import { text } from '…/text.ts'`: other files may have functions of that name. */
function isImportOfText(statement: ts.Statement): boolean {
  if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return false;
  const names = statement.importClause?.namedBindings;
  return (
    statement.moduleSpecifier.text.endsWith('/text.ts') &&
    names !== undefined &&
    ts.isNamedImports(names) &&
    names.elements.some((element) => element.name.text === 'text')
  );
}

/** `text(…)` of guide/, `l10n.t(…)`, `vscode.l10n.t(…)`. */
function takesMessage(callee: ts.Expression, importsText: boolean): boolean {
  if (ts.isIdentifier(callee)) return importsText && callee.text === 'text';
  if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== 't') return false;
  const owner = callee.expression;
  if (ts.isIdentifier(owner)) return owner.text === 'l10n';
  return ts.isPropertyAccessExpression(owner) && owner.name.text === 'l10n';
}

function take(call: ts.CallExpression, source: ts.SourceFile): void {
  const [message] = call.arguments;
  if (message && ts.isStringLiteralLike(message)) {
    messages.add(message.text);
  } else if (source.fileName !== handsOn) {
    const { line } = source.getLineAndCharacterOfPosition(call.getStart());
    problems.push(`${source.fileName}:${line + 1}: a message has to be a literal`);
  }
}
