import type { Table } from '../../http/table.ts'
import { day, dimension, figure, label, note, tableOf, yesNo } from '../../http/tableFields.ts'
import { dayInWords } from './body.ts'
import type { ExpansionPlan } from './schema.ts'

type Answer = NonNullable<ExpansionPlan['answer']>

/** A line of the file: what is built, how a district stands, or what the answer hangs on. */
interface Row {
  part: string
  district: string
  districtName: string
  form: string
  formName: string
  year: number | null
  opensOn: string | null
  places: number | null
  cost: number | null
  before: number | null
  after: number | null
  again: number | null
  met: string | null
  remark: string | null
}

const none = {
  district: '',
  districtName: '',
  form: '',
  formName: '',
  year: null,
  opensOn: null,
  before: null,
  after: null,
  again: null,
  met: null,
  remark: null,
}

/** The whole answer as one table; its assumptions, limits, check, seed and versions are the sheet that explains it. */
export function planTable(plan: ExpansionPlan): Table {
  const { asOf, by, answer, assumptions, notice, seed, runs, cityVersion, policies, matchingPolicy } = plan
  const versions = Object.entries(policies ?? {}).map(([name, version]) => `${name} ${version}`)
  return tableOf<Row>(
    {
      name: 'utbygging',
      title: 'Hva som må bygges',
      asOf,
      notes: [
        notice,
        `Målet: høyst ${plan.level} husstander uten ledig plass i hver bydel ${dayInWords(by)}, i ni av ti kjøringer.`,
        ...(answer === null ? ['Utregningen er ikke ferdig.'] : answer.check.sentences),
        ...(matchingPolicy === null ? [] : [matchingPolicy.sentence]),
        ...assumptions,
        ...plan.limits.map(
          ({ district, form, year, most }) =>
            `Grense: høyst ${most} plasser${district === undefined ? '' : `, bydel ${district}`}${form === undefined ? '' : `, ${form}`}${year === undefined ? '' : `, ${year}`}.`,
        ),
        `Kjøringer: ${runs}. Frø: ${seed}. Byens versjon: ${cityVersion ?? 'ikke kjent'}. Regler: ${versions.join(', ')}.`,
      ],
    },
    [
      dimension('part', 'Del', (row) => row.part),
      dimension('district', 'Bydelsnummer', (row) => row.district),
      label('districtName', 'Bydel', 'district', (row) => row.districtName),
      dimension('form', 'Boligformkode', (row) => row.form),
      label('formName', 'Boligform', 'form', (row) => row.formName),
      note('year', 'År', (row) => (row.year === null ? '' : String(row.year))),
      day('opensOn', 'Åpner', (row) => row.opensOn),
      figure('places', 'Plasser', 'Nye plasser.', (row) => row.places),
      figure('cost', 'Kroner', 'Antatt kostnad for å etablere dem.', (row) => row.cost),
      figure('before', 'Uten utbygging', 'P90 av underdekningen på dagen uten nye plasser.', (row) => row.before),
      figure('after', 'Med planen', 'P90 av underdekningen på dagen med planen.', (row) => row.after),
      figure('again', 'Med andre tilfeldige tall', 'Det samme, prøvd med andre tilfeldige tall.', (row) => row.again),
      note('met', 'Når målet', (row) => row.met),
      note('remark', 'Merknad', (row) => row.remark),
    ],
    answer === null ? [] : rowsOf(answer),
  )
}

function rowsOf({ openings, districts, hangsOn }: Answer): Row[] {
  return [
    ...openings.map((opening): Row => ({ ...none, part: 'Plan', ...opening })),
    ...districts.map(
      ({ binding, met, ...standing }): Row => ({
        ...none,
        part: 'Bydel',
        ...standing,
        met: yesNo(met),
        remark: binding?.sentence ?? null,
      }),
    ),
    ...hangsOn.map(
      ({ name, side, sentence, places, cost, above, settled }): Row => ({
        ...none,
        part: 'Hva svaret henger på',
        form: `${name} ${side === 'low' ? 'lav' : 'høy'}`,
        formName: name,
        places,
        cost,
        met: yesNo(above === 0),
        remark: settled === false ? `${sentence} Ikke ferdig prøvd: en mindre plan kan finnes.` : sentence,
      }),
    ),
  ]
}
