import type { z } from 'zod'
import { districtName } from '../../domain/words.ts'
import type { Table } from '../../http/table.ts'
import { day, note, number, osloDay, tableOf } from '../../http/tableFields.ts'
import type { referral } from './schema.ts'

type Referral = z.infer<typeof referral>

const ANSWERS: Record<NonNullable<Referral['answer']>['kind'], string> = {
  place_given: 'Ga plass',
  waiting: 'Venter på plass',
  declined: 'Nei',
}

/** Referrals as a list without persons; what somebody wrote in an answer stays behind. */
export function referralTable(rows: AsyncIterable<Referral>, asOf: string): Table {
  return tableOf<Referral>(
    { name: 'henvisninger', title: 'Henvisninger', asOf, notes: ['Listen har ingen navn, og ingen merknader.'] },
    [
      note('id', 'Henvisningens id', (row) => row.id),
      note('needId', 'Behovets id', (row) => row.needId),
      note('stateName', 'Tilstand', (row) => row.stateName),
      note('district', 'Bydel', (row) => districtName(row.holdingDistrict)),
      note('formName', 'Boligform', (row) => row.formName),
      number('urgencyClass', 'Hasteklasse', (row) => row.urgency?.urgencyClass ?? null),
      day('sentOn', 'Sendt', (row) => osloDay(row.sentAt)),
      day('answerDueOn', 'Svarfrist', (row) => row.answerDueOn),
      number('daysLeft', 'Dager til fristen', (row) => row.daysLeft),
      note('answer', 'Svar', (row) => (row.answer === null ? null : ANSWERS[row.answer.kind])),
      day('answeredOn', 'Besvart', (row) => osloDay(row.answer?.at ?? null)),
      note('answerReason', 'Hvorfor', (row) => row.answer?.reasonName ?? null),
      note('givenPlace', 'Plassen som ble gitt', ({ givenPlace }) =>
        givenPlace === null ? null : `${givenPlace.facilityName}, ${givenPlace.label}`,
      ),
      day('withdrawnOn', 'Trukket', (row) => osloDay(row.withdrawn?.at ?? null)),
    ],
    rows,
  )
}
