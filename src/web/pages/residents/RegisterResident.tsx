import { BodyLong, Button, Heading, VStack } from '@navikt/ds-react'
import { useBlocker } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { registerResident } from '../../api/residents.ts'
import type { NewResident, Resident } from '../../api/types.ts'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { PersonFields } from './PersonFields.tsx'
import { blankPerson, newPerson, residentSearch } from './person.ts'

type Props = {
  district: string
  /** What was searched for and not found. */
  searched: string
  /** Called with the person once she is stored; what it throws is shown, and nothing typed is lost. */
  onRegistered(resident: Resident): Promise<void>
}

/** A person that the district does not know yet. */
export function RegisterResident({ district, searched, onRegistered }: Props) {
  const finished = useRef(false)
  const [values, setValues] = useState(() => blankPerson(searched === '' ? {} : residentSearch(searched)))
  const form = useSending<NewResident>(async (body, key) => {
    const resident = await registerResident(body, key)
    finished.current = true
    await onRegistered(resident)
  })
  useBlocker({
    shouldBlockFn: () => !finished.current && !window.confirm('Personen er ikke lagret. Vil du forlate siden likevel?'),
    enableBeforeUnload: () => !finished.current,
  })
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])

  return (
    <VStack gap="space-24">
      <Heading ref={heading} level="2" size="medium" tabIndex={-1} className="page__heading">
        Registrer en ny person
      </Heading>
      <BodyLong>Bare navnet må fylles ut nå. Resten kan du fylle ut senere.</BodyLong>
      <SendErrors problem={form.problem} attempt={form.attempt} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void form.submit(newPerson(values, district))
        }}
      >
        <VStack gap="space-32" align="start">
          <PersonFields
            values={values}
            change={(patch) => setValues((current) => ({ ...current, ...patch }))}
            field={form.field}
            numberEnding={null}
          />
          <Button type="submit" loading={form.sending}>
            Lagre personen og gå videre
          </Button>
        </VStack>
      </form>
    </VStack>
  )
}
