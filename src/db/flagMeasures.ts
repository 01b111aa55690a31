import type { Measurement } from '../domain/flags.ts'
import type { Acting } from './actor.ts'
import { measureGrowth, measureShortfall } from './flagNeeds.ts'
import { measurePeople, measurePurchases } from './flagPeople.ts'
import { measureSteps, measureUnconfirmed, measureVacancies } from './flagPlaces.ts'

/** Everything that the flags' rules measure, of the day of the transaction; under the jobs' own role, which reads nobody. */
export async function measureFlags(acting: Acting): Promise<Measurement[]> {
  return [
    ...(await measureGrowth(acting)),
    ...(await measureShortfall(acting)),
    ...(await measureSteps(acting)),
    ...(await measureVacancies(acting)),
    ...(await measurePeople(acting)),
    ...(await measurePurchases(acting)),
    ...(await measureUnconfirmed(acting)),
  ]
}
