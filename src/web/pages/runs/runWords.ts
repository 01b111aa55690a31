import type { MatchingRun, RunPlace, RunProposal } from '../../api/runs.ts'
import { clockOf } from '../../ui/days.ts'
import { jobInWords } from '../../ui/jobWords.ts'
import { counted } from '../../ui/numbers.ts'

const STAGES: Record<string, string> = {
  reading: 'henter behov og plasser',
  candidates: 'finner hvem som kan bo hvor',
  solving: 'finner de beste flyttingene',
  chains: 'ser på boligkjedene',
  explaining: 'skriver forklaringene',
  comparing: 'sammenligner med andre måter',
  pricing: 'regner ut hva én plass til gir',
  storing: 'lagrer svaret',
}

/** How a run stands: «Ferdig», «Regner: finner de beste flyttingene». */
export function statusInWords(run: Pick<MatchingRun, 'status' | 'stage'>): string {
  return jobInWords(run, STAGES)
}

/** What a run is about: «Hele byen», «Forhåndsvisning for Alna». */
export function runTitle(
  { kind, districts }: Pick<MatchingRun, 'kind' | 'districts'>,
  district: (code: string) => string,
) {
  return kind === 'city' ? 'Kjøring for hele byen' : `Forhåndsvisning for ${districts.map(district).join(', ')}`
}

/**
 * The time of day in Oslo at which a run was asked for. Its day is said as the day that it is about: a job runs by the real
 * clock, which in the demo is on another day than the city.
 */
export function timeOf(instant: string): string {
  return clockOf(instant)
}

/** A place as it is told from others: «Leilighet 3 i Furuset samlokaliserte». */
export function placeInWords({ label, facilityName }: Pick<RunPlace, 'label' | 'facilityName'>): string {
  return `${label}, ${facilityName}`
}

const days = (count: number) => counted(count, 'dag', 'dager')

/** What a criterion of the objective spoke for; criteria that cannot be told apart from others' are said by their title. */
export function contributionInWords({ tier, title, gain }: RunProposal['contributions'][number]): string {
  if (tier.startsWith('class_')) return title
  switch (tier) {
    case 'days_in_situation':
      return `Har hatt det slik i ${days(gain)}`
    case 'days_since_registration':
      return `Har ventet i ${days(gain)}`
    case 'preferred_form':
      return 'Boligformen er en av dem personen kan bruke. Den som står øverst på listen, teller mest'
    case 'home_district':
      return 'Plassen er i egen bydel eller i en bydel personen ønsker'
    case 'wanted_features':
      return gain === 1 ? 'Ett av ønskene er oppfylt' : `${gain} av ønskene er oppfylt`
    case 'staffing_fit':
      return 'Bemanningen ligger nær behovet'
    case 'conditional_moves':
      return 'Plassen er ledig, så flyttingen venter ikke på andre'
    default:
      return title
  }
}

/** What a chain's panel on the run's page is called in an address: «kjede-7». */
export function chainAnchor(chain: number): string {
  return `kjede-${chain + 1}`
}

/** Where a move stands in a chain of several: «Flytting 2 av 3 i boligkjede 7. Venter på flyttingen før.» */
export function chainInWords({
  chain,
  position,
  chainMoves,
}: Pick<RunProposal, 'chain' | 'position' | 'chainMoves'>): string | undefined {
  if (chain === null || position === null || chainMoves === null || chainMoves < 2) return undefined
  const which = `Flytting ${position + 1} av ${chainMoves} i boligkjede ${chain + 1}.`
  return position === 0 ? which : `${which} Venter på flyttingen før.`
}

type Alternative = RunProposal['alternatives'][number]

/** How a next-best place stands: «Ledig», «Gikk til en person i hasteklasse 2», «Noen bor der». */
export function alternativeState({ state, givenToClass }: Pick<Alternative, 'state' | 'givenToClass'>): string {
  if (state === 'free') return 'Ledig'
  if (state === 'home') return 'Noen bor der og flytter ikke nå'
  return givenToClass === null ? 'Gikk til en annen' : `Gikk til en person i hasteklasse ${givenToClass}`
}

const causes: Record<string, string> = {
  no_eligible_place: 'Ingen ledig plass passer',
  outcompeted: 'Plasser passer, men andre står foran',
  homes_not_freed: 'Plassene som passer, blir ikke ledige',
  chain_bound: 'Boligkjeden blir for lang eller for sen',
  kept_apart: 'Passer hver for seg, men ikke sammen med resten',
  house_pace: 'Husene tar ikke imot flere nye i månedene som passer',
  team_full: 'Booppfølgingen i bydelen er full',
  quota_used: 'Kvoten for husstander fra andre bydeler er brukt opp',
}

/** A cause as the heading of those it holds for. */
export function causeInWords(kind: string): string {
  return causes[kind] ?? kind
}
