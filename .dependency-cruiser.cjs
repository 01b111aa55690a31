/**
 * The arrows of the project: server → app → features → {domain, db, access, http}; domain → {solver, reference}.
 * Reference is tables of data (the ladder's words, rules, reason codes): the bottom of everything, like the solver.
 * test/tooling/dependencies.test.ts plants one violation of each rule and expects it to be found.
 */

const OURS = '^(src|migrations|test)/'

/** What a layer of src may import of ours besides itself; whatever is not named is forbidden. */
const LAYERS = {
  solver: [],
  domain: ['solver', 'reference'],
  reference: [],
  db: ['domain', 'reference', 'access'],
  access: ['domain', 'db'],
  http: ['domain', 'db', 'access', 'reference'],
  features: ['domain', 'db', 'access', 'http', 'reference'],
  jobs: ['domain', 'solver', 'db', 'access', 'features'],
  demo: ['domain', 'db', 'access', 'reference'],
  web: [],
}

/** What a layer may not do, said once for the report. */
const WHY = {
  solver: 'The solver is pure numbers and imports nothing of ours.',
  domain:
    'The domain decides without HTTP, SQL, clock or environment; of ours it may import the solver and the tables.',
  reference: 'Reference is tables of data, which know nothing of what is built on them.',
  db: 'The database layer knows no feature, no HTTP and no app.',
  access: 'Access is tables of data over the domain, and its audit in the database.',
  http: 'HTTP manners (problems, tags, idempotency, cursors) know no feature.',
  features: 'A feature stands on domain, db, access, http and reference data only.',
  jobs: 'A job runs what the features decide; it is not a way into the app.',
  demo: 'The demo city is made with the same domain and tables as everything else.',
  web: 'The pages know only the API: they import nothing of ours outside src/web.',
}

const layerRules = Object.entries(LAYERS).map(([layer, allowed]) => ({
  name: `layer-${layer}`,
  severity: 'error',
  comment: WHY[layer],
  from: { path: `^src/${layer}/` },
  to: { path: OURS, pathNot: `^src/(${[layer, ...allowed].join('|')})/` },
}))

module.exports = {
  forbidden: [
    ...layerRules,
    {
      name: 'feature-to-feature',
      severity: 'error',
      comment: 'Features never import features: shared SQL goes to db, shared rules to domain.',
      from: { path: '^src/features/([^/]+)/' },
      to: { path: '^src/features/', pathNot: '^src/features/$1/' },
    },
    {
      name: 'nothing-imports-app',
      severity: 'error',
      comment: 'The app is put together in one place; only the server, the commands and the tests start it.',
      from: { pathNot: ['^src/server\\.ts$', '^src/cli/', '^test/'] },
      to: { path: '^src/app\\.ts$' },
    },
    {
      name: 'nothing-imports-server-or-cli',
      severity: 'error',
      comment: 'The server and the commands are where a process starts, not something to import.',
      from: { path: '^(src|migrations)/', pathNot: '^src/cli/' },
      to: { path: ['^src/server\\.ts$', '^src/cli/'] },
    },
    {
      name: 'app-imports-no-demo-or-server',
      severity: 'error',
      comment: 'The app knows only what it registers; the demo city is filled in before it starts.',
      from: { path: '^src/app\\.ts$' },
      to: { path: OURS, pathNot: ['^src/(domain|db|access|http|features|jobs)/', '^src/config\\.ts$'] },
    },
    {
      name: 'config-is-read-once',
      severity: 'error',
      comment: 'The environment is read once where a process starts, and handed on.',
      from: { path: '^src/', pathNot: ['^src/(app|server)\\.ts$', '^src/cli/'] },
      to: { path: '^src/config\\.ts$' },
    },
    {
      name: 'pure-outside',
      severity: 'error',
      comment: 'Domain and solver use no package but date-fns: no node:, fastify, pg, kysely or zod.',
      from: { path: '^src/(domain|solver)/' },
      to: {
        dependencyTypesNot: ['local', 'localmodule'],
        pathNot: ['(^|/)node_modules/(date-fns|@date-fns/tz)/', OURS],
      },
    },
    {
      name: 'domain-reads-no-file',
      severity: 'error',
      comment: 'Not by way of a table either: what the domain rests on is there when it is imported.',
      from: { path: '^src/(domain|solver)/' },
      to: {
        path: '^(node:)?(fs|fs/promises|process|crypto|http|https|net|child_process|worker_threads|os)$',
        reachable: true,
      },
    },
    {
      name: 'solver-outside',
      severity: 'error',
      comment: 'The solver needs no package at all.',
      from: { path: '^src/solver/' },
      to: { pathNot: OURS },
    },
    {
      name: 'queries-no-http',
      severity: 'error',
      comment: 'A query file is SQL only; of HTTP it knows where a page begins, no more.',
      from: { path: '^src/features/[^/]+/queries\\.ts$' },
      to: {
        path: ['^src/http/', '^src/features/[^/]+/routes\\.ts$', '(^|/)node_modules/@?fastify'],
        pathNot: '^src/http/cursor\\.ts$',
      },
    },
    {
      name: 'migrations-frozen',
      severity: 'error',
      comment: 'A migration is frozen: what it imports must not change under it, so it imports only kysely.',
      from: { path: '^migrations/' },
      to: { pathNot: '(^|/)node_modules/kysely/' },
    },
    {
      name: 'web-outside',
      severity: 'error',
      comment: 'The pages run in a browser.',
      from: { path: '^src/web/', pathNot: '^src/web/vite\\.config\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'browser-packages-only-in-web',
      severity: 'error',
      comment: 'The server ships without the packages that the pages are built from.',
      from: { path: '^src/', pathNot: '^src/(web|cli)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-test-code',
      severity: 'error',
      comment: 'Nothing that runs in production imports a test.',
      from: { path: '^(src|migrations)/' },
      to: { path: '^test/' },
    },
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'A circle means that two files are one, or that a third is missing.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'Nothing imports it and it starts nothing: delete it or use it.',
      from: {
        orphan: true,
        path: '^src/',
        pathNot: ['^src/server\\.ts$', '^src/cli/', '\\.d\\.ts$', '\\.generated\\.ts$', '^src/web/vite\\.config\\.ts$'],
      },
      to: {},
    },
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      comment: 'An import that leads nowhere hides an arrow.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-undeclared-package',
      severity: 'error',
      comment: 'A package that package.json does not name may be gone after the next install.',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
}
