import type { Acting } from '../../db/actor.ts'
import type { Day } from '../../domain/day.ts'
import { burnDown, burnDownDays, countStandings, type StandingRow } from '../../domain/returnPlan/progress.ts'
import { districtName } from '../../domain/words.ts'
import type { Table } from '../../http/table.ts'
import { figure, label, region, tableOf, time } from '../../http/tableFields.ts'
import { DISTRICTS } from '../../reference/districts.ts'
import { RETURN_POLICY, RETURN_STANDINGS } from '../../reference/returnPlans.ts'
import { livedInVel, standingRows } from './queries.ts'
import type { BurnDownTable, StandingTable } from './schema.ts'

const { version, notice, parameters } = RETURN_POLICY
const settledBy = parameters.settledBy as Day
/** How far back the burn-down goes. */
const MONTHS_BACK_FROM = parameters.placesCountedFrom as Day

/** Where people stand on the way to the day, by bydel: numbers, and nobody in them. */
export async function standingTable({ trx, today }: Acting, district: string | undefined): Promise<StandingTable> {
  const rows = await standingRows(trx, district)
  const byDistrict = Map.groupBy(rows, (row) => row.district)
  const known: readonly string[] = DISTRICTS.map(({ code }) => code)
  const asked = known.filter((code) => district === undefined || code === district)
  return {
    asOf: today,
    settledBy,
    version,
    notice,
    items: asked.map((code) => ({
      district: code,
      districtName: districtName(code),
      ...countStandings(byDistrict.get(code) ?? [], today),
    })),
    total: countStandings(rows, today),
  }
}

/** The same as a table; the last row is the city where there are several districts. */
export function standingSheet(answer: StandingTable): Table {
  type Row = StandingTable['items'][number]
  const total = { district: '0301', districtName: 'Oslo', ...answer.total }
  return tableOf<Row>(
    {
      name: 'tilbakeforing',
      title: 'Tilbakeføring til egen bydel',
      asOf: answer.asOf,
      notes: [
        `Målet: flyttet hjem før ${answer.settledBy}. Versjon ${answer.version}.`,
        answer.notice,
        'Personer telles én gang i den bydelen som har ansvaret i dag. Den som har flyttet tilbake, telles der og en gang til etter hva planen sier nå.',
        `Kilde: ${RETURN_POLICY.source}`,
      ],
    },
    [
      region('district', 'Bydelsnummer', (row) => row.district),
      label('districtName', 'Bydel', 'district', (row) => row.districtName),
      figure('livingInVel', 'Bor på institusjon', 'Bor på en av VELs institusjoner i dag.', (row) => row.livingInVel),
      figure(
        'householdsInVel',
        'Husstander på institusjon',
        'De samme i husstander, som framskrivingen teller.',
        (row) => row.householdsInVel,
      ),
      figure('left', 'Gjenstår', 'I rute og forsinket.', (row) => row.left),
      figure('householdsLeft', 'Husstander som gjenstår', 'De samme i husstander.', (row) => row.householdsLeft),
      ...RETURN_STANDINGS.map(({ id, name, sentence }) => figure<Row>(id, name, sentence, (row) => row[id])),
    ],
    answer.items.length > 1 ? [...answer.items, total] : answer.items,
  )
}

const BURN_DOWN_NOTES = [
  'Hvem det er riktig for, er slik planene sier i dag. Før planene ble begynt, vet ingen hvor mange det var.',
  'Bydelen er den som har ansvaret i dag.',
  'Planene teller den som ikke har en dag som holder, med helt til noen sier når.',
]

/** Month by month to the day: what was, what the plans say, and an even pace. */
export async function burnDownOf({ trx, today }: Acting, district: string | undefined): Promise<BurnDownTable> {
  const days = burnDownDays(MONTHS_BACK_FROM, today)
  const past = days.filter((day) => day <= today)
  const rows: StandingRow[] = await standingRows(trx, district)
  const lived = await livedInVel(trx, past, district)
  return {
    asOf: today,
    settledBy,
    district: district ?? null,
    notes: BURN_DOWN_NOTES,
    items: burnDown(rows, lived, days, today),
  }
}

export function burnDownSheet(answer: BurnDownTable): Table {
  type Row = BurnDownTable['items'][number]
  const of = answer.district === null ? 'Oslo' : districtName(answer.district)
  return tableOf<Row>(
    {
      name: `nedtelling-${answer.district ?? '0301'}`,
      title: `Nedtelling til ${answer.settledBy}, ${of}`,
      asOf: answer.asOf,
      notes: answer.notes,
    },
    [
      time('day', 'Dag', (row) => row.day),
      figure(
        'livingInVel',
        'Bor på institusjon',
        'Personer på VELs institusjoner. Tom etter i dag.',
        (row) => row.livingInVel,
      ),
      figure(
        'householdsInVel',
        'Husstander på institusjon',
        'De samme i husstander. Tom etter i dag.',
        (row) => row.householdsInVel,
      ),
      figure('left', 'Gjenstår', 'Det er riktig å flytte hjem, og personen har ikke flyttet.', (row) => row.left),
      figure('planned', 'Etter planene', 'Ikke flyttet etter det planene sier.', (row) => row.planned),
      figure('plannedWithoutDay', 'Uten dag som holder', 'Av disse.', (row) => row.plannedWithoutDay),
      figure('evenPace', 'Jevn takt', 'Så mange kan gjenstå om like mange flytter hver måned.', (row) => row.evenPace),
      figure('householdsEvenPace', 'Jevn takt, husstander', 'De samme i husstander.', (row) => row.householdsEvenPace),
    ],
    answer.items,
  )
}
