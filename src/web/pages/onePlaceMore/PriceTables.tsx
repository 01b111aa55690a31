import { BodyShort, Heading } from '@navikt/ds-react'
import type { PlacePrice } from '../../api/placePrices.ts'
import { FigureTable } from '../../ui/FigureTable.tsx'
import { useReference } from '../../ui/names.ts'
import { inNumbers } from '../../ui/numbers.ts'
import { gainInWords, KRONER, movesInWords, peopleInCell } from './priceWords.ts'

const CLASSES = ['1', '2', '3', '4', '5'] as const

/** What one more place of each form gives in one district, class by class and in kroner a month. */
export function OfDistrict({ items, districtName }: { items: readonly PlacePrice[]; districtName: string }) {
  const { forms } = useReference()
  return (
    <>
      <FigureTable<PlacePrice>
        title={`Én plass til i Bydel ${districtName}`}
        first="Boligform"
        columns={[
          { name: 'Flere får plass', of: peopleInCell },
          ...CLASSES.map((number) => ({
            name: `Hasteklasse ${number}`,
            of: ({ byClass }: PlacePrice) => inNumbers(byClass[number] ?? 0),
          })),
          { name: 'Passer for', of: ({ fits }) => inNumbers(fits) },
          ...KRONER,
        ]}
        rows={inLadderOrder(items, forms).map((row) => ({ name: row.formName, row }))}
      />
      <Marks kroner />
    </>
  )
}

/** How many more are given a place, form by form and district by district. */
export function OfCity({ items, districts }: { items: readonly PlacePrice[]; districts: readonly PlacePrice[] }) {
  const { forms } = useReference()
  const byForm = Map.groupBy(inLadderOrder(items, forms), ({ form }) => form)
  return (
    <>
      <FigureTable<readonly PlacePrice[]>
        title="Hvor mange flere som får plass"
        first="Boligform"
        columns={districts.map(({ district, districtName }) => ({
          name: districtName,
          of: (row) => {
            const price = row.find((one) => one.district === district)
            return price === undefined ? '–' : peopleInCell(price)
          },
        }))}
        rows={[...byForm.values()].map((row) => ({ name: row[0]?.formName ?? '', row }))}
      />
      <Marks />
    </>
  )
}

function inLadderOrder(items: readonly PlacePrice[], forms: readonly { id: string }[]): PlacePrice[] {
  const order = new Map(forms.map(({ id }, i) => [id, i]))
  return items.toSorted((a, b) => (order.get(a.form) ?? 0) - (order.get(b.form) ?? 0))
}

function Marks({ kroner: amounts = false }: { kroner?: boolean }) {
  return (
    <BodyShort size="small" className="readable">
      «Bytte» betyr at noen i en hasteklasse som haster mindre, blir uten, fordi en som haster mer, får plass.
      {amounts &&
        ' Kroner er i måneden og hviler på antakelsene lenger ned. Der ingen har antatt en pris, er beløpet ikke kjent.'}
    </BodyShort>
  )
}

/** Who moves along with the places that release most, as classes and districts. */
export function WhoMoves({ items }: { items: readonly PlacePrice[] }) {
  const { names } = useReference()
  const telling = items.filter(({ moves }) => moves.length > 0)
  return (
    <section className="stack" aria-labelledby="hvem-flytter">
      <Heading id="hvem-flytter" level="2" size="medium">
        Hvem som flytter da
      </Heading>
      {telling.length === 0 ? (
        <BodyShort>Ingen flytter.</BodyShort>
      ) : (
        <ul className="plain-list full">
          {telling.map((item) => (
            <li key={`${item.form}-${item.district}`} className="panel">
              <Heading level="3" size="small" spacing>
                {item.formName} i Bydel {item.districtName}
              </Heading>
              <BodyShort spacing>{gainInWords(item)}</BodyShort>
              <ol className="spaced-list">
                {movesInWords(item.moves, names).map(({ key, sentence }) => (
                  <li key={key}>{sentence}</li>
                ))}
              </ol>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
