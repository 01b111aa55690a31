import { formById } from '../../domain/ladder.ts'
import { districtName } from '../../domain/words.ts'
import type { Table } from '../../http/table.ts'
import { day, note, number, osloDay, tableOf } from '../../http/tableFields.ts'
import type { MovingChain } from './schema.ts'

type Row = { chain: MovingChain; step: MovingChain['steps'][number] }

/** Chains in life as a list, a row for each move. Whose moves they are is not said. */
export function chainTable(chains: AsyncIterable<MovingChain>, asOf: string): Table {
  return tableOf<Row>(
    { name: 'kjeder', title: 'Kjeder', asOf, notes: ['En rad for hver flytting. Listen har ingen personer.'] },
    [
      note('chainId', 'Kjedens id', ({ chain }) => chain.id),
      note('chainState', 'Kjedens tilstand', ({ chain }) => chain.stateName),
      number('position', 'Flytting', ({ step }) => step.position + 1),
      note('facilityName', 'Botilbud', ({ step }) => step.place.facilityName),
      note('label', 'Plass', ({ step }) => step.place.label),
      note('form', 'Boligform', ({ step }) => formById(step.place.form).name),
      note('district', 'Plassens bydel', ({ step }) => districtName(step.place.districtCode)),
      note('from', 'Hjemmet som forlates', ({ step }) =>
        step.from === null ? null : `${step.from.facilityName}, ${step.from.label}`,
      ),
      day('plannedOn', 'Planlagt', ({ step }) => step.plannedOn),
      day('answerBy', 'Siste dag å svare', ({ step }) => step.answerBy),
      number('urgencyClass', 'Hasteklasse', ({ step }) => step.urgencyClass),
      note('stateName', 'Tilstand', ({ step }) => step.stateName),
      day('brokenOn', 'Falt', ({ step }) => osloDay(step.brokenAt)),
      note('why', 'Hvorfor den falt', ({ step }) => step.why),
    ],
    stepsOf(chains),
  )
}

async function* stepsOf(chains: AsyncIterable<MovingChain>): AsyncGenerator<Row> {
  for await (const chain of chains) for (const step of chain.steps) yield { chain, step }
}
