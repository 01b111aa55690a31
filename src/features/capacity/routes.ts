import { reading } from '../../http/acting.ts'
import { inFormAsked, tableContent } from '../../http/exportTable.ts'
import { problems } from '../../http/route.ts'
import type { App, Deps } from '../../http/types.ts'
import { CAPACITY_MEASURES, CAPACITY_VERSION } from '../../reference/capacityMeasures.ts'
import { capacityOn } from './day.ts'
import { stayLengthsOf, waitingTimesOf } from './lengths.ts'
import {
  capacity,
  capacityQuery,
  capacitySeries,
  lengthQuery,
  measures,
  seriesQuery,
  stayLengths,
  waitingTimes,
} from './schema.ts'
import { capacityOver } from './series.ts'
import { capacityTable, seriesTable, stayTable, waitingTable } from './tables.ts'

const tags = ['capacity']

/** Steering numbers of places and of the queue: counts without people, the same for everybody who is signed in. */
export function capacityRoutes(app: App, deps: Deps): void {
  app.get(
    '/capacity',
    {
      config: { capability: 'read_capacity' },
      schema: {
        operationId: 'readCapacity',
        tags,
        summary: 'Capacity of a day',
        description:
          'Of any day, past or future: every open place in exactly one state, what opens and closes later, who waits, and how old the facilities’ confirmations are.',
        querystring: capacityQuery,
        response: { 200: tableContent('The day.', capacity), ...problems(400, 401, 403, 406) },
      },
    },
    async (request, reply) => {
      const answer = await reading(deps, request, (acting) => capacityOn(acting, request.query))
      return inFormAsked(request, reply, answer, () => capacityTable(request.query.groupBy ?? [], answer))
    },
  )

  app.get(
    '/capacity/series',
    {
      config: { capability: 'read_capacity' },
      schema: {
        operationId: 'readCapacitySeries',
        tags,
        summary: 'Capacity over time',
        description:
          'In periods that follow on each other: each one’s first day, its place-days in every state, moves, turnover and the queue.',
        querystring: seriesQuery,
        response: { 200: tableContent('The periods.', capacitySeries), ...problems(400, 401, 403, 406, 422) },
      },
    },
    async (request, reply) => {
      const answer = await reading(deps, request, (acting) => capacityOver(acting, request.query))
      return inFormAsked(request, reply, answer, () => seriesTable(request.query.groupBy ?? [], answer))
    },
  )

  app.get(
    '/capacity/waiting',
    {
      config: { capability: 'read_capacity' },
      schema: {
        operationId: 'readWaitingTimes',
        tags,
        summary: 'Waiting times',
        description: 'Quantiles of the wait for a place, estimated with those who still wait (Kaplan–Meier).',
        querystring: lengthQuery,
        response: { 200: tableContent('The estimates.', waitingTimes), ...problems(400, 401, 403, 406, 422) },
      },
    },
    async (request, reply) => {
      const answer = await reading(deps, request, (acting) => waitingTimesOf(acting, request.query))
      return inFormAsked(request, reply, answer, () => waitingTable(request.query.groupBy ?? [], answer))
    },
  )

  app.get(
    '/capacity/stays',
    {
      config: { capability: 'read_capacity' },
      schema: {
        operationId: 'readStayLengths',
        tags,
        summary: 'Lengths of stays',
        description:
          'Quantiles of how long places are lived in, with those who still live there, beside the form’s norm.',
        querystring: lengthQuery,
        response: { 200: tableContent('The estimates.', stayLengths), ...problems(400, 401, 403, 406, 422) },
      },
    },
    async (request, reply) => {
      const answer = await reading(deps, request, (acting) => stayLengthsOf(acting, request.query))
      return inFormAsked(request, reply, answer, () => stayTable(request.query.groupBy ?? [], answer))
    },
  )

  app.get(
    '/capacity/measures',
    {
      config: { capability: 'public' },
      schema: {
        operationId: 'listCapacityMeasures',
        tags,
        summary: 'What is counted',
        description: 'Every measure with its definition, in the words that screens and exports use.',
        response: { 200: measures.describe('The definitions.'), ...problems(400) },
      },
    },
    async () => ({ version: CAPACITY_VERSION, items: [...CAPACITY_MEASURES] }),
  )
}
