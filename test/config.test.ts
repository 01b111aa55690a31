import fc from 'fast-check'
import t from 'tap'
import { newKey } from '../src/access/keyring.ts'
import { readConfig } from '../src/config.ts'

const IDENTITY_KEY = newKey('k1')
const FINGERPRINT_KEY = newKey('f1')
const DATABASE_URL = 'postgres://owner:hemmelig@localhost:5432/boligtrapp'
const EXTERNAL = { DATABASE_URL, IDENTITY_KEY, FINGERPRINT_KEY }
const TOKENS = {
  TOKEN_ISSUER: 'https://tokens.example',
  TOKEN_KEYS: 'https://tokens.example/jwks',
  TOKEN_AUDIENCE: 'boligtrapp-api',
  TOKEN_CLIENTS: JSON.stringify([{ subject: 'figures', name: 'Statistikk', role: 'planner' }]),
}
const ORGANISATION = {
  OIDC_ISSUER: 'https://login.example/oslo',
  OIDC_CLIENT_ID: 'boligtrapp',
  OIDC_GROUPS: JSON.stringify([
    { group: 'alna', role: 'housing_officer', districts: ['030112'] },
    { group: 'revisjon', role: 'auditor' },
  ]),
}

function messageOf(env: Record<string, string | undefined>, purpose?: 'serving' | 'migrating'): string {
  try {
    readConfig(env, purpose)
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('nothing was wrong')
}

/** The variables an error message names, one a line. */
function named(message: string): string[] {
  const [first, ...lines] = message.split('\n')
  if (first !== 'The configuration is not right:' || !(lines.pop() ?? '').startsWith('README.md'))
    throw new Error(message)
  return lines.map((line) => line.trim().split(' ')[0] ?? '').sort()
}

t.test('nothing set: a try-out with a database of its own and the demo city', async (t) => {
  const defaults = {
    port: 3000,
    host: '127.0.0.1',
    databaseUrl: undefined,
    appDatabaseUrl: undefined,
    jobDatabaseUrl: undefined,
    dataDir: '.data',
    demoDate: '2026-09-01',
    logLevel: 'info',
    identityKey: undefined,
    fingerprintKey: undefined,
    publicUrl: undefined,
    trustedProxies: [],
    metricsToken: undefined,
    limits: { address: 6000, reads: 600, changes: 240, files: 30 },
    signIn: undefined,
    tokens: undefined,
    readableKeys: [],
    auditHeadsFile: '.data/audit-heads.jsonl',
    drainSeconds: 0,
  }
  t.same(readConfig({}), defaults)
  t.same(readConfig({}, 'migrating'), defaults)
  const empty = {
    PORT: '',
    HOST: '',
    DATABASE_URL: '',
    DATA_DIR: '',
    DEMO_DATE: '',
    LOG_LEVEL: '',
    IDENTITY_KEY: undefined,
  }
  t.same(readConfig(empty), defaults, 'an empty variable is an absent one')
  t.same(readConfig({ PATH: '/bin', SECRET: 'x' }), defaults, 'what is not ours is left alone')
})

t.test('everything set', async (t) => {
  t.same(
    readConfig({
      ...EXTERNAL,
      APP_DATABASE_URL: 'postgresql://app@db/boligtrapp',
      JOB_DATABASE_URL: 'postgresql://job@db/boligtrapp',
      PORT: '8080',
      HOST: '0.0.0.0',
      DATA_DIR: '/var/lib/boligtrapp',
      DEMO_CITY: 'true',
      DEMO_DATE: '2027-02-28',
      LOG_LEVEL: 'debug',
      PUBLIC_URL: 'https://boligtrapp.example/',
      TRUSTED_PROXIES: '10.0.0.0/8, ::1,127.0.0.1',
      METRICS_TOKEN: 'm'.repeat(24),
      LIMIT_ADDRESS: '1',
      LIMIT_READS: '2',
      LIMIT_CHANGES: '3',
      LIMIT_FILES: '4',
      DRAIN_SECONDS: '10',
      ...ORGANISATION,
      ...TOKENS,
    }),
    {
      port: 8080,
      host: '0.0.0.0',
      databaseUrl: DATABASE_URL,
      appDatabaseUrl: 'postgresql://app@db/boligtrapp',
      jobDatabaseUrl: 'postgresql://job@db/boligtrapp',
      dataDir: '/var/lib/boligtrapp',
      demoDate: '2027-02-28',
      logLevel: 'debug',
      identityKey: IDENTITY_KEY,
      fingerprintKey: FINGERPRINT_KEY,
      publicUrl: 'https://boligtrapp.example',
      trustedProxies: ['10.0.0.0/8', '::1', '127.0.0.1'],
      metricsToken: 'm'.repeat(24),
      limits: { address: 1, reads: 2, changes: 3, files: 4 },
      signIn: {
        provider: {
          issuer: 'https://login.example/oslo',
          clientId: 'boligtrapp',
          clientSecret: undefined,
          scope: 'openid profile offline_access',
          groupsClaim: 'groups',
          algorithm: 'RS256',
          publicUrl: 'https://boligtrapp.example',
        },
        groups: [
          { group: 'alna', role: 'housing_officer', districts: ['030112'], facilities: [] },
          { group: 'revisjon', role: 'auditor', districts: [], facilities: [] },
        ],
      },
      tokens: {
        issuer: 'https://tokens.example',
        keys: 'https://tokens.example/jwks',
        audience: 'boligtrapp-api',
        algorithm: 'RS256',
        machines: [{ subject: 'figures', name: 'Statistikk', role: 'planner', districts: [], facilities: [] }],
      },
      readableKeys: [],
      auditHeadsFile: '/var/lib/boligtrapp/audit-heads.jsonl',
      drainSeconds: 10,
    },
  )
})

t.test('an identity provider needs what goes with it, and groups say whose records they reach', async (t) => {
  const { OIDC_ISSUER } = ORGANISATION
  t.same(named(messageOf({ OIDC_ISSUER })), ['OIDC_CLIENT_ID', 'OIDC_GROUPS', 'PUBLIC_URL'])
  t.same(named(messageOf({ OIDC_CLIENT_ID: 'x', OIDC_CLIENT_SECRET: 'y' })), ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'])
  t.equal(readConfig({ PUBLIC_URL: 'http://127.0.0.1:3000' }).publicUrl, 'http://127.0.0.1:3000')
  const wrong = (...rows: object[]) =>
    named(messageOf({ ...ORGANISATION, PUBLIC_URL: 'https://x.example', OIDC_GROUPS: JSON.stringify(rows) }))
  t.same(wrong(), ['OIDC_GROUPS'], 'no row')
  t.same(wrong({ group: 'a', role: 'housing_officer' }), ['OIDC_GROUPS.0'], 'an officer of no bydel')
  t.same(wrong({ group: 'a', role: 'facility_staff' }), ['OIDC_GROUPS.0'], 'staff of no house')
  t.same(wrong({ group: 'a', role: 'boss' }), ['OIDC_GROUPS.0.role'])
  t.same(wrong({ group: 'a', role: 'planner' }, { group: 'b', role: 'planner', districts: ['0301'] }), [
    'OIDC_GROUPS.1.districts.0',
  ])
  t.same(wrong({ group: 'a', role: 'planner', district: '030112' }), ['OIDC_GROUPS.0'], 'a field that is not one')
})

t.test('tokens of programs need all that pins them, and are not those that sign people in', async (t) => {
  t.same(named(messageOf({ TOKEN_KEYS: TOKENS.TOKEN_KEYS })), ['TOKEN_AUDIENCE', 'TOKEN_CLIENTS', 'TOKEN_ISSUER'])
  const same = { ...ORGANISATION, ...TOKENS, PUBLIC_URL: 'https://x.example', TOKEN_AUDIENCE: 'boligtrapp' }
  t.same(named(messageOf(same)), ['TOKEN_AUDIENCE'])
  const nowhere = JSON.stringify([{ subject: 'x', name: 'X', role: 'housing_officer' }])
  t.same(named(messageOf({ ...TOKENS, TOKEN_CLIENTS: nowhere })), ['TOKEN_CLIENTS.0'])
})

t.test('the demo: on with a database of its own, off with another, unless said', async (t) => {
  const at = (env: Record<string, string>) => readConfig(env).demoDate
  t.equal(at({ DEMO_DATE: '2026-10-15' }), '2026-10-15')
  for (const off of ['false', '0']) t.equal(at({ DEMO_CITY: off, DEMO_DATE: '2026-10-15' }), undefined, off)
  for (const on of ['true', '1']) t.equal(at({ ...EXTERNAL, DEMO_CITY: on }), '2026-09-01', on)
  t.equal(at({ ...EXTERNAL, DEMO_DATE: '2026-10-15' }), undefined, 'a database in use keeps its own clock')
})

t.test('a database elsewhere needs its keys', async (t) => {
  t.same(named(messageOf({ DATABASE_URL })), ['FINGERPRINT_KEY', 'IDENTITY_KEY'])
  t.same(named(messageOf({ DATABASE_URL, IDENTITY_KEY })), ['FINGERPRINT_KEY'])
  t.same(named(messageOf({ DATABASE_URL, FINGERPRINT_KEY, IDENTITY_KEY: '' })), ['IDENTITY_KEY'])
  t.match(messageOf({ DATABASE_URL }), /npm run -s key/, 'and the message says how they are made')
  t.equal(readConfig({ DATABASE_URL }, 'migrating').databaseUrl, DATABASE_URL, 'migrating needs none')
  for (const login of ['APP_DATABASE_URL', 'JOB_DATABASE_URL']) {
    t.same(named(messageOf({ [login]: DATABASE_URL })), [login], 'a login without a database')
  }
})

// Each wrong value holds the mark, so that a message repeating it is seen.
const MARK = 'hemmelig'
const WRONG: Record<string, readonly string[]> = {
  PORT: ['http', '65536', '-1', '80.5', '3000a', 'NaN'],
  DATABASE_URL: [`mysql://a:${MARK}@b/c`, MARK, `//${MARK}`],
  APP_DATABASE_URL: [`https://${MARK}`, MARK],
  JOB_DATABASE_URL: [`redis://${MARK}`, MARK],
  DEMO_CITY: ['yes', 'TRUE', '2'],
  DEMO_DATE: ['2026-02-30', '1.9.2026', 'today', '2026-9-1'],
  LOG_LEVEL: ['verbose', 'INFO'],
  IDENTITY_KEY: [
    MARK,
    `k1:${MARK}`,
    `k1:${'A'.repeat(44)}`,
    `K1:${'A'.repeat(43)}=`,
    `:${'A'.repeat(43)}=`,
    `${IDENTITY_KEY}\n`,
  ],
  FINGERPRINT_KEY: [MARK, `f1:${'A'.repeat(42)}==`, `f1 ${'A'.repeat(43)}=`],
  PUBLIC_URL: [MARK, `http://${MARK}.example`, `https://x.example/${MARK}`],
  METRICS_TOKEN: [MARK, `${MARK} ${'m'.repeat(24)}`],
  LIMIT_ADDRESS: ['0', MARK],
  LIMIT_READS: ['-1', '1.5'],
  LIMIT_CHANGES: ['many'],
  LIMIT_FILES: ['0'],
  OIDC_SCOPE: [MARK],
  OIDC_ALGORITHM: ['none', 'HS256', MARK],
  TOKEN_ALGORITHM: ['none', 'HS256', MARK],
}

t.test('each wrong value, alone', async (t) => {
  for (const [name, values] of Object.entries(WRONG)) {
    for (const value of values) {
      const message = messageOf({ ...EXTERNAL, [name]: value })
      t.same(named(message), [name], `${name}=${value}`)
      t.notOk(message.includes(MARK), `${name}: its value is not repeated`)
    }
  }
})

t.test('every wrong variable at once, and never a secret', async (t) => {
  const all = Object.fromEntries(Object.entries(WRONG).map(([name, values]) => [name, values[0]]))
  t.same(named(messageOf(all)), Object.keys(WRONG).sort())
  fc.assert(
    fc.property(fc.subarray(Object.keys(WRONG), { minLength: 1 }), fc.nat(), (names, pick) => {
      const wrong = Object.fromEntries(
        names.map((name) => {
          const values = WRONG[name] ?? []
          return [name, values[pick % values.length]]
        }),
      )
      const message = messageOf({ ...EXTERNAL, ...wrong })
      const secrets = [MARK, IDENTITY_KEY.slice(3), FINGERPRINT_KEY.slice(3)]
      return named(message).join() === names.sort().join() && !secrets.some((secret) => message.includes(secret))
    }),
    { numRuns: 300 },
  )
  t.pass('whichever are wrong together')
  t.same(
    named(messageOf({ DATABASE_URL: `mysql://${MARK}`, PORT: 'http' })),
    ['DATABASE_URL', 'FINGERPRINT_KEY', 'IDENTITY_KEY', 'PORT'],
    'what is missing is named beside what is wrong',
  )
})
