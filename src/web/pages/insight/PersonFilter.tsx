import { Button, HStack, TextField } from '@navikt/ds-react'
import { useState } from 'react'
import { isId } from '../../ui/searchValues.ts'

/** Finds what was seen of one person by her id. A number is never taken: it would stand in the address. */
export function PersonFilter({ onPerson }: { onPerson(id: string): void }) {
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState(false)
  return (
    <search aria-label="Finn én person">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          const id = typed.trim().toLowerCase()
          setWrong(!isId(id))
          if (!isId(id)) return
          setTyped('')
          onPerson(id)
        }}
      >
        <HStack gap="space-12" align="end">
          <TextField
            size="small"
            className="narrow"
            label="Personens id"
            description="Hele id-en fra en fil eller en sak. Aldri fødselsnummer."
            autoComplete="off"
            error={wrong ? 'Dette er ikke en id. Den har 36 tegn, med bindestreker.' : undefined}
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
          <Button type="submit" size="small" variant="secondary">
            Finn
          </Button>
        </HStack>
      </form>
    </search>
  )
}
