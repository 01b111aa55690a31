/** Every address of the interface, in the router's notation. An address never holds anything about a person but an opaque id. */
export const paths = {
  home: '/',
  signIn: '/logg-inn',
  signOut: '/logg-ut',
  publicTables: '/apne-tall',
  newNeed: '/behov/ny',
  need: '/behov/$id',
  editNeed: '/behov/$id/rediger',
  editNeedTheme: '/behov/$id/rediger/$theme',
  reviewNeed: '/behov/$id/registrer',
  endNeed: '/behov/$id/avslutt',
  papers: '/behov/$id/papirer',
  referralPaper: '/behov/$id/papirer/henvisning',
  decision: '/behov/$id/papirer/vedtak/$decisionId',
  letter: '/behov/$id/papirer/brev/$kind/$about',
  rentalWorksheet: '/behov/$id/papirer/privat-leie',
  privateHome: '/behov/$id/privat-bolig',
  caseInsight: '/behov/$id/innsyn',
  decisionAlarms: '/vedtak',
  referrals: '/henvisninger',
  referral: '/henvisninger/$id',
  places: '/plasser',
  occupancy: '/belegg',
  facility: '/bosted/$id',
  quotas: '/kvoter',
  statistics: '/statistikk',
  city: '/by',
  onePlaceMore: '/en-plass-til',
  capacity: '/kapasitet',
  costs: '/kostnader',
  distribution: '/fordeling',
  waitingList: '/venteliste',
  ownDistrict: '/bydel',
  district: '/bydel/$code',
  returns: '/tilbakeforing',
  returnPlan: '/tilbakeforing/$id',
  plan2030: '/2030',
  closings: '/2030/avvikling',
  scenarios: '/2030/scenarioer',
  newScenario: '/2030/scenarioer/ny',
  scenario: '/2030/scenarioer/$id',
  comparison: '/2030/sammenligning/$id',
  supportTeams: '/2030/team',
  schedule: '/2030/tidsplan',
  expansion: '/2030/utbygging',
  flags: '/varsler',
  flag: '/varsler/$id',
  runs: '/kjoringer',
  run: '/kjoringer/$id',
  chains: '/kjeder',
  chain: '/kjeder/$id',
  insight: '/innsyn',
  imports: '/import',
  rules: '/regler',
  rule: '/regler/$id',
  policyTrials: '/regelprover',
  policyTrial: '/regelprover/$id',
  breakGlass: '/nodapning',
  circles: '/kretser',
  access: '/hvem-kan-se-hva',
} as const

/** The route of an address that one must be signed in for, as `useParams` and `useSearch` name it. */
export function signedInRoute<P extends string>(path: P): `/signed-in${P}` {
  return `/signed-in${path}`
}

/**
 * Where to go after signing in.
 * @param wanted the address that was asked for before signing in, as found in the query string
 * @returns an address on this site; the start page when `wanted` is missing or would lead elsewhere
 */
export function afterSignIn(wanted: unknown): string {
  if (typeof wanted !== 'string' || !wanted.startsWith('/')) return paths.home
  // Resolved as the browser would do it: `//x`, `/\x` and `/.//x` all lead to another host.
  const here = 'http://localhost'
  if (!URL.canParse(wanted, here)) return paths.home
  const address = new URL(wanted, here)
  const leadsAway = address.origin !== here || address.pathname.startsWith('//')
  if (leadsAway || address.pathname === paths.signIn || address.pathname === paths.signOut) return paths.home
  return address.pathname + address.search
}
