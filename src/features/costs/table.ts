import type { Column, Table } from '../../http/table.ts'
import type { CostRow, Costs } from './schema.ts'

type Field = Column & { value: (row: CostRow) => string | number | null }

const figure = (id: string, title: string, sentence: string, value: Field['value']): Field => ({
  id,
  title,
  kind: 'number',
  role: 'figure',
  sentence,
  value,
})

/** What a year costs as a table; the last row is the sum where there are several districts. */
export function costTable(answer: Costs): Table {
  const { year, asOf, largestCount, assumptions, notes, items, total } = answer
  const fields: Field[] = [
    { id: 'year', title: 'År', kind: 'text', role: 'time', value: () => String(year) },
    { id: 'district', title: 'Bydelsnummer', kind: 'text', role: 'dimension', value: (row) => row.district },
    {
      id: 'districtName',
      title: 'Bydel',
      kind: 'text',
      role: { labelOf: 'district' },
      value: (row) => row.districtName,
    },
    figure(
      'boughtNow',
      'Kjøpte plasser i dag',
      'Husstander som bor på en kjøpt plass i dag.',
      ({ bought }) => bought.now,
    ),
    figure('unpricedNow', 'Uten pris i dag', 'Av disse, uten registrert pris.', ({ bought }) => bought.unpricedNow),
    figure('days', 'Døgn hittil', 'Døgn på kjøpte plasser i året før i dag.', ({ bought }) => bought.days),
    figure('daysUnpriced', 'Døgn uten pris', 'Av disse, uten registrert pris.', ({ bought }) => bought.daysUnpriced),
    figure('spent', 'Brukt hittil', 'Kroner i året før i dag.', ({ bought }) => bought.spent),
    figure('committed', 'Bundet ut året', 'Kroner fra i dag, bestilt til en dato.', ({ bought }) => bought.committed),
    figure('running', 'Løper ut året', 'Kroner fra i dag, bestilt uten sluttdato.', ({ bought }) => bought.running),
    figure('budget', 'Budsjett', 'Kroner for kjøpte plasser i året.', ({ bought }) => bought.budget),
    figure('shareOfBudget', 'Prosent av budsjettet', 'Brukt, bundet og løpende.', ({ bought }) => bought.shareOfBudget),
    figure(
      'largestShare',
      'Prosent i de største sakene',
      `De ${largestCount} største oppholdene av alt som er brukt, bundet og løpende.`,
      ({ bought }) => bought.largestShare,
    ),
    figure(
      'sameDaysInOwnPlace',
      'Samme døgn i egen plass',
      'Kroner etter antakelsen om egen plass.',
      ({ bought }) => bought.sameDaysInOwnPlace,
    ),
    figure(
      'dischargeNow',
      'Utskrivningsklare i dag',
      'Husstander som venter.',
      ({ dischargeReady }) => dischargeReady.now,
    ),
    figure(
      'dischargeDays',
      'Døgn som utskrivningsklar',
      'I året før i dag.',
      ({ dischargeReady }) => dischargeReady.days,
    ),
    figure('dischargePaid', 'Betalt for dem', 'Kroner etter antakelsen.', ({ dischargeReady }) => dischargeReady.paid),
    figure('temporary', 'Midlertidig botilbud', 'Husstander i dag.', ({ temporary }) => temporary.households),
    figure('ready', 'Klare til å flytte videre', 'Husstander i institusjon i dag.', ({ ready }) => ready.households),
    figure('month', 'Kroner i måneden', 'Alle fire sammen, slik det er i dag.', ({ month }) => month),
  ]
  const rows = items.length > 1 ? [...items, total] : items
  return {
    name: 'hva-hullet-koster',
    title: `Hva hullet koster ${year}`,
    asOf,
    columns: fields,
    rows: rows.map((row) => fields.map(({ value }) => value(row))),
    notes: [
      ...notes,
      ...assumptions.map(
        ({ name, kronerPerDay, synthetic, source, version }) =>
          `${name}: ${kronerPerDay} kr i døgnet${synthetic ? ' (antatt, ikke en pris)' : ''}. ${source}. Versjon ${version}.`,
      ),
    ],
  }
}
