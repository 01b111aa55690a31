import { asActor } from '../db/actor.ts'
import { cityCache } from '../db/city.ts'
import { matchingPolicyInForce } from '../db/matchingPolicy.ts'
import { readSnapshot } from '../db/matchingRun.ts'
import { type CityPreview, type LivingCity, livingCity } from '../domain/matching/livingCity.ts'
import { type JobConnection, threadDatabase } from './connection.ts'

export interface LivingTask {
  jobs: JobConnection
  demoDate: string | undefined
  pseudonym: string
  /** Something about a need may have changed since the last task. */
  needsChanged: boolean
}

const readCity = cityCache()
let kept: { living: LivingCity; as: string } | undefined

/** What the best set of moves gives one need by now; null for one that is not registered. */
export default async function livingCityThread(task: LivingTask): Promise<CityPreview | null> {
  const { jobs, demoDate, pseudonym, needsChanged } = task
  const snapshot = await asActor(
    threadDatabase(jobs),
    null,
    demoDate,
    async (acting) => {
      const { version } = await acting.trx.selectFrom('cityVersion').select('version').executeTakeFirstOrThrow()
      const as = `${acting.today}/${version}/${(await matchingPolicyInForce(acting)).version}`
      if (kept?.as === as && !needsChanged) return undefined
      return { as, now: await readSnapshot(acting, readCity, []) }
    },
    'reading',
  )
  if (snapshot !== undefined) {
    if (kept === undefined) kept = { living: livingCity(snapshot.now), as: snapshot.as }
    else {
      const { living } = kept
      // what fails half way through is not kept
      kept = undefined
      living.follow(snapshot.now)
      kept = { living, as: snapshot.as }
    }
  }
  return kept?.living.previewOf(pseudonym) ?? null
}
