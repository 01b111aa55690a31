import { formById } from '../../domain/ladder.ts'
import { districtName } from '../../domain/words.ts'
import type { Table } from '../../http/table.ts'
import { day, note, osloDay, tableOf, yesNo } from '../../http/tableFields.ts'
import type { OfferBody } from './schema.ts'

/** Offers as a list without persons; what somebody wrote of a no stays behind. */
export function offerTable(rows: AsyncIterable<OfferBody>, asOf: string): Table {
  return tableOf<OfferBody>(
    { name: 'tilbud', title: 'Tilbud', asOf, notes: ['Listen har ingen navn, og ingen merknader.'] },
    [
      note('id', 'Tilbudets id', (offer) => offer.id),
      note('needId', 'Behovets id', (offer) => offer.needId),
      note('stateName', 'Tilstand', (offer) => offer.stateName),
      note('district', 'Bydel', (offer) => districtName(offer.holdingDistrict)),
      note('facilityName', 'Botilbud', (offer) => offer.place.facilityName),
      note('label', 'Plass', (offer) => offer.place.label),
      note('form', 'Boligform', (offer) => formById(offer.place.form).name),
      note('formNeeded', 'Boligformen det var behov for', (offer) => formById(offer.formNeeded).name),
      day('sentOn', 'Sendt', (offer) => osloDay(offer.sentAt)),
      day('answerBy', 'Siste dag å svare', (offer) => offer.answerBy),
      day('moveInOn', 'Planlagt innflytting', (offer) => offer.moveInOn),
      note('conditional', 'Betinget', (offer) => yesNo(offer.conditional)),
      day('acceptedOn', 'Ja', (offer) => osloDay(offer.acceptedAt)),
      day('declinedOn', 'Nei', (offer) => osloDay(offer.declined?.at ?? null)),
      note('declineReason', 'Hvorfor nei', (offer) => offer.declined?.reasonName ?? null),
      day('withdrawnOn', 'Trukket', (offer) => osloDay(offer.withdrawn?.at ?? null)),
      note('withdrawReason', 'Hvorfor trukket', (offer) => offer.withdrawn?.reasonName ?? null),
      day('expiredOn', 'Gikk ut', (offer) => osloDay(offer.expiredAt)),
      day('movedInOn', 'Flyttet inn', (offer) => osloDay(offer.movedInAt)),
    ],
    rows,
  )
}
