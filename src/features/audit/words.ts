/** What a record of somebody is called, by the table it stands in. */
const RECORD_NAMES: Record<string, string> = {
  resident: 'Person',
  household: 'Husstand',
  household_child: 'Barn i husstanden',
  circle_member: 'Medlem av kretsen',
  consent: 'Samtykke',
  never_together: 'Skal ikke bo sammen',
  need: 'Behov',
  assessment: 'Kartlegging',
  rental_worksheet: 'Privat leie',
  need_hold: 'Reservasjon',
  offer: 'Tilbud',
  referral: 'Henvisning',
  decision: 'Vedtak',
  appeal: 'Klage',
  stay: 'Opphold',
  call_off: 'Avrop',
  return_plan: 'Plan for tilbakeføring',
  home_commitment: 'Forpliktelse om bolig',
  task: 'Oppgave',
  record_lock: 'Lås',
  break_glass: 'Nødåpning',
}

/** In bokmål; a table that has no name yet is told as it is. */
export function recordName(table: string): string {
  return RECORD_NAMES[table] ?? table.replaceAll('_', ' ')
}

/** What a route is about, by the first part of its pattern after the version. */
const SUBJECTS: Record<string, string> = {
  residents: 'personer',
  consents: 'samtykker',
  needs: 'behov',
  matches: 'treff',
  'match-previews': 'treff',
  explanations: 'hvorfor en plass ikke passer',
  offers: 'tilbud',
  holds: 'reservasjoner',
  referrals: 'henvisninger',
  stays: 'opphold',
  decisions: 'vedtak',
  'decision-alarms': 'vedtak med frist',
  appeals: 'klager',
  tasks: 'oppgaver',
  workday: 'arbeidsdagen',
  'waiting-lists': 'ventelisten',
  'call-offs': 'avrop',
  'unpriced-stays': 'opphold uten pris',
  'gap-people': 'personer i midlertidige løsninger',
  costs: 'kostnader',
  suppliers: 'leverandører',
  'framework-agreements': 'rammeavtaler',
  'purchase-budgets': 'budsjett',
  'quality-notes': 'kvalitetsnotater',
  'return-plans': 'tilbakeføring',
  'return-schedules': 'hvem som kan flytte når',
  'home-commitments': 'forpliktelser om bolig',
  'capacity-changes': 'planlagte endringer',
  'support-teams': 'team',
  capacity: 'kapasitet',
  distribution: 'fordeling',
  shortages: 'mangel på plasser',
  flags: 'varsler',
  statistics: 'statistikk',
  'public-tables': 'åpne tall',
  facilities: 'botilbud',
  places: 'plasser',
  'place-counts': 'antall plasser',
  occupancy: 'belegg',
  'matching-runs': 'kjøringer',
  chains: 'kjeder',
  forecasts: 'framskrivninger',
  scenarios: 'scenarioer',
  'scenario-comparisons': 'sammenligninger',
  'expansion-plans': 'hva som må bygges',
  imports: 'importer',
  'import-kinds': 'maler for import',
  landlords: 'utleiere',
  rules: 'regler',
  audit: 'innsyn',
  'break-glass': 'nødåpning',
  session: 'innlogging',
}

/** What a route is about, in bokmål; its pattern where that has no name yet. */
export function subjectOf(route: string | null): string {
  if (route === null) return 'ukjent adresse'
  const [first = ''] = route.replace(/^\/api\/v1\//, '').split('/')
  return SUBJECTS[first] ?? route
}
