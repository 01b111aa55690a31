import { BodyLong, Heading, Table } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type CapacityRow, capacityOnQuery } from '../../api/capacity.ts'
import type { HousingForm } from '../../api/types.ts'
import { useReference } from '../../ui/names.ts'
import { inNumbers } from '../../ui/numbers.ts'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { decidesInWords, elsewhereInWords, formWords, normInWords } from './formWords.ts'
import { plannedInWords } from './ladderWords.ts'

type Props = { district: string; on: string }

/** Every form of the ladder: what it is for, who decides, and where its places are. For anybody, and nobody is in it (004 5.4). */
export function FormCatalogue({ district, on }: Props) {
  const { forms } = useReference()
  const { data } = useSuspenseQuery(capacityOnQuery({ on, groupBy: 'district,form' }))
  const rows = Map.groupBy(data.items, ({ form }) => form ?? '')
  const steps = Map.groupBy(
    forms.filter(({ isPlace }) => isPlace),
    ({ step }) => step,
  )
  return (
    <section className="stack" aria-labelledby="alle-boligformene">
      <Heading id="alle-boligformene" level="2" size="medium">
        Alle boligformene i trappen
      </Heading>
      <BodyLong className="readable">
        Trappen er et kart, ikke noe å kvalifisere seg oppover: ingen trenger å ha bodd på et trinn for å få plass på et
        annet. Også former som bydelen ikke har plasser av, står her, med hvor i byen de finnes.
      </BodyLong>
      <ScrollRegion label="Alle boligformene, tabell">
        <Table size="small" className="catalogue">
          <caption className="aksel-sr-only">Alle boligformene, med formål, personale, norm og plasser</caption>
          <Table.Header>
            <Table.Row>
              {COLUMNS.map((name) => (
                <Table.HeaderCell key={name} scope="col">
                  {name}
                </Table.HeaderCell>
              ))}
            </Table.Row>
          </Table.Header>
          {[...steps].map(([step, ofStep]) => (
            <Table.Body key={step}>
              <Table.Row>
                <Table.HeaderCell scope="rowgroup" colSpan={COLUMNS.length} className="catalogue__step">
                  Trinn {step}: {ofStep[0]?.stepName}
                </Table.HeaderCell>
              </Table.Row>
              {ofStep.map((form) => (
                <Form key={form.id} form={form} rows={rows.get(form.id) ?? []} district={district} />
              ))}
            </Table.Body>
          ))}
        </Table>
      </ScrollRegion>
    </section>
  )
}

const COLUMNS = [
  'Boligform',
  'Formål',
  'Personale',
  'Grunnlag',
  'Norm',
  'Hvem bestemmer',
  'I bydelen',
  'I hele byen',
  'Planlagt i bydelen',
] as const

function Form({ form, rows, district }: { form: HousingForm; rows: readonly CapacityRow[]; district: string }) {
  const own = rows.find((row) => row.district === district)
  return (
    <Table.Row>
      <Table.HeaderCell scope="row">{form.name}</Table.HeaderCell>
      <Table.DataCell>{formWords.purpose[form.purpose ?? ''] ?? 'ikke et tilbud'}</Table.DataCell>
      <Table.DataCell>{formWords.staffing[form.staffing]}</Table.DataCell>
      <Table.DataCell>{formWords.tenure[form.tenure]}</Table.DataCell>
      <Table.DataCell>{normInWords(form)}</Table.DataCell>
      <Table.DataCell>{decidesInWords(form)}</Table.DataCell>
      <Table.DataCell>
        {own === undefined || own.places === 0 ? 'ingen plasser i bydelen' : inNumbers(own.places)}
      </Table.DataCell>
      <Table.DataCell>
        {elsewhereInWords(rows.map(({ districtName, places }) => ({ districtName: districtName ?? '', places })))}
      </Table.DataCell>
      <Table.DataCell>{(own === undefined ? null : plannedInWords(own)) ?? 'ingenting'}</Table.DataCell>
    </Table.Row>
  )
}
