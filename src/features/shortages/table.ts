import type { z } from 'zod'
import { formById } from '../../domain/ladder.ts'
import { districtName, featureName } from '../../domain/words.ts'
import type { Table } from '../../http/table.ts'
import { type Field, note, tableOf } from '../../http/tableFields.ts'
import type { shortagePage } from './schema.ts'

type Page = z.infer<typeof shortagePage>
type Shortage = Page['items'][number]

function figure(
  id: 'number' | 'within' | 'needs' | 'places' | 'deficit',
  title: string,
  sentence: string,
): Field<Shortage> {
  return { id, title, sentence, kind: 'number', role: 'figure', value: (shortage) => shortage[id] }
}

/** The certified shortages of a run as a list: numbers and words, and nobody in them. */
export function shortageTable(rows: AsyncIterable<Shortage>, { runId, asOf, deficit, needs, notice }: Page): Table {
  return tableOf<Shortage>(
    {
      name: 'mangelgrupper',
      title: 'Mangelgrupper',
      asOf: asOf ?? 'ingen-kjoring',
      notes: [
        runId === null
          ? 'Ingen kjøring over byen er fullført ennå.'
          : `Kjøring ${runId}: ${deficit} av ${needs} blir uten.`,
        notice,
      ],
    },
    [
      figure('number', 'Nummer', 'I kjøringen, fra 0.'),
      figure('within', 'Del av nummer', 'Den er den trangeste delen av denne. Tom: den står alene.'),
      figure('needs', 'Behov', 'Hvor mange behov det gjelder.'),
      figure('places', 'Plasser', 'Alle som passer for noen av dem, med hjem som kan bli ledige.'),
      figure('deficit', 'Blir uten', 'Behov minus plasser, uansett hvem som flytter.'),
      note('forms', 'Boligformer alle godtar', ({ forms }) => forms.map((form) => formById(form).name).join(', ')),
      note('features', 'Krav alle har', ({ features }) => features.map(featureName).join(', ')),
      note('districts', 'Bydeler', ({ districts }) =>
        districts.map(({ district, needs: of }) => `${districtName(district)} ${of}`).join(', '),
      ),
      note('sentence', 'Med ord', ({ sentence }) => sentence),
    ],
    rows,
  )
}
