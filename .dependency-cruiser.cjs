/** The rules of docs/architecture.md that a machine can check. Type-only imports count. */
const TESTS = '\\.test\\.ts$|/testing/';

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'product-never-imports-tests',
      severity: 'error',
      from: { path: '^(gateway|drivers|simulators)/', pathNot: TESTS },
      to: { path: TESTS },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'drivers-know-nothing-above',
      severity: 'error',
      from: { path: '^drivers/', pathNot: TESTS },
      to: { path: '^(gateway|simulators|scripts)/' },
    },
    {
      name: 'drivers-do-not-import-each-other',
      severity: 'error',
      from: { path: '^drivers/(modbus|dlt645|cjt188|mbus|dc09|intercom|scanner|onvif)/' },
      to: { path: '^drivers/(modbus|dlt645|cjt188|mbus|dc09|intercom|scanner|onvif)/', pathNot: '^drivers/$1/' },
    },
    {
      name: 'product-never-imports-simulators',
      severity: 'error',
      from: { path: '^(gateway|drivers)/', pathNot: TESTS },
      to: { path: '^simulators/' },
    },
    {
      name: 'simulators-see-only-frames-and-bytes',
      comment: 'A simulator that shares decode, profile or driver echoes their mistakes.',
      severity: 'error',
      from: { path: '^simulators/', pathNot: TESTS },
      to: { path: '^(drivers|gateway)/', pathNot: '^drivers/(bytes/|[^/]+/frame[^/]*\\.ts$)' },
    },
    {
      name: 'only-composition-roots-list-drivers',
      severity: 'error',
      from: { path: '^(gateway|drivers)/', pathNot: `^gateway/(main\\.ts|cli/)|${TESTS}` },
      to: { path: '^drivers/index\\.ts$' },
    },
    {
      name: 'store-imports-nothing-above',
      severity: 'error',
      from: { path: '^gateway/store/', pathNot: TESTS },
      to: {
        path: '^(gateway|drivers|simulators|scripts)/',
        pathNot: '^(gateway/(store/|clock\\.ts)|drivers/(contract|units|errors)\\.ts)',
      },
    },
    {
      name: 'only-store-opens-sqlite',
      severity: 'error',
      from: { path: '^(gateway|drivers|simulators)/', pathNot: '^gateway/store/|\\.test\\.ts$' },
      to: { path: 'node_modules/better-sqlite3' },
    },
    {
      name: 'api-and-broker-never-touch-wires',
      severity: 'error',
      from: { path: '^gateway/(api|broker)/', pathNot: TESTS },
      to: { path: '^gateway/(ingest|bus)/' },
    },
    {
      name: 'rules-are-pure',
      severity: 'error',
      from: {
        path: '^gateway/(alarms/(lifecycle|condition|types)\\.ts|ingest/schedule\\.ts)|^drivers/modbus/plan-reads\\.ts',
      },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev'], pathNot: 'node_modules/zod/' },
    },
    {
      name: 'product-needs-no-development-package',
      severity: 'error',
      from: { path: '^(gateway|drivers|simulators)/', pathNot: '\\.test\\.ts$|/testing/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
