import type { z } from 'zod'
import { formById } from '../../domain/ladder.ts'
import { districtName } from '../../domain/words.ts'
import type { Table } from '../../http/table.ts'
import { day, note, number, osloDay, tableOf, yesNo } from '../../http/tableFields.ts'
import type { chain, matchingRun, proposal, unmet } from './schema.ts'

type Run = z.infer<typeof matchingRun>
type Proposal = z.infer<typeof proposal>
type Unmet = z.infer<typeof unmet>
type Chain = z.infer<typeof chain>
type Move = { chain: Chain; move: Chain['moves'][number]; position: number }

const STATUSES: Record<Run['status'], string> = {
  queued: 'I kø',
  running: 'Regner',
  completed: 'Ferdig',
  failed: 'Feilet',
  cancelled: 'Avbrutt',
}
const NO_NAMES = 'Listen har ingen navn. En kjøring foreslår; et menneske bestemmer.'

/** Runs as a list: what each was about and how many it placed. */
export function runTable(rows: AsyncIterable<Run>, asOf: string): Table {
  return tableOf<Run>(
    { name: 'kjoringer', title: 'Kjøringer', asOf, notes: [NO_NAMES] },
    [
      note('id', 'Kjøringens id', (run) => run.id),
      note('kind', 'Gjelder', (run) =>
        run.kind === 'city' ? 'Hele byen' : run.districts.map(districtName).join(', '),
      ),
      note('status', 'Tilstand', (run) => STATUSES[run.status]),
      day('asOf', 'For dagen', (run) => run.asOf),
      day('requestedOn', 'Startet', (run) => osloDay(run.requestedAt)),
      number('needs', 'Behov', (run) => run.summary?.needs ?? null),
      number('places', 'Plasser og hjem', (run) => run.summary?.places ?? null),
      number('placed', 'Fikk plass', (run) => run.summary?.placed ?? null),
      number('moves', 'Av dem inn i hjem som ble ledige', (run) => run.summary?.moves ?? null),
      note('proven', 'Bevist best', ({ summary }) => (summary === null ? null : yesNo(summary.proven))),
    ],
    rows,
  )
}

/** What a run proposes for the reader’s people, without names: an id leads back to the need. */
export function proposalTable(rows: AsyncIterable<Proposal>, asOf: string): Table {
  return tableOf<Proposal>(
    { name: 'forslag', title: 'Forslag fra en kjøring', asOf, notes: [NO_NAMES] },
    [
      note('needId', 'Behovets id', (row) => row.needId),
      number('urgencyClass', 'Hasteklasse', (row) => row.urgencyClass),
      note('facilityName', 'Botilbud', (row) => row.place.facilityName),
      note('label', 'Plass', (row) => row.place.label),
      note('form', 'Boligform', (row) => formById(row.place.form).name),
      note('district', 'Plassens bydel', (row) => districtName(row.place.districtCode)),
      day('movesOn', 'Innflytting', (row) => row.movesOn),
      number('chain', 'Kjede', (row) => row.chain),
      number('position', 'Flytting i kjeden', (row) => (row.position === null ? null : row.position + 1)),
      note('conditions', 'Må avklares før', (row) => row.conditions.join(' ')),
    ],
    rows,
  )
}

/** Why a run gives the reader’s other people nothing, without names. */
export function unmetTable(rows: AsyncIterable<Unmet>, asOf: string): Table {
  return tableOf<Unmet>(
    { name: 'uten-forslag', title: 'Uten forslag fra en kjøring', asOf, notes: [NO_NAMES] },
    [
      note('needId', 'Behovets id', (row) => row.needId),
      number('urgencyClass', 'Hasteklasse', (row) => row.urgencyClass),
      note('stays', 'Blir boende', (row) => yesNo(row.stays)),
      note('sentence', 'Hvorfor', (row) => row.sentence),
    ],
    rows,
  )
}

/** The chains of a run as a list, a row for each move. Whose moves they are is not said. */
export function runChainTable(rows: AsyncIterable<Chain>, asOf: string): Table {
  return tableOf<Move>(
    { name: 'kjeder-i-kjoring', title: 'Kjeder i en kjøring', asOf, notes: [NO_NAMES, 'En rad for hver flytting.'] },
    [
      number('chain', 'Kjede', ({ chain }) => chain.chain),
      number('position', 'Flytting', ({ position }) => position + 1),
      note('facilityName', 'Botilbud', ({ move }) => move.place.facilityName),
      note('label', 'Plass', ({ move }) => move.place.label),
      note('form', 'Boligform', ({ move }) => formById(move.place.form).name),
      note('district', 'Plassens bydel', ({ move }) => districtName(move.place.districtCode)),
      note('from', 'Hjemmet som forlates', ({ move }) =>
        move.from === null ? null : `${move.from.facilityName}, ${move.from.label}`,
      ),
      day('on', 'Dag', ({ move }) => move.on),
      number('urgencyClass', 'Hasteklasse', ({ move }) => move.urgencyClass),
    ],
    movesOf(rows),
  )
}

async function* movesOf(chains: AsyncIterable<Chain>): AsyncGenerator<Move> {
  for await (const chain of chains)
    for (const [position, move] of chain.moves.entries()) yield { chain, move, position }
}
