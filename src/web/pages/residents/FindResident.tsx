import { BodyShort, Button, HStack, Tag, TextField, VStack } from '@navikt/ds-react'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import { problemOf } from '../../api/problem.ts'
import { searchResidents } from '../../api/residents.ts'
import type { ResidentHit } from '../../api/types.ts'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { residentSearch } from './person.ts'

type Props = {
  /** What can be done with a person that was found: a button, or a link to what there is. */
  actionFor(hit: ResidentHit): ReactNode
  /** Shown below the hits, also when there are none. Gets what was searched for. */
  after?(typed: string): ReactNode
}

/** Finds people of one's own district. What is typed is sent in a body and stands in no address. */
export function FindResident({ actionFor, after }: Props) {
  const [typed, setTyped] = useState('')
  const search = useMutation({ mutationFn: (text: string) => searchResidents(residentSearch(text)) })
  const problem = search.error === null ? null : problemOf(search.error)
  const wrong = problem?.errors[0]?.detail

  function submit(event: FormEvent) {
    event.preventDefault()
    search.mutate(typed)
  }

  return (
    <VStack gap="space-24">
      <search>
        <form onSubmit={submit} noValidate>
          <HStack gap="space-12" align="end">
            <TextField
              label="Fødselsnummer eller navn"
              description="Søket finner personer i din egen bydel."
              autoComplete="off"
              spellCheck={false}
              htmlSize={32}
              value={typed}
              error={wrong}
              onChange={(event) => setTyped(event.target.value)}
            />
            <Button type="submit" loading={search.isPending}>
              Søk
            </Button>
          </HStack>
        </form>
      </search>
      {problem !== null && wrong === undefined && <ProblemAlert problem={problem} />}
      <div role="status">
        {search.data !== undefined && <BodyShort>{found(search.data.items.length, search.data.more)}</BodyShort>}
      </div>
      {search.data !== undefined && search.data.items.length > 0 && (
        <ul className="people" aria-label="Treff">
          {search.data.items.map((hit) => (
            <li key={hit.id} className="people__person">
              <Hit hit={hit} />
              {actionFor(hit)}
            </li>
          ))}
        </ul>
      )}
      {search.data !== undefined && after?.(search.variables ?? '')}
    </VStack>
  )
}

function Hit({ hit }: { hit: ResidentHit }) {
  const known = [
    hit.birthYear === null ? 'fødselsår ikke registrert' : `født ${hit.birthYear}`,
    hit.personalNumberEnding === null
      ? 'fødselsnummer ikke registrert'
      : `fødselsnummer slutter på ${hit.personalNumberEnding}`,
  ]
  return (
    <div>
      <BodyShort weight="semibold">{hit.name}</BodyShort>
      <BodyShort size="small">{known.join(', ')}</BodyShort>
      {hit.addressProtection !== 'none' && (
        <Tag size="small" variant="moderate" data-color="warning">
          Beskyttet adresse
        </Tag>
      )}
    </div>
  )
}

function found(hits: number, more: boolean): string {
  if (hits === 0) return 'Vi fant ingen i bydelen din.'
  if (more) return `Vi viser de ${hits} første. Søk mer nøyaktig for å finne flere.`
  return hits === 1 ? 'Vi fant 1 person.' : `Vi fant ${hits} personer.`
}
