import { BodyShort, Button, TextField, VStack } from '@navikt/ds-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { facilitiesQuery } from '../../api/inventory.ts'
import { problemOf } from '../../api/problem.ts'
import type { Facility } from '../../api/types.ts'
import { useReference } from '../../ui/names.ts'
import { inNumbers } from '../../ui/numbers.ts'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { facilitiesNamed, HITS_SHOWN } from './search.ts'

type Props = {
  label: string
  description?: string
  /** What the button of a hit says before the facility's name, such as «Velg». */
  action: string
  /** Whether a facility can be found; absent: every one. */
  among?: (facility: Facility) => boolean
  onChoose(facility: Facility): void
}

/** Finds a facility by name as one types. The hits are buttons, in the order of the tab key. */
export function FacilitySearch({ label, description, action, among = () => true, onChoose }: Props) {
  const { names } = useReference()
  const [typed, setTyped] = useState('')
  // Asked for when somebody turns to the field: most who see it never search.
  const [wanted, setWanted] = useState(false)
  const { data: facilities, error, refetch } = useQuery({ ...facilitiesQuery, enabled: wanted })
  const hits = facilitiesNamed(facilities ?? [], typed).filter(among)
  const shown = hits.slice(0, HITS_SHOWN)

  return (
    <VStack gap="space-12" align="start">
      <TextField
        label={label}
        description={description}
        autoComplete="off"
        value={typed}
        onFocus={() => setWanted(true)}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          // Enter in a form would send the form; here it takes the only hit.
          if (event.key !== 'Enter') return
          event.preventDefault()
          const [only] = shown
          if (only !== undefined && hits.length === 1) choose(only)
        }}
      />
      <BodyShort size="small" role="status">
        {typed.trim() === '' || error !== null
          ? ''
          : facilities === undefined
            ? 'Henter botilbud …'
            : found(hits.length)}
      </BodyShort>
      {error !== null && <ProblemAlert problem={problemOf(error)} onRetry={() => void refetch()} />}
      {shown.length > 0 && (
        <ul className="hits">
          {shown.map((facility) => (
            <li key={facility.id}>
              <Button type="button" size="small" variant="tertiary" onClick={() => choose(facility)}>
                {action} {facility.name}, {names.district(facility.districtCode)}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </VStack>
  )

  function choose(facility: Facility) {
    setTyped('')
    onChoose(facility)
  }
}

function found(hits: number): string {
  if (hits === 0) return 'Vi fant ingen botilbud med det navnet.'
  if (hits > HITS_SHOWN)
    return `Vi fant ${inNumbers(hits)} botilbud og viser de ${HITS_SHOWN} første. Skriv mer for å finne færre.`
  return `Vi fant ${hits} botilbud.`
}
