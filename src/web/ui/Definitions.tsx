import { BodyShort, ReadMore } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { capacityMeasuresQuery } from '../api/capacity.ts'
import type { MeasureId } from './measureNames.ts'

interface Definition {
  id: string
  name: string
  sentence: string
}

/** Words and what each of them means. */
export function DefinitionList({ of }: { of: readonly Definition[] }) {
  return (
    <dl className="definitions">
      {of.map(({ id, name, sentence }) => (
        <div key={id}>
          <BodyShort as="dt" size="small" weight="semibold">
            {name}
          </BodyShort>
          <BodyShort as="dd" size="small">
            {sentence}
          </BodyShort>
        </div>
      ))}
    </dl>
  )
}

/** What the figures of a table count, beside them, in the words of the one catalogue; on paper they stand open. */
export function Definitions({ of, ids }: { of: string; ids: readonly MeasureId[] }) {
  const { data: measures } = useSuspenseQuery(capacityMeasuresQuery)
  const shown = ids.flatMap((id) => measures.filter((measure) => measure.id === id))
  const list = <DefinitionList of={shown} />
  return (
    <>
      <ReadMore size="small" className="no-print" header={`Hva tallene betyr: ${of}`}>
        {list}
      </ReadMore>
      <div className="print-only">{list}</div>
    </>
  )
}
