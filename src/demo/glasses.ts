import { sql, type Transaction } from 'kysely'
import type { DB } from '../db/types.generated.ts'
import { addDays, type Day } from '../domain/day.ts'

interface Case {
  /** Whose person it is, and which of those who could be asked for. */
  readonly district: string
  readonly protection: 'none' | 'confidential'
  readonly nth: number
  readonly asker: string
  readonly reason: string
  /** Days since it was asked. */
  readonly ago: number
  /** What the manager of her bydel said to it; absent: nothing yet. */
  readonly answer?: boolean
  /** Minutes until she who asked was done; absent: it ended by itself. */
  readonly doneAfter?: number
  readonly review?: { readonly verdict: 'justified' | 'not_justified'; readonly note: string | null }
}

const ALNA = '030112'
const GRUNERLOKKA = '030102'
const MANAGERS: Readonly<Record<string, string>> = { [ALNA]: 'manager_alna', [GRUNERLOKKA]: 'manager_grunerlokka' }

/** One of each that a manager meets, the oldest first: gone through, found wrong, refused, waiting to be gone through, and for a yes. */
const CASES: readonly Case[] = [
  {
    district: ALNA,
    protection: 'none',
    nth: 0,
    asker: 'officer_grunerlokka',
    reason: 'Legevakta ringte. Personen er funnet forvirret ute og kan ikke si noe om hvor hjemmet er.',
    ago: 6,
    doneAfter: 20,
    review: { verdict: 'justified', note: 'Det hastet, og bydelens vakt var ikke å få tak i.' },
  },
  {
    district: GRUNERLOKKA,
    protection: 'none',
    nth: 0,
    asker: 'officer_alna',
    reason: 'Trodde personen hadde flyttet hit, og ville se om saken var overført.',
    ago: 4,
    doneAfter: 5,
    review: { verdict: 'not_justified', note: 'Det hastet ikke. Ring oss i stedet. Tatt opp med den ansatte.' },
  },
  {
    district: GRUNERLOKKA,
    protection: 'confidential',
    nth: 0,
    asker: 'officer_alna',
    reason: 'En slektning spør etter personen og sier at det haster å få kontakt.',
    ago: 3,
    answer: false,
  },
  {
    district: GRUNERLOKKA,
    protection: 'none',
    nth: 1,
    asker: 'officer_alna',
    reason: 'Politiet står med personen på Furuset, uten et sted å ta veien i natt.',
    ago: 2,
    doneAfter: 35,
  },
  {
    district: ALNA,
    protection: 'none',
    nth: 1,
    asker: 'intake_vel',
    reason: 'Møtte opp på akuttplass i kveld uten henvisning. Må vite om noen venter på personen.',
    ago: 1,
  },
  {
    district: ALNA,
    protection: 'confidential',
    nth: 0,
    asker: 'officer_grunerlokka',
    reason: 'Personen har oppsøkt kontoret hos oss og trenger et trygt sted å sove i natt.',
    ago: 0,
  },
]

/**
 * Some broken glasses in the two bydeler whose managers can be tried out, with the managers' tasks and what the logs say of them. Their
 * times are the database's own clock, as those of all glasses; the logs are dated by the demo's.
 * @param id gives the same ids for the same seed
 */
export async function breakSomeGlasses(trx: Transaction<DB>, asOf: Day, id: () => string): Promise<void> {
  const accounts = new Map(
    (await trx.selectFrom('account').select(['id', 'username', 'role']).execute()).map((one) => [one.username, one]),
  )
  for (const one of CASES) {
    const asker = accounts.get(one.asker)
    const manager = accounts.get(MANAGERS[one.district] ?? '')
    const person = await nthPerson(trx, one)
    if (asker === undefined || manager === undefined || person === undefined) continue
    const glassId = id()
    const opened = one.protection === 'none' || one.answer === true
    const asked = sql<string>`now() - make_interval(days => ${one.ago})`
    const answered = one.answer === undefined ? null : sql<string>`${asked} + interval '25 minutes'`
    const openedAt = opened ? (answered ?? asked) : null
    const reviewed = one.review === undefined ? null : sql<string>`${asked} + interval '20 hours'`
    await trx
      .insertInto('breakGlass')
      .values({
        id: glassId,
        residentId: person,
        holdingDistrict: one.district,
        protection: one.protection,
        requestedBy: asker.id,
        reason: one.reason,
        requestedAt: asked,
        createdAt: asked,
        updatedAt: asked,
        answerBy: sql<string>`${asked} + interval '12 hours'`,
        answeredBy: answered === null ? null : manager.id,
        answeredAt: answered,
        approved: one.answer ?? null,
        openedAt,
        endsAt: openedAt === null ? null : sql<string>`${openedAt} + interval '1 hour'`,
        closedAt: one.doneAfter === undefined ? null : sql<string>`${asked} + make_interval(mins => ${one.doneAfter})`,
        reviewedBy: reviewed === null ? null : manager.id,
        reviewedAt: reviewed,
        verdict: one.review?.verdict ?? null,
        reviewNote: one.review?.note ?? null,
      })
      .execute()
    const day = addDays(asOf, -one.ago)
    const at = `${day}T12:00:00Z`
    await tell(trx, at, glassId, asker, opened ? 'break_glass' : 'break_glass_requested')
    if (one.answer === false) await tell(trx, at, glassId, manager, 'break_glass_refused')
    if (one.review !== undefined) await tell(trx, at, glassId, manager, 'break_glass_reviewed')
    if (opened) {
      await trx
        .insertInto('showing')
        .values({
          occurredAt: at,
          actorId: asker.id,
          actorRole: asker.role,
          residentId: person,
          holdingDistrict: one.district,
          record: 'break_glass',
          recordId: glassId,
          purpose: 'emergency',
          method: 'GET',
          route: '/api/v1/break-glass/:id/person',
          traceId: glassId,
        })
        .execute()
    }
    const waits = one.review === undefined && one.answer === undefined
    if (!waits) continue
    await trx
      .insertInto('task')
      .values({
        id: id(),
        kind: opened ? 'review_break_glass' : 'answer_break_glass',
        holdingDistrict: one.district,
        dueOn: opened ? addDays(day, 3) : day,
        reason: opened
          ? 'Noen har åpnet en person i bydelen i en nødsituasjon. Gå gjennom grunnen.'
          : 'Noen ber om å få se en person med fortrolig adresse. Svar ja eller nei.',
        breakGlassId: glassId,
        createdAt: at,
        updatedAt: at,
      })
      .execute()
  }
}

/** Of those in a bydel, alone in her household; who is not protected has an open need as well. Few are, so any of them will do. */
async function nthPerson(trx: Transaction<DB>, { district, protection, nth }: Case): Promise<string | undefined> {
  const person = await trx
    .selectFrom('resident')
    .select('id')
    .where('holdingDistrict', '=', district)
    .where('addressProtection', '=', protection)
    .where(
      sql<boolean>`not exists (select from resident other where other.household_id = resident.household_id and other.id <> resident.id)`,
    )
    .$if(protection === 'none', (query) =>
      query.where(
        sql<boolean>`exists (select from need where need.household_id = resident.household_id and need.status = 'registered')`,
      ),
    )
    .orderBy('id')
    .offset(nth)
    .limit(1)
    .executeTakeFirst()
  return person?.id
}

async function tell(
  trx: Transaction<DB>,
  occurredAt: string,
  recordId: string,
  actor: { id: string; role: string },
  kind: string,
): Promise<void> {
  await trx
    .insertInto('securityEvent')
    .values({
      occurredAt,
      kind,
      actorId: actor.id,
      actorRole: actor.role,
      record: 'break_glass',
      recordId,
      route: '/api/v1/break-glass/:id',
    })
    .execute()
}
