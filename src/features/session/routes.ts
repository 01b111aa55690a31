import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { capabilitiesOf, ROLE_NAMES, type Role, scopeFor } from '../../access/capabilities.ts'
import { endAllSessions, endSession, hashOf, SESSION_HOURS, startSession } from '../../access/session.ts'
import { actorOf, signOutAddress } from '../../access/signIn.ts'
import { type Acting, type Actor, asActor } from '../../db/actor.ts'
import { notFound } from '../../domain/error.ts'
import { reading } from '../../http/acting.ts'
import { noQuery } from '../../http/fields.ts'
import { asksLoopback, giveCookie, readCookie, takeCookie } from '../../http/origin.ts'
import { problems } from '../../http/route.ts'
import { tellSecurity } from '../../http/security.ts'
import type { App, Deps } from '../../http/types.ts'
import { demoAccount, demoAccounts, districtsOn, facilityNames } from './queries.ts'
import { DEMO_PEOPLE, demoSignIn, session, signedOut } from './schema.ts'
import { signInRoutes } from './signInRoutes.ts'

const DESCRIPTIONS: Record<Role, string> = {
  housing_officer: 'Registrerer boligbehov og finner plasser til folk i egen bydel.',
  district_manager: 'Ser bydelens behov og plasser, og holder plassene oppdatert.',
  intake_officer: 'Svarer på henvisninger til Velferdsetatens plasser, og gir plass.',
  planner: 'Ser plassene i byen. Ser ingen personer.',
  facility_staff: 'Holder plassene på eget botilbud oppdatert og ser hvem som bor der.',
  auditor: 'Går gjennom loggene: hvem har sett hvem, og hva er avslått. Ser ingen personer.',
  administrator: 'Holder botilbud, plasser og regler oppdatert. Ser ingen personer.',
}

const tags = ['session']

/** Who I am and what I may do, and the demo's sign-in. */
export function sessionRoutes(app: App, deps: Deps): void {
  app.get(
    '/session',
    {
      config: { capability: 'public' },
      schema: {
        operationId: 'readSession',
        tags,
        summary: 'Who I am',
        description: 'Who is signed in, her role, districts and capabilities, and the day the system reckons with.',
        querystring: noQuery,
        response: { 200: session.describe('The session.'), ...problems(400) },
      },
    },
    (request) => reading(deps, request, (acting) => sessionOf(acting, deps, request.actor)),
  )

  app.delete(
    '/session',
    {
      config: { capability: 'public' },
      schema: {
        operationId: 'endSession',
        tags,
        summary: 'Sign out',
        description:
          'Ends the session; ending none is no error. Whoever was signed in by the organisation is told where to end that too.',
        querystring: noQuery,
        response: {
          200: signedOut.describe('Signed out here, and the browser can go on to sign out there.'),
          204: z.null().describe('Signed out.'),
          ...problems(400, 403),
        },
      },
    },
    async (request, reply) => {
      const token = readCookie(deps, request, 'session')
      takeCookie(deps, reply, 'session')
      if (token === undefined) return reply.code(204).send(null)
      const hash = hashOf(token)
      const agreement = await endSession(deps.db, hash)
      if (request.actor !== null) await tellSecurity(deps, request, { kind: 'sign_out' })
      return signedOutAt(reply, await signOutAddress(deps, hash, agreement))
    },
  )

  app.delete(
    '/sessions',
    {
      config: { capability: 'signed_in' },
      schema: {
        operationId: 'endAllSessions',
        tags,
        summary: 'Sign out everywhere',
        description: 'Ends all sessions of whoever asks, also those on other machines, and their open event streams.',
        querystring: noQuery,
        response: {
          200: signedOut.describe('Signed out everywhere here, and the browser can go on to sign out there.'),
          204: z.null().describe('Signed out everywhere.'),
          ...problems(400, 401, 403),
        },
      },
    },
    async (request, reply) => {
      if (request.actor === null) throw notFound()
      const token = readCookie(deps, request, 'session')
      const hash = token === undefined ? null : hashOf(token)
      const agreement = hash === null ? null : await endSession(deps.db, hash)
      await endAllSessions(deps.db, request.actor.accountId)
      takeCookie(deps, reply, 'session')
      await tellSecurity(deps, request, { kind: 'sessions_ended' })
      return signedOutAt(reply, hash === null ? null : await signOutAddress(deps, hash, agreement))
    },
  )

  signInRoutes(app, deps)
  if (!deps.demoSignIn) return
  app.post(
    '/session/demo',
    {
      config: { capability: 'public' },
      schema: {
        operationId: 'startDemoSession',
        tags,
        summary: 'Sign in as one of the demo’s people',
        description: 'Offered only while no identity provider is configured and the server listens on loopback only.',
        body: demoSignIn,
        response: { 200: session.describe('Signed in; the cookie is set.'), ...problems(400, 403, 404, 422) },
      },
    },
    async (request, reply) => {
      // the server listens on loopback; a browser that was led here by another name does not come from it
      const account = asksLoopback(request) ? await demoAccount(deps.db, request.body.person) : undefined
      if (account === undefined) throw notFound()
      const earlier = readCookie(deps, request, 'session')
      if (earlier !== undefined) await endSession(deps.db, hashOf(earlier))
      const token = await startSession(deps.db, account.id)
      giveCookie(deps, reply, 'session', { value: token, seconds: SESSION_HOURS * 3600 })
      const actor = await actorOf(deps, token)
      return asActor(deps.db, actor, deps.demoDate, (acting) => sessionOf(acting, deps, actor))
    },
  )
}

function signedOutAt(reply: FastifyReply, continueAt: string | null) {
  return continueAt === null ? reply.code(204).send(null) : reply.code(200).send({ continueAt })
}

async function sessionOf(acting: Acting, deps: Deps, actor: Actor | null): Promise<z.infer<typeof session>> {
  const districts = new Map((await districtsOn(acting.trx, acting.today)).map(({ code, name }) => [code, name]))
  const answer = {
    signedIn: actor !== null,
    demo: deps.demoDate !== undefined,
    today: acting.today,
    organisationSignIn: deps.signIn !== undefined,
    ...(deps.demoSignIn ? { demoPeople: await demoPeople(acting, districts) } : {}),
  }
  if (actor === null) return answer
  return {
    ...answer,
    person: {
      id: actor.accountId,
      name: actor.name,
      role: actor.role,
      roleName: ROLE_NAMES[actor.role],
      districts: actor.districts.map((code) => ({ code, name: districts.get(code) ?? code })),
      facilities: await facilityNames(acting.trx, actor.facilities),
      capabilities: capabilitiesOf(actor.role).filter((capability) => scopeFor(actor, capability) !== undefined),
    },
  }
}

async function demoPeople({ trx }: Acting, districts: ReadonlyMap<string, string>) {
  const accounts = new Map((await demoAccounts(trx)).map((account) => [account.username, account]))
  return DEMO_PEOPLE.flatMap((person) => {
    const account = accounts.get(person)
    if (account === undefined) return []
    const role = account.role as Role
    const [district] = account.districts
    return [
      {
        person,
        name: account.name,
        role,
        roleName: ROLE_NAMES[role],
        districtName: district === undefined ? null : (districts.get(district) ?? district),
        description: DESCRIPTIONS[role],
      },
    ]
  })
}
