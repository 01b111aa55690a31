import type { Relaxation } from '../../api/types.ts'
import { inNumbers } from '../../ui/numbers.ts'

/** What would have to be otherwise for a rule to stop keeping a place away. A rule without words of its own is named by its title. */
const changes: Record<string, string> = {
  'form.accepted': 'en annen boligform også kan brukes',
  'district.served': 'botilbudet kan ta imot fra bydelen vår',
  'district.accepted': 'en bydel som er valgt bort, likevel kan brukes',
  'facility.accepted': 'et botilbud som er valgt bort, likevel kan brukes',
  'features.required': 'et krav til boligen heller blir et ønske',
  'household.size': 'plassen kan ta en større husstand',
  'children.allowed': 'botilbudet kan ta imot barn',
  'age.band': 'botilbudet ser bort fra aldersgrensen',
  'gender.accepted': 'botilbudet ser bort fra kravet til kjønn',
  'substance.free_house': 'huset og personen blir enige om rus',
  'behaviour.accepted': 'huset styrker bemanningen for atferd',
  'security.accepted': 'huset styrker sikkerheten',
  'pets.accepted': 'botilbudet kan ta imot dyr',
  'mix.limit': 'huset får ta imot flere med omfattende behov',
  'place.not_closed': 'en sperret plass åpnes igjen',
  'place.admits': 'et botilbud som har stengt inntaket, begynner å ta imot',
}

const deciders = {
  person: 'Personen avgjør',
  facility: 'Botilbudet avgjør',
  district: 'Bydelen avgjør',
  nobody: 'Ingen kan avgjøre det',
} as const satisfies Record<Relaxation['rules'][number]['relaxable'], string>

/** One way to more places: what must change, who decides it, and what it gives. */
export type RelaxationInWords = { change: string; decides: string; gives: string }

/** @param relaxation a smallest set of rules whose relaxing opens places */
export function relaxationInWords({ rules, opens }: Relaxation): RelaxationInWords {
  const parts = rules.map(({ id, title }) => changes[id] ?? `regelen «${title}» ikke gjelder`)
  const decides = [...new Set(rules.map(({ relaxable }) => deciders[relaxable]))]
  return {
    change: `Hvis ${inSentence(parts)}`,
    decides: decides.join('. '),
    gives: opens === 1 ? 'passer 1 plass til' : `passer ${inNumbers(opens)} plasser til`,
  }
}

function inSentence(parts: string[]): string {
  const last = parts.at(-1) ?? ''
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} og ${last}`
}
