import './ui/aksel.css'
import './ui/app.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ApiError } from './api/problem.ts'
import { changeSession, createQueryClient } from './api/queryClient.ts'
import { createAppRouter } from './routes.tsx'

const queryClient = createQueryClient(() => {
  // The router asks again who is signed in, and goes to the sign-in page with the way back.
  const reload = () => router.invalidate()
  changeSession(queryClient).then(reload, reload)
})
const router = createAppRouter({ queryClient })

const container = document.getElementById('app')
if (container === null) throw new Error('index.html has no element with the id «app»')

createRoot(container, {
  // A problem that the service named is shown on the page; anything else is a bug, and is reported.
  onCaughtError: (error) => {
    if (!(error instanceof ApiError)) reportError(error)
  },
}).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
)
