import '@navikt/ds-css/dist/component/table.css'
import { BodyShort, Button, Checkbox, Table } from '@navikt/ds-react'
import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { explanationQuery } from '../../api/matches.ts'
import { isMissing, problemOf } from '../../api/problem.ts'
import type { Explanation, Need } from '../../api/types.ts'
import { Confirmed } from '../../ui/Confirmed.tsx'
import { dayInWords } from '../../ui/days.ts'
import { Loading } from '../../ui/Loading.tsx'
import { useReference } from '../../ui/names.ts'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { useToday } from '../../ui/useToday.ts'
import { useReferred } from '../referrals/useReferred.ts'
import { conclusion, fitRows, type Row, ruleRows, tellingRows } from './comparison.ts'
import { OutcomeTag } from './OutcomeTag.tsx'

type Props = {
  need: Need
  placeIds: string[]
  onRemove(placeId: string): void
  /** Absent where nothing can be offered: the need is a draft, or is met. */
  onOffer?: ((placeId: string) => void) | undefined
  /** Absent where nothing can be reserved: as for an offer, and while another place is. */
  onReserve?: ((placeId: string) => void) | undefined
}

/** The person's requirements as rows, the chosen places as columns, and what each answers. */
export function Comparison({ need, placeIds, onRemove, onOffer, onReserve }: Props) {
  const answers = useQueries({ queries: placeIds.map((placeId) => explanationQuery(need.id, placeId)) })
  const explanations = answers.flatMap(({ data }) => (data === undefined ? [] : [data]))
  const failure = answers.find(({ error }) => error !== null && !isMissing(error))

  if (placeIds.length === 0)
    return <BodyShort>Ingen plasser er valgt. Velg i listen over, eller finn en plass under.</BodyShort>
  return (
    <>
      {failure?.error != null && (
        <ProblemAlert problem={problemOf(failure.error)} onRetry={() => void failure.refetch()} />
      )}
      {answers.some(({ isPending }) => isPending) && <Loading what="sammenligningen" />}
      {explanations.length > 0 && (
        <Compared need={need} explanations={explanations} onRemove={onRemove} onOffer={onOffer} onReserve={onReserve} />
      )}
    </>
  )
}

type ComparedProps = Omit<Props, 'placeIds'> & { explanations: Explanation[] }

function Compared({ need, explanations, onRemove, onOffer, onReserve }: ComparedProps) {
  const { names } = useReference()
  const referred = useReferred(need.id, onOffer !== undefined)
  const [telling, setTelling] = useState(false)
  const shown = (rows: Row[]) => (telling ? tellingRows(rows) : rows)
  const rules = shown(ruleRows(explanations))
  const fit = shown(fitRows(explanations, need.wantedFeatures.length, names))
  return (
    <>
      <Checkbox size="small" checked={telling} onChange={(event) => setTelling(event.target.checked)}>
        Vis bare det som ikke er oppfylt av alle plassene
      </Checkbox>
      <ScrollRegion label="Sammenligning">
        <Table size="small" className="comparison">
          <caption className="aksel-sr-only">Kravene til {need.resident.name}, og hva hver plass svarer</caption>
          <Table.Header>
            <Table.Row>
              <Table.HeaderCell scope="col">Krav</Table.HeaderCell>
              <Table.HeaderCell scope="col">Behovet</Table.HeaderCell>
              {explanations.map((explanation) => (
                <Table.HeaderCell key={explanation.placeId} scope="col">
                  <PlaceHead
                    explanation={explanation}
                    referred={referred(explanation.place)}
                    onRemove={onRemove}
                    onOffer={onOffer}
                    onReserve={explanation.eligible && !referred(explanation.place) ? onReserve : undefined}
                  />
                </Table.HeaderCell>
              ))}
            </Table.Row>
          </Table.Header>
          <Rows title="Må være oppfylt" rows={rules} places={explanations} />
          <Rows title="Avgjør rekkefølgen" rows={fit} places={explanations} />
        </Table>
      </ScrollRegion>
      {rules.length + fit.length === 0 && <BodyShort>Alle plassene oppfyller alt.</BodyShort>}
    </>
  )
}

function PlaceHead({
  explanation,
  referred,
  onRemove,
  onOffer,
  onReserve,
}: Pick<Props, 'onRemove' | 'onOffer' | 'onReserve'> & { explanation: Explanation; referred: boolean }) {
  const { names } = useReference()
  const today = useToday()
  const { place, placeId, availableFrom } = explanation
  const available =
    availableFrom === null
      ? 'ikke ledig'
      : availableFrom <= today
        ? 'ledig nå'
        : `ledig fra ${dayInWords(availableFrom)}`
  return (
    <div className="comparison__place">
      <BodyShort weight="semibold">
        {place.label}, {place.facilityName}
      </BodyShort>
      <BodyShort size="small">
        {names.form(place.form)}, {names.district(place.districtCode)}
      </BodyShort>
      <BodyShort size="small">
        {available}, <Confirmed at={place.vacancyConfirmedAt} />
      </BodyShort>
      <BodyShort size="small" weight="semibold">
        {conclusion(explanation)}
      </BodyShort>
      {onOffer !== undefined && (
        <Button type="button" size="small" variant="secondary" onClick={() => onOffer(placeId)}>
          {referred ? 'Henvis om' : 'Tilby'}
          <span className="aksel-sr-only">
            {' '}
            {place.label}, {place.facilityName}
          </span>
        </Button>
      )}
      {onReserve !== undefined && (
        <Button type="button" size="xsmall" variant="tertiary" onClick={() => onReserve(placeId)}>
          Reserver
          <span className="aksel-sr-only">
            {' '}
            {place.label}, {place.facilityName}
          </span>
        </Button>
      )}
      <Button type="button" size="xsmall" variant="tertiary" onClick={() => onRemove(placeId)}>
        Ta bort
        <span className="aksel-sr-only">
          {' '}
          {place.label}, {place.facilityName}
        </span>
      </Button>
    </div>
  )
}

function Rows({ title, rows, places }: { title: string; rows: Row[]; places: Explanation[] }) {
  if (rows.length === 0) return null
  return (
    <Table.Body>
      <Table.Row>
        <Table.HeaderCell scope="rowgroup" colSpan={places.length + 2} className="comparison__group">
          {title}
        </Table.HeaderCell>
      </Table.Row>
      {rows.map(({ id, title: requirement, needed, cells }) => (
        <Table.Row key={id}>
          <Table.HeaderCell scope="row">{requirement}</Table.HeaderCell>
          <Table.DataCell>{needed}</Table.DataCell>
          {places.map(({ placeId }, i) => {
            const cell = cells[i] ?? null
            return (
              <Table.DataCell key={placeId}>
                {cell === null ? (
                  'Gjelder ikke'
                ) : (
                  <>
                    <OutcomeTag outcome={cell.outcome} />
                    <BodyShort size="small">{cell.text}</BodyShort>
                  </>
                )}
              </Table.DataCell>
            )
          })}
        </Table.Row>
      ))}
    </Table.Body>
  )
}
