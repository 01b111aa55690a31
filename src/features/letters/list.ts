import type { z } from 'zod'
import type { Acting } from '../../db/actor.ts'
import { needById } from '../../db/needs.ts'
import { dayInOslo } from '../../domain/day.ts'
import { notFound } from '../../domain/error.ts'
import { formById, type HousingForm } from '../../domain/ladder.ts'
import { letterLanguage } from '../../domain/papers/language.ts'
import { trackTitle } from '../../domain/papers/trackWords.ts'
import { DECEASED, DELIVERY } from './compose.ts'
import { lettersOf, readerOf } from './queries.ts'
import type { letterList } from './schema.ts'

type List = z.infer<typeof letterList>

/**
 * What letters there are about a need, and in which language they are when nobody asks for another.
 * @throws {DomainError} `not_found`
 */
export async function listLetters({ trx }: Acting, needId: string): Promise<List> {
  const need = await needById(trx, needId)
  if (need === undefined) throw notFound()
  const reader = await readerOf(trx, need.residentId)
  const chosen = letterLanguage(reader.language)
  const because = chosen.because === 'fallback' ? ('fallback' as const) : ('own' as const)
  if (reader.deceased) return { language: chosen.language, because, notes: [DECEASED], items: [] }
  const { offers, decisions, referrals } = await lettersOf(trx, needId)
  const items: List['items'] = [
    ...offers.map(({ id, sentAt, formGiven, label, facility, over }) => ({
      kind: 'offer' as const,
      id,
      about: `Tilbud: ${formById(formGiven as HousingForm).name}${reader.protected ? '' : `, ${label}, ${facility}`}`,
      writtenOn: dayInOslo(new Date(sentAt)),
      state: over ? ('over' as const) : ('current' as const),
    })),
    ...decisions.map(({ id, track, outcome, issuedOn }) => ({
      kind: 'decision' as const,
      id,
      about: `Vedtak: ${trackTitle(track)}, ${outcome === 'granted' ? 'ja' : 'nei'}`,
      writtenOn: issuedOn,
      state: issuedOn === null ? ('draft' as const) : ('current' as const),
    })),
    ...referrals.map(({ id, sentAt, form, withdrawnAt }) => ({
      kind: 'referral' as const,
      id,
      about: `Henvisning til Felles inntak: ${formById(form as HousingForm).name}`,
      writtenOn: dayInOslo(new Date(sentAt)),
      state: withdrawnAt === null ? ('current' as const) : ('over' as const),
    })),
  ]
  return {
    language: chosen.language,
    because,
    notes: [...(chosen.note === null ? [] : [chosen.note]), ...(reader.protected ? [DELIVERY] : [])],
    items: items.toSorted((a, b) => newestFirst(a, b)),
  }
}

function newestFirst(a: List['items'][number], b: List['items'][number]): number {
  const [left, right] = [a.writtenOn ?? '9999', b.writtenOn ?? '9999']
  return left === right ? (a.id < b.id ? 1 : -1) : left < right ? 1 : -1
}
