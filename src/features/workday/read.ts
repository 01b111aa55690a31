import { nameIn } from '../../access/identity.ts'
import type { Keyring } from '../../access/keyring.ts'
import type { Acting } from '../../db/actor.ts'
import { readinessFactsOf, situationOf } from '../../db/needs.ts'
import { stateOf } from '../../db/offers.ts'
import { homeOf } from '../../db/stays.ts'
import { addDays, dayInOslo, daysBetween, lastDayBefore } from '../../domain/day.ts'
import type { HousingForm } from '../../domain/ladder.ts'
import type { OfferState } from '../../domain/placement/offer.ts'
import { outcomesFor } from '../../domain/placement/taskOutcome.ts'
import { taskName } from '../../domain/taskNames.ts'
import type { Work, WorkFacts } from '../../domain/workday/facts.ts'
import type { WorkKind } from '../../domain/workday/kinds.ts'
import { compareKeys, type WorkKey, workdayOf } from '../../domain/workday/order.ts'
import { workOf } from '../../domain/workday/work.ts'
import { cutPage } from '../../http/cursor.ts'
import { applicantsOf, decisionsMade, longStays, openNeeds, openOffers, openTasks, proposedNeeds } from './queries.ts'
import type { WorkBody, WorkdayBody } from './schema.ts'

const DAYS_AHEAD = 14

/** Offers that can still become a home: whoever has one does not wait for a first one. */
const HOPEFUL: readonly OfferState[] = ['sent', 'conditional', 'accepted']

type OpenTask = Awaited<ReturnType<typeof openTasks>>[number]

/** What may need somebody in the reader’s districts, without a name. */
async function facts({ trx, now, today }: Acting): Promise<WorkFacts & { open: OpenTask[] }> {
  const rows = await openOffers(trx)
  const offers = rows.map((row) => ({ ...row, state: stateOf(row, now) }))
  const offered = new Set(offers.filter(({ state }) => HOPEFUL.includes(state)).map(({ needId }) => needId))
  const proposed = await proposedNeeds(trx)
  const decisions = await decisionsMade(trx)
  const needs = await openNeeds(trx)
  const stays = await longStays(trx, today)
  const tasks = await openTasks(trx)
  return {
    needs: needs.map((row) => ({
      id: row.id,
      householdId: row.householdId,
      status: row.status === 'draft' ? 'draft' : 'registered',
      startedOn: dayInOslo(new Date(row.startedAt)),
      situation: situationOf(row),
      readiness: readinessFactsOf(row),
      decisions: decisions.get(row.id) ?? [],
      parkedUntil: row.parkedUntil,
      offered: offered.has(row.id),
      proposed: proposed.has(row.id),
    })),
    offers: offers.map(({ id, needId, householdId, state, replyBy, chainId, label, facilityName }) => ({
      id,
      needId,
      householdId,
      state,
      answerBy: lastDayBefore(replyBy),
      chainId,
      place: { label, facilityName },
    })),
    stays: stays.map(({ id, householdId, needId, form, from, expectedUntil, facilityId, ...row }) => ({
      id,
      householdId,
      needId,
      form: form as HousingForm,
      from,
      expectedUntil,
      facilityId,
      place: homeOf({ ...row, form }),
    })),
    tasks: tasks.map(({ version: _, ...task }) => task),
    open: tasks,
  }
}

interface Asked {
  kind: WorkKind | undefined
  within: 'two_weeks' | 'any'
  limit: number
  after: WorkKey | undefined
}

/** A page of what needs somebody, with everything counted. Only the people of the page are named. */
export async function readWorkday(acting: Acting, keyring: Keyring, asked: Asked): Promise<WorkdayBody> {
  const { trx, today } = acting
  const { kind, within, limit, after } = asked
  const { open, ...found } = await facts(acting)
  const horizon = within === 'any' ? null : addDays(today, DAYS_AHEAD)
  const { works, ...counted } = workdayOf(workOf(found, today), today, horizon)
  const left = works.filter(
    ({ work, key }) =>
      (kind === undefined || work.kinds.includes(kind)) && (after === undefined || compareKeys(key, after) > 0),
  )
  const page = cutPage(left, limit, ({ key }) => [...key])
  const households = page.items.flatMap(({ work: { householdId } }) => (householdId === null ? [] : [householdId]))
  const people = new Map((await applicantsOf(trx, households)).map((row) => [row.householdId, row]))
  const tasks = new Map(open.map((task) => [task.id, task]))
  return {
    asOf: today,
    horizon,
    ...counted,
    items: page.items.map(({ work }): WorkBody => {
      const { kinds, reasons, householdId, taskId, tonight: _, ...rest } = work
      const person = householdId === null ? undefined : people.get(householdId)
      return {
        ...rest,
        kinds: [...kinds],
        reasons: [...reasons],
        residentName: person === undefined ? null : nameIn(keyring, person),
        daysLeft: work.dueOn === null ? null : daysBetween(today, work.dueOn),
        task: taskOf(taskId, tasks),
      }
    }),
    nextCursor: page.nextCursor,
  }
}

function taskOf(taskId: Work['taskId'], tasks: ReadonlyMap<string, OpenTask>): WorkBody['task'] {
  const task = taskId === null ? undefined : tasks.get(taskId)
  if (task === undefined) return null
  return {
    id: task.id,
    version: task.version,
    kind: task.kind,
    kindName: taskName(task.kind),
    outcomes: outcomesFor(task.kind).map(({ id, name, consequence, noteRequired }) => ({
      id,
      name,
      consequence,
      noteRequired,
    })),
  }
}
