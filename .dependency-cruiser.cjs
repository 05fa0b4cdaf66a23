// One-way imports: a folder may import only the folders above it in its list, and shared.
const SERVER = [
  'platform',
  'access',
  'journal',
  'clocks',
  'places',
  'teams',
  'positions',
  'patrols',
  'incidents',
  'response',
  'risk',
  'desk',
  'exchange',
  'live',
  'demo',
];
const WEB = ['ui', 'map', 'link', 'store', 'layers', 'charts', 'screens'];

const downward = (root, folders) =>
  folders.slice(0, -1).map((folder, i) => ({
    name: `${root}-${folder}-imports-only-what-stands-above`,
    severity: 'error',
    // The one stitch across: the journal's audiences come from the tree, whose changes the journal writes.
    from: { path: `^${root}/src/${folder}/` },
    to: { path: `^${root}/src/(${folders.slice(i + 1).join('|')})/` },
  }));

module.exports = {
  forbidden: [
    ...downward('server', SERVER),
    ...downward('web', WEB),
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'shared-imports-zod-only',
      severity: 'error',
      from: { path: '^shared/src/' },
      to: { pathNot: '^(shared/src/|node_modules/zod/)' },
    },
    {
      name: 'server-and-web-are-apart',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^web/' },
    },
    {
      name: 'web-and-server-are-apart',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(server|migrations)/' },
    },
    {
      name: 'migrations-import-nothing-of-ours',
      severity: 'error',
      from: { path: '^migrations/' },
      to: { path: '^(server|web|shared)/' },
    },
    {
      name: 'the-simulator-is-a-client',
      severity: 'error',
      from: { path: '^server/src/demo/(simulator|replay|client)/' },
      to: { path: '^server/src/', pathNot: '^server/src/demo/(simulator|replay|client)/' },
    },
    {
      name: 'commands-never-import-live',
      severity: 'error',
      from: { path: '^server/src/', pathNot: '^server/src/(live/|app)' },
      to: { path: '^server/src/live/' },
    },
    {
      name: 'tests-are-not-imported',
      severity: 'error',
      from: { path: '^(server|web|shared|migrations)/' },
      to: { path: '^tests/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['development', 'import', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
      extensionAlias: { '.js': ['.ts', '.tsx', '.js'] },
    },
  },
};
