/** The walls of the house (ARCHITECTURE.md), checked on every run. */
const rooms = ['guide', 'entra', 'scim', 'dns', 'engine', 'ui', 'webview', 'sandbox'];
const notOwn = (allowed) =>
  `^src/(${rooms.filter((r) => !allowed.includes(r)).join('|')})/|^src/extension\\.ts$`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'guide-is-pure',
      comment: 'guide/ is pure: it imports nothing but itself.',
      severity: 'error',
      from: { path: '^src/guide/' },
      to: { pathNot: '^src/guide/' },
    },
    ...['entra', 'scim', 'dns'].map((room) => ({
      name: `${room}-knows-only-guide`,
      severity: 'error',
      from: { path: `^src/${room}/` },
      to: { path: notOwn([room, 'guide']) },
    })),
    ...['entra', 'scim', 'dns'].map((room) => ({
      name: `${room}-takes-types-of-guide`,
      severity: 'error',
      from: { path: `^src/${room}/` },
      to: { path: '^src/guide/', dependencyTypesNot: ['type-only'] },
    })),
    {
      name: 'engine-knows-the-lower-rooms',
      severity: 'error',
      from: { path: '^src/engine/' },
      to: { path: notOwn(['engine', 'guide', 'entra', 'scim', 'dns']) },
    },
    {
      name: 'only-ui-knows-vscode',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(ui/|extension\\.ts$)' },
      to: { path: '^vscode$' },
    },
    {
      name: 'webview-takes-messages-only',
      comment: 'Browser code shares with the host only the messages and the words of guide/.',
      severity: 'error',
      from: { path: '^src/webview/' },
      to: { path: '^src/', pathNot: '^src/(webview|guide)/' },
    },
    {
      name: 'sandbox-shares-nothing',
      comment: 'If both sides shared a constant, a wrong constant would pass every test.',
      severity: 'error',
      from: { path: '^src/sandbox/' },
      to: { path: '^src/', pathNot: '^src/sandbox/' },
    },
    {
      name: 'nothing-imports-the-sandbox',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/sandbox/' },
      to: { path: '^src/sandbox/' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.json'] },
  },
};
