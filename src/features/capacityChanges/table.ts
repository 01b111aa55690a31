import { formById } from '../../domain/ladder.ts'
import { districtName } from '../../domain/words.ts'
import type { Table } from '../../http/table.ts'
import { day, dimension, figure, label, note, region, tableOf, yesNo } from '../../http/tableFields.ts'
import type { CapacityChangeBody, ClosingAccount, CommitmentStanding } from './schema.ts'

interface People {
  people: number
  red: number
  noPlan: number
  undecided: number
  staysWithoutPlace: number
  noCommitment: number
  noHome: number
  noSupport: number
  accounted: number
}

const peopleFields = <Row extends People>() => [
  figure<Row>(
    'people',
    'Bor der i dag',
    'Husstander på plasser som legges ned, eller er lagt ned.',
    (row) => row.people,
  ),
  figure<Row>('red', 'Legges ned før boligen er klar', 'Av disse.', (row) => row.red),
  figure<Row>('noPlan', 'Uten plan', 'Av disse.', (row) => row.noPlan),
  figure<Row>('undecided', 'Ikke avgjort', 'Av disse.', (row) => row.undecided),
  figure<Row>('staysWithoutPlace', 'Skal bli, uten ny plass', 'Av disse.', (row) => row.staysWithoutPlace),
  figure<Row>('noCommitment', 'Uten forpliktelse', 'Av disse: bydelen har ikke sagt når.', (row) => row.noCommitment),
  figure<Row>('noHome', 'Uten bolig', 'Av disse: bydelen har sagt når, men ikke hvor.', (row) => row.noHome),
  figure<Row>(
    'noSupport',
    'Uten oppfølging',
    'Av disse: boligen er funnet, men ikke hvem som følger opp.',
    (row) => row.noSupport,
  ),
  figure<Row>('accounted', 'Gjort rede for', 'Av disse: bolig og oppfølging er klare i tide.', (row) => row.accounted),
]

/** VEL's places from 2021 to the day as a table; the last row is the sum. */
export function accountTable(answer: ClosingAccount): Table {
  type Row = Omit<ClosingAccount['items'][number], 'form'> & { form: string }
  return tableOf<Row>(
    {
      name: 'avvikling',
      title: 'Avvikling mot åpning',
      asOf: answer.asOf,
      notes: [`Fra ${answer.from} til ${answer.until}.`, ...answer.notes, `Kilde: ${answer.source}`],
    },
    [
      dimension('form', 'Boligform', (row) => row.form),
      label('formName', 'Navn', 'form', (row) => row.formName),
      figure('planned2021', 'Planen, 2021', 'Plasser i temaplanen.', (row) => row.planned2021),
      figure('planned2030', 'Planen, 2030', 'Plasser i temaplanen.', (row) => row.planned2030),
      figure('plannedChange', 'Planen, endring', 'Fra 2021 til 2030.', (row) => row.plannedChange),
      figure('openAtStart', 'Åpne 2021', 'I registeret 1. januar 2021.', (row) => row.openAtStart),
      figure('closed', 'Lagt ned', 'Siden da.', (row) => row.closed),
      figure('opened', 'Åpnet', 'Siden da.', (row) => row.opened),
      figure('openToday', 'Åpne i dag', 'I registeret.', (row) => row.openToday),
      figure('closing', 'Skal legges ned', 'Fra i dag til dagen.', (row) => row.closing),
      figure(
        'closingPossible',
        'Skal legges ned, bare mulig',
        'Av disse: sagt å være mulig.',
        (row) => row.closingPossible,
      ),
      figure('closingUnsaid', 'Skal legges ned, ikke sagt hvor sikkert', 'Av disse.', (row) => row.closingUnsaid),
      figure('opening', 'Skal åpne', 'Fra i dag til dagen.', (row) => row.opening),
      figure('openingPossible', 'Skal åpne, bare mulig', 'Av disse: sagt å være mulig.', (row) => row.openingPossible),
      figure('openingUnsaid', 'Skal åpne, ikke sagt hvor sikkert', 'Av disse.', (row) => row.openingUnsaid),
      figure('openOnTheDay', 'Åpne på dagen', 'Slik registeret er i dag.', (row) => row.openOnTheDay),
      figure('change', 'Endring', 'På dagen minus 2021.', (row) => row.change),
      figure('unaccounted', 'Ikke gjort rede for', 'Planen i 2030 minus registeret.', (row) => row.unaccounted),
      figure('empty', 'Ingen bor der', 'Plasser som skal legges ned, og som er ledige.', (row) => row.empty),
      ...peopleFields<Row>(),
    ],
    [...answer.items, { form: 'all', formName: 'Alle', ...answer.total }],
  )
}

/** Those who live on places that close, by bydel; the last row is the city where there are several. */
export function byDistrictTable(answer: CommitmentStanding): Table {
  type Row = CommitmentStanding['items'][number]
  const total = { district: '0301', districtName: 'Oslo', ...answer.total }
  return tableOf<Row>(
    {
      name: 'avvikling-bydeler',
      title: 'Avvikling mot åpning, etter bydel',
      asOf: answer.asOf,
      notes: [`Plasser som legges ned før ${answer.until}. Bydelen er den som har ansvaret for personen i dag.`],
    },
    [
      region('district', 'Bydelsnummer', (row) => row.district),
      label('districtName', 'Bydel', 'district', (row) => row.districtName),
      figure('committed', 'Med forpliktelse', 'Bydelen har sagt når boligen er klar.', (row) => row.committed),
      ...peopleFields<Row>(),
      note('firstClosesOn', 'Første plass legges ned', (row) => row.firstClosesOn),
    ],
    answer.items.length > 1 ? [...answer.items, total] : answer.items,
  )
}

/** Places that open and close one by one, without who lives there and without what somebody wrote. */
export function changeTable(rows: AsyncIterable<CapacityChangeBody>, asOf: string): Table {
  return tableOf<CapacityChangeBody>(
    {
      name: 'plasser-som-apner-og-legges-ned',
      title: 'Plasser som åpner og legges ned',
      asOf,
      notes: [
        'Listen har ingen personer, og ingen merknader.',
        'Hvordan det er gjort rede for den som bor der, står bare der du kan se personen.',
      ],
    },
    [
      note('placeId', 'Plassens id', (row) => row.placeId),
      note('label', 'Plass', (row) => row.label),
      note('facilityName', 'Botilbud', (row) => row.facilityName),
      note('districtName', 'Bydel', (row) => districtName(row.districtCode)),
      note('form', 'Boligform', (row) => formById(row.form).name),
      note('kind', 'Hva', (row) => (row.kind === 'opening' ? 'Åpner' : 'Legges ned')),
      day('day', 'Dag', (row) => row.day),
      note('certaintyName', 'Hvor sikkert', (row) => row.certaintyName),
      note('occupied', 'Noen bor der', (row) => yesNo(row.occupied)),
      note('occupantDistrict', 'Ansvarlig bydel', (row) =>
        row.occupant === null ? null : districtName(row.occupant.district),
      ),
      note('stateName', 'Gjort rede for', (row) => row.stateName),
      note('red', 'Legges ned før boligen er klar', (row) => (row.state === null ? null : yesNo(row.red))),
      day('readyOn', 'Boligen er klar senest', (row) => row.occupant?.commitment?.readyOn ?? null),
    ],
    rows,
  )
}
