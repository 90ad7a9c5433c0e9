import tseslint from 'typescript-eslint';

const noVscode = {
  paths: [{ name: 'vscode', message: 'Only src/ui and src/extension.ts know VS Code: take a port instead.' }],
};

export default tseslint.config(
  { ignores: ['dist', 'out', '**/node_modules', '**/*.cjs', '**/*.mjs', '.vscode-test'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './src/webview/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Empty objects and impossible branches are found by the compiler's own strict family.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/require-await': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only: one name everywhere.' },
        { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that holds it.' },
      ],
      'no-console': 'error',
    },
  },
  {
    files: ['src/guide/**', 'src/entra/**', 'src/scim/**', 'src/dns/**', 'src/engine/**', 'src/sandbox/**'],
    rules: { 'no-restricted-imports': ['error', noVscode] },
  },
  {
    files: ['scripts/**', 'src/sandbox/cli.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off', 'no-console': 'off' },
  },
);
