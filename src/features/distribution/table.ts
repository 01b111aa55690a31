import type { Table } from '../../http/table.ts'
import { dimension, figure, label, note, tableOf, time } from '../../http/tableFields.ts'
import type { Distribution, DistributionRow } from './schema.ts'

/** The distribution as a table: a row for each district, with the weights among the notes. */
export function distributionTable(answer: Distribution): Table {
  const weights = answer.indicators.map(
    ({ title, weight, leftOut }) => `${title}: vekt ${weight}${leftOut === null ? '' : `, ikke med. ${leftOut}`}`,
  )
  return tableOf<DistributionRow>(
    {
      name: 'behovsbasert-fordeling',
      title: 'Behovsbasert fordeling',
      asOf: answer.asOf,
      notes: [
        answer.capacityTitle,
        `Kilde: ${answer.capacitySource}`,
        answer.policy.notice,
        ...weights,
        ...answer.cautions,
      ],
    },
    [
      time('year', 'År', () => (answer.year === null ? '' : String(answer.year))),
      dimension('district', 'Bydelsnummer', (row) => row.district),
      label('districtName', 'Bydel', 'district', (row) => row.districtName),
      figure('adults', 'Voksne', 'Innbyggere 18 år og eldre.', (row) => row.adults),
      figure('capacity', 'Boliger', answer.capacityTitle, (row) => row.capacity),
      figure(
        'perThousand',
        'Boliger per 1 000 voksne',
        'Boliger delt på voksne, ganger 1 000.',
        (row) => row.perThousand,
      ),
      figure('index', 'Indeks', '1 er som byen. Tom der ingen tall kan leses.', (row) => row.index),
      figure(
        'weightCovered',
        'Andel av vekten som kan leses',
        'Hvor mye av vekten indeksen hviler på.',
        (row) => row.weightCovered,
      ),
      figure('needShare', 'Andel av behovet', 'Av bydelene som er sammenlignet.', (row) => row.needShare),
      figure('capacityShare', 'Andel av boligene', 'Av bydelene som er sammenlignet.', (row) => row.capacityShare),
      figure(
        'expected',
        'Boliger etter behov',
        'Det behovets andel ville gitt, i hele boliger.',
        (row) => row.expected,
      ),
      figure('over', 'Flere enn etter behov', 'Negativt tall: færre. Summen er 0.', (row) => row.over),
      note('without', 'Hvorfor bydelen ikke er med', (row) => row.without),
    ],
    answer.items,
  )
}
