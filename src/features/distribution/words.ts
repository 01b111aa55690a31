import type { WithoutIndex } from '../../domain/distribution.ts'
import { listed } from '../../domain/words.ts'
import { DISTRIBUTION_CLAIM } from '../../reference/distributionPolicy.ts'
import type { Distribution, DistributionRow } from './schema.ts'

/** Why a district is not compared, as a user reads it. */
export const WITHOUT: Record<WithoutIndex, string> = {
  no_legible_indicator: 'Ingen av tallene som har vekt, kan leses for bydelen. Den får ingen indeks.',
  no_population: 'Vi kjenner ikke folketallet.',
  no_capacity: 'Vi kjenner ikke antall boliger.',
}

const number = new Intl.NumberFormat('nb-NO', { maximumFractionDigits: 2 })
const rate = (value: number | null) => (value === null ? 'ukjent' : number.format(value))
const WORDS = ['Ingen', 'Én', 'To', 'Tre', 'Fire']

/** The claim of the note beside what the figures say of the same districts. */
export function claimOf(items: readonly DistributionRow[], city: number | null): Distribution['claim'] {
  const { area, says, source, districts } = DISTRIBUTION_CLAIM
  const named = districts.flatMap((code) => items.filter(({ district }) => district === code))
  const figures = named.map(({ district, districtName, perThousand }) => ({ district, districtName, perThousand }))
  const known = figures.filter(
    (figure): figure is typeof figure & { perThousand: number } => figure.perThousand !== null,
  )
  if (city === null || known.length === 0) return null
  const above = known.filter(({ perThousand }) => perThousand > city)
  const told = listed(known.map(({ districtName, perThousand }) => `${districtName} ${rate(perThousand)}`))
  const uniform = above.length === 0 || above.length === known.length
  const reading = `Beboere per 1 000 voksne: ${told}. Hele byen har ${rate(city)}. ${
    WORDS[above.length] ?? above.length
  } av de ${known.length} ligger over byen${above.length === 0 ? '' : ` (${listed(above.map(({ districtName }) => districtName))})`}. ${
    uniform ? 'Tallene peker samme vei for alle.' : 'Tallene er altså mindre entydige enn teksten.'
  }`
  return { area, says, source, figures, city, reading }
}

/** What stops a reader from concluding too much. */
export function cautionsOf(basis: Distribution['basis'], items: readonly DistributionRow[]): string[] {
  const none = items.filter(({ capacity }) => capacity === 0).map(({ districtName }) => districtName)
  const partly = items.filter(({ without, weightCovered }) => without === null && weightCovered < 1)
  const apart = items.filter(({ without }) => without !== null)
  const published = basis === 'published'
  return [
    published
      ? 'Behovet er målt med tall for rus. Boligene er for mennesker med psykiske lidelser. Det er to ulike ting, og de som har begge deler, står ikke for seg.'
      : 'Behovet er målt med tall for rus. Plassene er for rus, psykisk helse eller begge deler.',
    'Hvor mange som er innlagt eller i behandling, avhenger også av hvor mye tilbud det er. Et lavt tall kan bety lite tilbud.',
    ...(none.length === 0
      ? []
      : [
          `${listed(none)} har 0. ${
            published
              ? 'Det er et tall i tabellen, ikke et tomt felt, men det kan skyldes hvordan boligene er ført på grupper.'
              : 'Det er ingen slike plasser registrert der.'
          }`,
        ]),
    ...(partly.length === 0
      ? []
      : [
          `For ${listed(partly.map(({ districtName }) => districtName))} kan bare noen av tallene leses. Indeksen hviler på dem som kan det, og er mindre sikker.`,
        ]),
    ...(apart.length === 0
      ? []
      : [
          `${listed(apart.map(({ districtName }) => districtName))} er ikke sammenlignet. Andelene gjelder de ${items.length - apart.length} bydelene som er det.`,
        ]),
  ]
}
