import { ReadMore } from '@navikt/ds-react'
import { type ReactNode, useState } from 'react'
import { problemOf } from '../api/problem.ts'
import { Loading } from './Loading.tsx'
import { ProblemAlert } from './ProblemAlert.tsx'

type LaterProps = {
  label: string
  /** Of what it is, for those who hear and do not see what it stands under. */
  of: string
  children: ReactNode
}

/** More to read that is not there, and asks for nothing, until somebody opens it. */
export function Later({ label, of, children }: LaterProps) {
  const [open, setOpen] = useState(false)
  return (
    <ReadMore
      size="small"
      open={open}
      onOpenChange={setOpen}
      header={
        <>
          {label}
          <span className="aksel-sr-only">: {of}</span>
        </>
      }
    >
      {open && children}
    </ReadMore>
  )
}

type FetchedProps<T> = {
  query: { data: T | undefined; error: Error | null; refetch(): unknown }
  /** What is fetched, as «Henter …» says it. */
  what: string
  children(data: T): ReactNode
}

/** What a part of a page asked for: that it is on its way, why it did not come, or what came. */
export function Fetched<T>({ query: { data, error, refetch }, what, children }: FetchedProps<T>) {
  return (
    <>
      {error !== null && <ProblemAlert problem={problemOf(error)} onRetry={() => void refetch()} />}
      {data === undefined ? error === null && <Loading what={what} /> : children(data)}
    </>
  )
}
