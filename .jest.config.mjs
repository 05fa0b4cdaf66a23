// Five questions, five projects: unit (web: in a page), contract, flow, e2e, chaos; and the house's own rules.
const swc = (tsx) => [
  '@swc/jest',
  {
    swcrc: false,
    sourceMaps: 'inline',
    module: { type: 'es6' },
    jsc: {
      target: 'es2022',
      keepClassNames: true,
      parser: { syntax: 'typescript', decorators: true, tsx },
      transform: {
        legacyDecorator: true,
        decoratorMetadata: true,
        useDefineForClassFields: false,
        react: { runtime: 'automatic' },
      },
    },
  },
];

const project = (name, extra = {}) => ({
  displayName: name,
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  setupFiles: ['reflect-metadata'],
  testMatch: [`<rootDir>/tests/${name}/**/*.spec.ts`],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: { '\\.ts$': swc(false), '\\.tsx$': swc(true) },
  moduleNameMapper: {
    '^@app/shared$': '<rootDir>/shared/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '\\.css$': '<rootDir>/tests/support/empty.ts',
  },
  modulePathIgnorePatterns: ['<rootDir>/.build/', '<rootDir>/.data/'],
  ...extra,
});

const CLUSTER = {
  globalSetup: '<rootDir>/tests/support/cluster.mjs',
  globalTeardown: '<rootDir>/tests/support/close-cluster.mjs',
};

export default {
  testTimeout: 180_000,
  workerIdleMemoryLimit: '900MB',
  projects: [
    project('unit', { testPathIgnorePatterns: ['<rootDir>/tests/unit/web/'] }),
    project('web', {
      testEnvironment: 'jsdom',
      setupFiles: ['reflect-metadata', '<rootDir>/tests/support/page.ts'],
      testMatch: ['<rootDir>/tests/unit/web/**/*.spec.{ts,tsx}'],
    }),
    project('contract'),
    project('architecture'),
    project('flow', CLUSTER),
    project('e2e', CLUSTER),
    project('chaos', CLUSTER),
  ],
};
