import { type RawBuilder, sql } from 'kysely'
import type { Role } from '../../src/access/capabilities.ts'
import { type Acting, type Actor, asActor } from '../../src/db/actor.ts'
import { type Client, TODAY, testApp } from './app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA, type Person } from './fixtures.ts'

export interface Known extends Person {
  needId: string
}

/** Somebody acting in a role, for districts and houses. */
export const actor = (role: Role, client: Client, districts: string[] = [], facilities: string[] = []): Actor => ({
  accountId: client.accountId,
  name: 'Prøve',
  role,
  districts,
  facilities,
})

/**
 * The wall behind the routes: raw SQL as the application's own login, with nothing but `asActor` in front. Two districts, each
 * with a person in everything a person can be in; a protected one; one who lives in a house with staff.
 */
export async function wall(test: Parameters<typeof testApp>[0]) {
  const app = await testApp(test)
  const { deps, signedInAs } = app
  const given = fixturesOf(app)
  const house = await given.facility()
  const otherHouse = await given.facility({ name: 'Løkka bosenter', district_code: GRUNERLOKKA })

  const officer = await signedInAs({ role: 'housing_officer', districts: [ALNA] })
  const colleague = await signedInAs({ role: 'housing_officer', districts: [ALNA] })
  const neighbour = await signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA] })
  const staff = await signedInAs({ role: 'facility_staff', facilities: [house] })

  async function everythingAbout(district: string, placeId: string, author: Client, columns = {}): Promise<Known> {
    const person = await given.resident(district, columns)
    const other = await given.resident(district, columns)
    await given.child(person)
    await given.consent(person)
    await given.apart(person, other)
    await given.livesIn(person, placeId)
    const needId = await given.need(person)
    await given.assessment(needId, district, author.accountId)
    if ('address_protection' in columns) {
      await given.inCircle(person, author.accountId)
      await given.inCircle(other, author.accountId)
    }
    return { ...person, needId }
  }

  const as = <T>(who: Actor | null, work: (acting: Acting) => Promise<T>) => asActor(deps.db, who, TODAY, work)

  return {
    ...app,
    given,
    house,
    otherHouse,
    officer,
    colleague,
    neighbour,
    staff,
    own: await everythingAbout(ALNA, await given.place(house), officer),
    foreign: await everythingAbout(GRUNERLOKKA, await given.place(otherHouse), neighbour),
    secret: await everythingAbout(ALNA, await given.place(house), officer, {
      address_protection: 'strictly_confidential',
    }),
    inAlna: actor('housing_officer', officer, [ALNA]),
    besideHer: actor('housing_officer', colleague, [ALNA]),
    nextDoor: actor('housing_officer', neighbour, [GRUNERLOKKA]),
    inTheHouse: actor('facility_staff', staff, [], [house]),
    as,

    /** How many rows of a table an actor sees. */
    seen: (who: Actor | null, table: string, where: RawBuilder<unknown> = sql`true`): Promise<number> =>
      as(who, async ({ trx }) => {
        const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)} where ${where}`.execute(
          trx,
        )
        return rows[0]?.n ?? -1
      }),

    /** What becomes of a statement: `done`, or the database's code for why not. */
    attempt: (who: Actor, statement: RawBuilder<unknown>) => codeOf(as(who, ({ trx }) => statement.execute(trx))),
  }
}

/** `done`, or the code of the error. */
export async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work
    return 'done'
  } catch (error) {
    return (error as { code?: string }).code
  }
}
