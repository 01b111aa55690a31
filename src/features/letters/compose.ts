import { openIdentity } from '../../access/identity.ts'
import type { Keyring } from '../../access/keyring.ts'
import type { Acting } from '../../db/actor.ts'
import { legalTrackVersions } from '../../db/legalTracks.ts'
import { type NeedRow, needById } from '../../db/needs.ts'
import { type Day, dayInOslo } from '../../domain/day.ts'
import { DomainError, notFound } from '../../domain/error.ts'
import { type ChosenLanguage, letterLanguage } from '../../domain/papers/language.ts'
import {
  decisionLetter,
  type Envelope,
  type Letter,
  type LetterPlace,
  offerLetter,
  referralLetter,
} from '../../domain/papers/letter.ts'
import { replyDeadline } from '../../domain/papers/text.ts'
import type { LetterLanguage } from '../../reference/letters/texts.ts'
import { decisionForLetter, offerForLetter, placeForLetter, readerOf, referralForLetter } from './queries.ts'

/** A letter with why it is in its language, and what the officer must know of it. */
export interface Composed {
  letter: Letter
  chosen: ChosenLanguage
  notes: string[]
}

interface Addressed {
  need: NeedRow
  chosen: ChosenLanguage
  addressProtected: boolean
  envelope(officer: string, writtenOn: Day): Envelope
}

export const DECEASED = 'Personen er registrert som død. Det lages ikke brev. Kontakt de pårørende.'
export const DELIVERY =
  'Adressen er beskyttet. Brevet sier ikke hvor plassen er. Lever det på en trygg måte, og send det ikke i vanlig post.'

/**
 * Whom a letter of this need goes to. Nobody writes to who has died.
 * @throws {DomainError} `not_found`, `no_letter`
 */
async function addressed(
  { trx }: Acting,
  keyring: Keyring,
  needId: string,
  asked: LetterLanguage | undefined,
): Promise<Addressed> {
  const need = await needById(trx, needId)
  if (need === undefined) throw notFound()
  const reader = await readerOf(trx, need.residentId)
  if (reader.deceased) {
    throw new DomainError('no_letter', DECEASED)
  }
  const chosen = letterLanguage(reader.language, asked)
  return {
    need,
    chosen,
    addressProtected: reader.protected,
    envelope: (officer, writtenOn) => ({
      language: chosen.language,
      recipient: openIdentity(keyring, need.residentId, need.ciphertext).name,
      holdingDistrict: need.holdingDistrict,
      officer,
      contactPerson: need.contactPerson,
      interpreter: reader.interpreter || chosen.because === 'fallback',
      writtenOn,
    }),
  }
}

function composed({ chosen, addressProtected }: Addressed, letter: Letter): Composed {
  return {
    letter,
    chosen,
    notes: [...(chosen.note === null ? [] : [chosen.note]), ...(addressProtected ? [DELIVERY] : [])],
  }
}

async function place({ trx }: Acting, placeId: string): Promise<LetterPlace> {
  const found = await placeForLetter(trx, placeId)
  if (found === undefined) throw notFound()
  return found
}

/** @throws {DomainError} `not_found`, `no_letter` */
export async function composeOffer(
  acting: Acting,
  keyring: Keyring,
  id: string,
  asked: LetterLanguage | undefined,
): Promise<Composed> {
  const offer = await offerForLetter(acting.trx, id)
  if (offer === undefined) throw notFound()
  const to = await addressed(acting, keyring, offer.needId, asked)
  const { day, time } = replyDeadline(offer.replyBy)
  return composed(
    to,
    offerLetter(to.envelope(offer.officer, dayInOslo(new Date(offer.sentAt))), {
      form: offer.formGiven,
      place: to.addressProtected ? null : await place(acting, offer.placeId),
      moveInOn: offer.moveInOn,
      replyBy: day,
      replyTime: time,
      conditional: offer.conditional && offer.firmAt === null,
      unreserved: offer.holdId === null,
      over: offer.over,
    }),
  )
}

/** @throws {DomainError} `not_found`, `no_letter` */
export async function composeDecision(
  acting: Acting,
  keyring: Keyring,
  id: string,
  asked: LetterLanguage | undefined,
): Promise<Composed> {
  const row = await decisionForLetter(acting.trx, id)
  if (row === undefined) throw notFound()
  const to = await addressed(acting, keyring, row.needId, asked)
  const track = (await legalTrackVersions(acting.trx)).find(
    (version) => version.id === row.track && version.version === row.trackVersion,
  )
  if (track === undefined) throw new Error(`${row.track} has no version ${row.trackVersion}`)
  const given = row.outcome === 'granted' ? row.placeId : null
  return composed(
    to,
    decisionLetter(to.envelope(row.issuedBy ?? row.draftedBy, row.issuedOn ?? acting.today), {
      track,
      outcome: row.outcome,
      lackOfSuitableHome: row.lackOfSuitableHome,
      forms: row.formGiven === null ? to.need.forms : [row.formGiven, ...to.need.forms],
      mainContent: row.mainContent,
      reasons: row.reasons,
      writtenIn: row.language,
      appealBody: row.appealBody,
      issued: row.issuedOn !== null,
      place: given === null ? null : to.addressProtected ? 'protected' : await place(acting, given),
      helpDecided: row.helpDecided,
    }),
  )
}

/** @throws {DomainError} `not_found`, `no_letter` */
export async function composeReferral(
  acting: Acting,
  keyring: Keyring,
  id: string,
  asked: LetterLanguage | undefined,
): Promise<Composed> {
  const referral = await referralForLetter(acting.trx, id)
  if (referral === undefined) throw notFound()
  const to = await addressed(acting, keyring, referral.needId, asked)
  const sentOn = dayInOslo(new Date(referral.sentAt))
  return composed(
    to,
    referralLetter(to.envelope(referral.officer, sentOn), {
      form: referral.form,
      sentOn,
      answerDueOn: referral.answerDueOn,
      wishedFacility: referral.wishedFacility,
      over: referral.withdrawnAt !== null,
    }),
  )
}
