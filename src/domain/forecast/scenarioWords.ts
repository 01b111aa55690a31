import { addDays } from '../day.ts'
import type { HousingForm } from '../ladder.ts'
import { decimal, districtName, formatDay, formInSentence, placesInWords } from '../words.ts'
import type { ScenarioChange } from './changes.ts'

const GROWTH_NOTES = [
  'En vekst i et scenario kommer i stedet for trenden fra historien, ikke i tillegg til den.',
  'Bare én vekst gjelder om gangen, og den går videre fra nivået som er nådd. En vekst for en bydel går foran en for byen, og en for en boligform foran en for alle. Ellers gjelder den som begynner sist.',
]

/** What is taken for granted of each kind of change, told once however many there are. */
const NOTES: Partial<Record<ScenarioChange['kind'], readonly string[]>> = {
  open_places: ['Nye plasser tas i bruk like raskt som ledige plasser i samme boligform i bydelen.'],
  close_places: [
    'Bydelens egne plasser legges ned før dem som er for flere. De to siste månedene gis det ikke bort plasser som skal bort.',
  ],
  growth: GROWTH_NOTES,
  past_growth: [
    ...GROWTH_NOTES,
    'Takten er regnet av hvor mange behov for samlokalisert bolig som var åpne ved utgangen av hvert kvartal. Her er den brukt om nye behov for slike boliger.',
  ],
  team_capacity: [
    'Teamets kapasitet virker bare på hvor lenge en bolig med oppfølging står tom. At flere kan få hjelp hjemme på andre måter, er ikke regnet med.',
  ],
  without_possible: [
    'Det er planleggerne som sier hva som er vedtatt, planlagt eller bare mulig. Der ingen har sagt noe, er det regnet med.',
  ],
  redrawn_districts: [
    'Tall for en ny bydel er tallene for de gamle bydelene, fordelt etter andelene og rundet av til hele personer og plasser.',
    'En plass for bydelens egne hører til en ny bydel etter de samme andelene hver gang den gis bort. Da går den til noen i den nye bydelen.',
    'Plasser for hele byen eller flere bydeler gis bort som før. Tallene for de gamle bydelene vises også etterpå.',
  ],
}

/** A scenario's assumptions in bokmål: what is changed, change by change, and then what is taken for granted of such changes. */
export function scenarioAssumptions(changes: readonly ScenarioChange[]): string[] {
  const kinds = new Set(changes.map(({ kind }) => kind))
  const notes = [...kinds].flatMap((kind) => NOTES[kind] ?? [])
  if (changes.length === 0) return ['Ingenting er endret: byen som den er planlagt i dag.']
  return [...changes.map(changeSentence), ...new Set(notes)]
}

const percent = (share: number) => `${decimal(Math.round(Math.abs(share) * 1000) / 10)} prosent`
const times = (factor: number) => `${decimal(factor)} ganger så`
const inDistrict = (code: string | undefined, otherwise: string) =>
  code === undefined ? otherwise : `i ${districtName(code)}`
// a form that is not on the ladder is refused before anybody reads of it
const formName = (form: string) => formInSentence(form as HousingForm)

/** What a change is, as one sentence. */
export function changeSentence(change: ScenarioChange): string {
  const from = `Fra ${formatDay(change.from)}`
  const needs = (form: string | undefined, district: string | undefined) =>
    `nye behov${form === undefined ? '' : ` for ${formName(form)}`} ${inDistrict(district, 'i hele byen')}`
  switch (change.kind) {
    case 'open_places':
      return `${from} åpner ${placesInWords(change.places)} i ${formName(change.form)} i ${districtName(change.district)}, for ${change.forCity === true ? 'hele byen' : 'bydelens egne'}.`
    case 'close_places':
      return `${from} legges ${placesInWords(change.places)} ned i ${formName(change.form)} ${inDistrict(change.district, 'i byen, der det er flest av dem')}.`
    case 'growth':
      if (change.perYear === 0)
        return `${from} kommer det ikke lenger flere ${needs(change.form, change.district)} enn før: veksten stopper.`
      return `${from} ${change.perYear > 0 ? 'øker' : 'minker'} ${needs(change.form, change.district)} med ${percent(change.perYear)} i året.`
    case 'past_growth':
      return `${from} fortsetter behovet for samlokaliserte boliger ${inDistrict(change.district, 'i hele byen')} å ${change.perYear < 0 ? 'minke' : 'øke'} som fra ${change.baseYear} til ${change.untilYear}: ${percent(change.percent / 100)} i alt, ${percent(change.perYear)} i året.`
    case 'arrivals':
      if (change.factor === 0) return `${from} kommer det ingen ${needs(change.form, change.district)}.`
      return `${from} kommer det ${times(change.factor)} mange ${needs(change.form, change.district)}.`
    case 'team_capacity':
      return `${from} har ${change.district === undefined ? 'alle oppfølgingsteam' : `oppfølgingsteamet i ${districtName(change.district)}`} ${times(change.factor)} stor kapasitet: en bolig med oppfølging står tom ${times(1 / change.factor)} lenge.`
    case 'loss_rate':
      return `${from} mister ${times(change.factor)} mange som flytter ut, boligen uten å ha en ny.`
    case 'without_possible':
      return `${from} åpner og stenger bare det som er vedtatt eller planlagt: det som bare er sagt å være mulig, er holdt utenfor.`
    case 'redrawn_districts':
      return `${from} gjelder nye bydeler: ${redrawn(change)}. De gamle gjelder til og med ${formatDay(addDays(change.from, -1))}.`
  }
}

function redrawn({ districts, shares }: Extract<ScenarioChange, { kind: 'redrawn_districts' }>): string {
  const parts = districts.map(({ code, name }) => {
    const own = shares.filter(({ to, share }) => to === code && share > 0)
    const from = own.map(({ from: old, share }) =>
      share === 1 ? districtName(old) : `${percent(share)} av ${districtName(old)}`,
    )
    return `${name} av ${from.join(' og ')}`
  })
  return parts.join('; ')
}
