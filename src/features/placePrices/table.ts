import type { Table } from '../../http/table.ts'
import { dimension, figure, label, region, tableOf } from '../../http/tableFields.ts'
import type { PlacePrices, PriceRow } from './schema.ts'

const CLASSES = ['1', '2', '3', '4', '5'] as const
const SITUATIONS = [
  ['bought', 'Fra kjøpt plass'],
  ['temporary', 'Fra midlertidig botilbud'],
  ['ready', 'Fra institusjon, klare til å flytte'],
  ['discharge_ready', 'Utskrivningsklare'],
] as const

/** What one more place would change as a table, a row for each place; the kroner's assumptions among the notes. */
export function placePriceTable(answer: PlacePrices): Table {
  const { runId, asOf, priced, notice, assumptions, places, items } = answer
  return tableOf<PriceRow>(
    {
      name: 'en-plass-til',
      title: 'Hvor én plass til hjelper mest',
      asOf: asOf ?? 'ingen-kjoring',
      notes: [
        runId === null
          ? 'Ingen kjøring over byen er fullført ennå.'
          : `Kjøring ${runId}${priced ? '' : ': regnet ikke på én plass til'}.`,
        notice,
        ...places.map(
          ({ formName, variantName, sentence }) => `${formName}, ${variantName.toLowerCase()}: ${sentence}`,
        ),
        ...assumptions,
      ],
    },
    [
      dimension('form', 'Boligformens id', (row) => row.form),
      label('formName', 'Boligform', 'form', (row) => row.formName),
      dimension('variant', 'Utgavens id', (row) => row.variant),
      label('variantName', 'Utgave', 'variant', (row) => row.variantName),
      region('district', 'Bydelsnummer', (row) => row.district),
      label('districtName', 'Bydel', 'district', (row) => row.districtName),
      figure('people', 'Flere får plass', 'Kan være negativt, når en som haster mer, får plass.', (row) => row.people),
      ...CLASSES.map((number) =>
        figure<PriceRow>(
          `class${number}`,
          `Hasteklasse ${number}`,
          'Hvor mange flere som får plass.',
          ({ byClass }) => byClass[number] ?? 0,
        ),
      ),
      figure('fits', 'Passer for', 'Behov som kunne fått plassen.', (row) => row.fits),
      ...SITUATIONS.map(([id, title]) =>
        figure<PriceRow>(id, title, 'Husstander som ikke lenger er der.', ({ released }) => released[id]),
      ),
      figure(
        'released',
        'Hullet koster mindre',
        'Kroner i måneden, etter antakelsene. Tom: ukjent.',
        ({ month }) => month.released,
      ),
      figure(
        'place',
        'Plassen koster',
        'Kroner i måneden, etter antakelsene. Tom: ukjent.',
        ({ month }) => month.place,
      ),
      figure('net', 'Forskjell', 'Kroner i måneden. Tom: ukjent.', ({ month }) => month.net),
    ],
    items,
  )
}
