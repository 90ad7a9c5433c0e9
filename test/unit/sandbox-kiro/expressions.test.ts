import assert from 'node:assert/strict';
import { check, evaluate } from '../../../src/sandbox/provisioning/expressions/evaluate.ts';
import { ExpressionError, NotEmulatedError } from '../../../src/sandbox/provisioning/expressions/value.ts';
import type { Value } from '../../../src/sandbox/provisioning/expressions/value.ts';
import { passes, readFilter } from '../../../src/sandbox/provisioning/scopingFilter.ts';

const person: Readonly<Record<string, Value>> = {
  givenName: 'Zoë',
  surname: 'Doe',
  displayName: 'Zoë Doe',
  mail: null,
  userPrincipalName: 'jsmith@contoso.com',
  telephoneNumber: '+91 9998887777',
  mobile: '+1 (999) 888-7777',
  country: 'USA',
  state: 'QLD',
  department: 'R&D',
  employeeId: '42',
  IsSoftDeleted: false,
  extensionAttribute1: '20150123105347.1Z',
  street: '545 Tremont Street',
};
const value = (text: string): Value => evaluate(text, (name) => person[name] ?? null);

/** Each row: an expression and what the reference for writing expressions says of it. */
const examples: readonly (readonly [string, Value])[] = [
  ['[surname]', 'Doe'],
  ['"a \\"b\\" \\\\"', 'a "b" \\'],
  ['Append([userPrincipalName], ".test")', 'jsmith@contoso.com.test'],
  ['CBool([country] = "USA")', true],
  ['Coalesce([mail],[userPrincipalName])', 'jsmith@contoso.com'],
  ['Coalesce([mail])', null],
  ['ConvertToBase64("Hello world!")', 'SABlAGwAbABvACAAdwBvAHIAbABkACEA'],
  ['ConvertToUTF8Hex("Hello world!")', '48656C6C6F20776F726C6421'],
  ['FormatDateTime([extensionAttribute1], , "yyyyMMddHHmmss.fZ", "yyyy-MM-dd")', '2015-01-23'],
  ['IgnoreFlowIfNullOrEmpty([mail])', null],
  ['IIF([country]="USA",[country],[department])', 'USA'],
  ['IIF([country]="USA",IIF([state]="CA","True","False"),"False")', 'False'],
  ['IIF([employeeId] >= "9", "many", "few")', 'many'],
  ['IIF([mail]="","Other",[mail])', null],
  ['IIF(IsPresent([mail]),[mail],"Other")', null],
  ['InStr("The quick brown fox","quick")', '5'],
  ['InStr("repEated","e",3,vbBinaryCompare)', '7'],
  ['IsNullOrEmpty([mail])', true],
  ['IsPresent([surname])', true],
  ['Item(Split("one,two", ","), 2)', 'two'],
  ['Join(", ", "", [surname], [givenName])', 'Doe, Zoë'],
  ['Join("", 1000, Replace(ConvertToUTF8Hex("ab"), , "[a-zA-Z_]*", , "", , ))', '10006162'],
  ['Left("John Doe", 3)', 'Joh'],
  ['Left("John", -1)', 'John'],
  ['Left("John", 9)', 'John'],
  ['Mid([surname], 2, 5)', 'oe'],
  ['NormalizeDiacritics([givenName])', 'Zoe'],
  ['Not([IsSoftDeleted])', true],
  ['PCase("PABLO GONSALVES (SECOND)")', 'Pablo Gonsalves (Second)'],
  ['PCase("PINTO-DE\'SILVA", " \'-")', "Pinto-De'Silva"],
  ['RemoveDuplicates(Split("a,b,a", ","))', ['a', 'b']],
  ['Replace("Product Developer","Product Developer", , , "Software Engineer", , )', 'Software Engineer'],
  ['Replace("jsmith","<username>", , , , , "<username>@contoso.com")', 'jsmith@contoso.com'],
  [
    'Replace([telephoneNumber], , "\\\\+(?<isdCode>\\\\d* )(?<phoneNumber>\\\\d{10})", , "${phoneNumber}", , )',
    '9998887777',
  ],
  ['Replace([mobile], , "[()\\\\s-]+", , "", , )', '+19998887777'],
  ['Replace([street], ,"(?<streetNumber>^\\\\d*)","streetNumber", "888", , )', '888 Tremont Street'],
  ['Replace([userPrincipalName], , "(?<Suffix>@(.)*)", "Suffix", "", , )', 'jsmith'],
  [
    'Replace([mail], , "\\\\+(?<isdCode>\\\\d* )(?<phoneNumber>\\\\d{10})", "phoneNumber" , , [telephoneNumber], )',
    '9998887777',
  ],
  ['Replace([mail], "a", , , "b", , )', null],
  ['Split("One, Two", ",")', ['One', 'Two']],
  ['StripSpaces("a b c")', 'abc'],
  ['Switch([state], "Australia/Sydney", "NSW", "Sydney", "QLD", "Brisbane")', 'Brisbane'],
  ['Switch([state], "other", "qld", "Brisbane")', 'other'],
  ['Switch([mail], "Default", "", "0")', '0'],
  ['Switch([IsSoftDeleted], , "False", "True", "True", "False")', 'True'],
  ['ToLower(Join("@", StripSpaces("J S"), "Contoso.com"))', 'js@contoso.com'],
  ['ToUpper("i", "tr-TR")', 'İ'],
  ['Trim("  a ")', 'a'],
  ['Word("The quick brown fox",3," ")', 'brown'],
  ['Word("This,string!has&many separators",3,",!&#")', 'has'],
];

describe('sandbox mapping expressions', () => {
  for (const [text, expected] of examples)
    it(`evaluates ${text}`, () => {
      check(text);
      assert.deepEqual(value(text), expected);
    });

  for (const text of [
    'Nonsense([surname])',
    'tolower([surname])',
    'Join(" ", [surname]',
    '"open',
    '[open',
    'surname',
    'Left([surname])',
    'Switch([state], "x", "NSW")',
    '[surname] [givenName]',
    `"${'x'.repeat(10_001)}"`,
  ])
    it(`refuses ${text.slice(0, 40)}`, () => {
      assert.throws(
        () => check(text),
        (error) => error instanceof ExpressionError && !(error instanceof NotEmulatedError),
      );
    });

  for (const name of ['SelectUniqueValue("a", "b")', 'DateAdd("d", 7, CDate([x]))', 'Guid()'])
    it(`says that it does not emulate ${name}`, () => {
      assert.throws(() => check(name), NotEmulatedError);
    });

  /** Operator, operand, values that pass, values that don't. */
  const operators: readonly (readonly [string, string, readonly Value[], readonly Value[]])[] = [
    ['EQUALS', 'Sales', ['Sales'], ['sales', null]],
    ['NOT EQUALS', 'Sales', ['sales'], ['Sales', null]],
    ['IS TRUE', '', [true, 'True'], [false, null]],
    ['IS FALSE', '', [false], [true, null]],
    ['IS NULL', '', [null, ''], ['x']],
    ['IS NOT NULL', '', ['x'], [null, '']],
    ['REGEX MATCH', '.*\\@contoso.com', ['a@contoso.com'], ['a@fabrikam.com', null]],
    ['NOT REGEX MATCH', '.*\\@contoso.com', ['a@fabrikam.com'], ['a@contoso.com', null, '']],
    ['Greater_Than', '5', ['6'], ['5', 'x', null]],
    ['Greater_Than_OR_EQUALS', '5', ['5'], ['4', null]],
    ['Includes', 'ale', ['Sales'], ['SALES', null]],
    ['ENDS_WITH', 'es', ['Sales'], ['Sale', null]],
    ['&', 'one two', ['one'], ['three', null]],
    ['!&', 'one two', ['three'], ['one', null]],
  ];
  for (const [operatorName, operand, good, bad] of operators)
    it(`filters by ${operatorName}`, () => {
      const filter = readFilter({
        groups: [
          {
            clauses: [{ operatorName, sourceOperandName: 'x', targetOperand: { values: [operand] } }],
          },
        ],
      });
      for (const one of good)
        assert.equal(
          passes(filter, () => one),
          true,
          String(one),
        );
      for (const one of bad)
        assert.equal(
          passes(filter, () => one),
          false,
          String(one),
        );
    });
});
