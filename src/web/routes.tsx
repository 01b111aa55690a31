import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { sessionQuery } from './api/session.ts'
import { NotFound } from './pages/NotFound.tsx'
import { paths } from './paths.ts'
import { Layout } from './ui/Layout.tsx'
import { Loading } from './ui/Loading.tsx'
import { RouteProblem } from './ui/RouteProblem.tsx'

type Context = { queryClient: QueryClient }

const root = createRootRouteWithContext<Context>()({ component: Layout })

const signIn = createRoute({
  getParentRoute: () => root,
  path: paths.signIn,
  // The address that was asked for before signing in.
  validateSearch: (search): { fra?: string } => (typeof search.fra === 'string' ? { fra: search.fra } : {}),
  beforeLoad: async ({ context }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery)
    if (session.signedIn) throw redirect({ to: paths.home })
  },
  component: lazyRouteComponent(() => import('./pages/SignIn.tsx'), 'SignIn'),
})

/** Everything but the sign-in page: without a session one is sent there, and back again afterwards. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ context, location }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery)
    if (session.signedIn) return
    throw redirect({ to: paths.signIn, search: location.href === paths.home ? {} : { fra: location.href } })
  },
})

const home = createRoute({
  getParentRoute: () => signedIn,
  path: paths.home,
  component: lazyRouteComponent(() => import('./pages/Home.tsx'), 'Home'),
})

const tree = root.addChildren([signIn, signedIn.addChildren([home])])

/** The router over all pages. Each page is a chunk of its own, fetched when it is first shown or its link is pointed at. */
export function createAppRouter(context: Context) {
  return createRouter({
    routeTree: tree,
    context,
    defaultPreload: 'intent',
    defaultPendingComponent: Loading,
    defaultPendingMs: 300,
    defaultErrorComponent: RouteProblem,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
