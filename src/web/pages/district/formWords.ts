import type { HousingForm } from '../../api/types.ts'
import { inARow } from '../../ui/listing.ts'
import { inNumbers } from '../../ui/numbers.ts'

const PURPOSES: Record<string, string> = {
  home: 'Hjem',
  treatment: 'Behandling',
  stabilisation: 'Stabilisering',
}

const STAFFING: Record<string, string> = {
  none: 'ingen bemanning',
  ambulant: 'ambulant oppfølging',
  varies: 'bemanning varierer',
  day: 'bemannet på dagtid',
  day_or_24h: 'bemannet på dagtid eller hele døgnet',
  around_the_clock: 'bemannet hele døgnet',
  around_the_clock_high: 'bemannet hele døgnet, høy bemanning',
}

const TENURES: Record<string, string> = {
  none: 'ingen',
  decision: 'vedtak',
  decision_or_agreement: 'vedtak, eller avtale om brukerstyrt plass',
  decision_and_contract: 'vedtak og kontrakt',
  time_limited_lease: 'tidsbegrenset leiekontrakt',
  lease_and_service_decision: 'leiekontrakt og eget vedtak om tjenester',
  lease: 'leiekontrakt',
}

const GIVERS: Record<string, string> = {
  vel: 'Velferdsetaten',
  district: 'bydelen',
  running_district: 'bydelen som driver botilbudet',
  supplier: 'leverandøren',
  landlord: 'utleieren',
}

/** What each word of a form is called, by the facts that the ladder knows. */
export const formWords = { purpose: PURPOSES, staffing: STAFFING, tenure: TENURES, giver: GIVERS }

type Facts = Pick<HousingForm, 'givenBy' | 'decidedBy'>

/** Who gives a place of the form and who decides: «Velferdsetaten gir, bydelen bestemmer». */
export function decidesInWords({ givenBy, decidedBy }: Facts): string {
  const [gives, decides] = [GIVERS[givenBy ?? ''], GIVERS[decidedBy ?? '']]
  if (gives === undefined || decides === undefined) return 'ingen'
  return gives === decides ? decides : `${gives} gir, ${decides} bestemmer`
}

/** How long a stay is meant to be: «14 dager», «ingen norm». */
export function normInWords({ stayNormText }: Pick<HousingForm, 'stayNormText'>): string {
  return stayNormText ?? 'ingen norm'
}

const NAMED = 3

/** Where in the city a form has places: how many, and in which bydeler. */
export function elsewhereInWords(places: readonly { districtName: string; places: number }[]): string {
  const having = places.filter(({ places: count }) => count > 0)
  if (having.length === 0) return 'ingen i byen'
  const all = having.reduce((sum, { places: count }) => sum + count, 0)
  const most = having.toSorted((a, b) => b.places - a.places || a.districtName.localeCompare(b.districtName, 'nb'))
  const named = most.slice(0, NAMED).map(({ districtName }) => districtName)
  const rest = having.length - named.length
  return `${inNumbers(all)}, ${rest === 0 ? `i ${inARow(named)}` : `flest i ${inARow(named)}`}`
}
