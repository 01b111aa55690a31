import type { Capability, Scope } from './capabilities.ts'

/** What the page and the document of access sort capabilities under, in this order. */
export const AREAS = [
  'Personer og behov',
  'Tilbud, henvisning og flytting',
  'Papirer og vedtak',
  'Tilbakeføring',
  'Botilbud og plasser',
  'Tall, varsler og planer',
  'Kjøp',
  'Regler, filer og innsyn',
] as const
type Area = (typeof AREAS)[number]

export interface CapabilityName {
  area: Area
  /** What one may do, after «kan». */
  may: string
  /** Whether it shows somebody who can be recognised. */
  people: boolean
}

/** Each capability in words. */
export const CAPABILITY_NAMES: Record<Capability, CapabilityName> = {
  read_residents: { area: 'Personer og behov', may: 'se personer', people: true },
  register_residents: { area: 'Personer og behov', may: 'registrere og endre personer', people: true },
  maintain_circles: {
    area: 'Personer og behov',
    may: 'si hvem som er i kretsen rundt en person med beskyttet adresse',
    people: true,
  },
  break_glass: { area: 'Personer og behov', may: 'åpne en person i en nødsituasjon', people: true },
  read_break_glass: { area: 'Personer og behov', may: 'se nødåpninger', people: false },
  answer_break_glass: { area: 'Personer og behov', may: 'svare på og gå gjennom nødåpninger', people: false },
  read_needs: { area: 'Personer og behov', may: 'se boligbehov og venteliste', people: true },
  register_needs: { area: 'Personer og behov', may: 'registrere, endre og avslutte boligbehov', people: true },
  match_needs: { area: 'Personer og behov', may: 'finne plasser til et behov', people: true },
  read_tasks: { area: 'Personer og behov', may: 'se oppgaver', people: true },
  complete_tasks: { area: 'Personer og behov', may: 'fullføre oppgaver', people: true },
  read_workday: { area: 'Personer og behov', may: 'se hva som haster i dag', people: true },
  send_offers: { area: 'Tilbud, henvisning og flytting', may: 'tilby en plass og starte en kjede', people: true },
  reserve_places: { area: 'Tilbud, henvisning og flytting', may: 'reservere en plass', people: true },
  answer_offers: { area: 'Tilbud, henvisning og flytting', may: 'skrive inn svar på tilbud', people: true },
  read_offers: { area: 'Tilbud, henvisning og flytting', may: 'se tilbud', people: true },
  record_leases: { area: 'Tilbud, henvisning og flytting', may: 'skrive inn leiekontrakter', people: true },
  record_moves: { area: 'Tilbud, henvisning og flytting', may: 'skrive inn innflytting og utflytting', people: true },
  record_private_homes: {
    area: 'Tilbud, henvisning og flytting',
    may: 'skrive inn bolig som personen har funnet selv',
    people: true,
  },
  read_stays: { area: 'Tilbud, henvisning og flytting', may: 'se hvem som bor hvor', people: true },
  send_referrals: { area: 'Tilbud, henvisning og flytting', may: 'henvise til VEL', people: true },
  answer_referrals: { area: 'Tilbud, henvisning og flytting', may: 'svare på henvisninger', people: true },
  read_referrals: { area: 'Tilbud, henvisning og flytting', may: 'se henvisninger', people: true },
  read_papers: { area: 'Papirer og vedtak', may: 'se vedtak, brev og utleiere', people: true },
  write_papers: { area: 'Papirer og vedtak', may: 'skrive vedtak, klager og skjema', people: true },
  issue_decisions: { area: 'Papirer og vedtak', may: 'fatte vedtak', people: true },
  read_return_plans: { area: 'Tilbakeføring', may: 'se planer for tilbakeføring', people: true },
  write_return_plans: { area: 'Tilbakeføring', may: 'lage og endre planer for tilbakeføring', people: true },
  commit_homes: { area: 'Tilbakeføring', may: 'binde en bolig til en plan', people: true },
  read_return_figures: { area: 'Tilbakeføring', may: 'se tall for tilbakeføring', people: false },
  start_return_schedules: { area: 'Tilbakeføring', may: 'regne ut hvem som kan flytte når', people: false },
  maintain_support_teams: { area: 'Tilbakeføring', may: 'holde team for booppfølging oppdatert', people: false },
  plan_closings: { area: 'Tilbakeføring', may: 'si hvor sikker en avvikling er', people: false },
  read_inventory: { area: 'Botilbud og plasser', may: 'se botilbud, plasser og hva som er opptatt', people: false },
  maintain_facilities: { area: 'Botilbud og plasser', may: 'holde botilbud oppdatert', people: false },
  maintain_places: { area: 'Botilbud og plasser', may: 'holde plasser oppdatert', people: false },
  close_places: { area: 'Botilbud og plasser', may: 'sperre plasser', people: false },
  read_capacity: { area: 'Tall, varsler og planer', may: 'se kapasitet og fordeling', people: false },
  read_flags: { area: 'Tall, varsler og planer', may: 'se varsler', people: false },
  answer_flags: { area: 'Tall, varsler og planer', may: 'svare på varsler', people: false },
  start_matching_runs: { area: 'Tall, varsler og planer', may: 'starte kjøringer', people: false },
  read_matching_runs: { area: 'Tall, varsler og planer', may: 'se kjøringer og kjeder', people: false },
  read_place_prices: { area: 'Tall, varsler og planer', may: 'se hvor én plass til hjelper mest', people: false },
  start_forecasts: { area: 'Tall, varsler og planer', may: 'regne ut prognoser', people: false },
  read_forecasts: { area: 'Tall, varsler og planer', may: 'se prognoser og scenarioer', people: false },
  write_scenarios: { area: 'Tall, varsler og planer', may: 'skrive scenarioer', people: false },
  read_costs: { area: 'Kjøp', may: 'se kostnader, leverandører og avtaler', people: false },
  maintain_agreements: { area: 'Kjøp', may: 'holde leverandører og avtaler oppdatert', people: false },
  note_quality: { area: 'Kjøp', may: 'skrive merknader om kvalitet', people: false },
  read_call_offs: { area: 'Kjøp', may: 'se hvem det er kjøpt plass til', people: true },
  order_places: { area: 'Kjøp', may: 'kjøpe plass til noen', people: true },
  set_budgets: { area: 'Kjøp', may: 'skrive inn budsjett', people: false },
  read_reference: { area: 'Regler, filer og innsyn', may: 'se regler og kilder', people: false },
  read_policy_trials: { area: 'Regler, filer og innsyn', may: 'se prøver av regelendringer', people: false },
  try_policies: { area: 'Regler, filer og innsyn', may: 'prøve og foreslå regelendringer', people: false },
  adopt_policies: {
    area: 'Regler, filer og innsyn',
    may: 'ta i bruk en regelendring som en annen har foreslått',
    people: false,
  },
  maintain_rules: { area: 'Regler, filer og innsyn', may: 'endre regler', people: false },
  confirm_rules: { area: 'Regler, filer og innsyn', may: 'bekrefte regler', people: false },
  read_showings: { area: 'Regler, filer og innsyn', may: 'se hvem som har sett en person', people: true },
  review_showings: { area: 'Regler, filer og innsyn', may: 'gå gjennom hvem som har sett hvem', people: false },
  read_security_log: { area: 'Regler, filer og innsyn', may: 'se sikkerhetshendelser', people: false },
  lock_records: { area: 'Regler, filer og innsyn', may: 'låse en sak', people: true },
  export_cases: { area: 'Regler, filer og innsyn', may: 'overføre en sak til sakssystemet', people: true },
  read_data_gaps: { area: 'Regler, filer og innsyn', may: 'se hva som er gammelt eller mangler', people: true },
  import_files: { area: 'Regler, filer og innsyn', may: 'lese inn filer', people: false },
  import_places: { area: 'Regler, filer og innsyn', may: 'lese inn plasser', people: false },
  import_needs: { area: 'Regler, filer og innsyn', may: 'lese inn behov', people: true },
  import_stays: { area: 'Regler, filer og innsyn', may: 'lese inn opphold', people: true },
  import_statistics: { area: 'Regler, filer og innsyn', may: 'lese inn statistikk', people: false },
}

/** How far a capability reaches, in words. */
export const SCOPE_NAMES: Record<Scope, string> = {
  all: 'Hele byen',
  own_district: 'Egen bydel',
  own_facility: 'Eget botilbud',
  referred_to_vel: 'Henvist til VEL',
  living_in_vel: 'Bor i VEL',
  own: 'Egne',
  emergency: 'Én person i en time',
}
