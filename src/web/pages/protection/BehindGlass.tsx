import { Button, Heading } from '@navikt/ds-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { problemOf } from '../../api/problem.ts'
import { personBehindQuery } from '../../api/protection.ts'
import type { PersonBehindGlass } from '../../api/types.ts'
import { DefinitionList } from '../../ui/Definitions.tsx'
import { dayInWords } from '../../ui/days.ts'
import { Loading } from '../../ui/Loading.tsx'
import { type Names, useReference } from '../../ui/names.ts'
import { counted } from '../../ui/numbers.ts'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'

/** The person, when the reader asks for her: each look is noted. */
export function BehindGlass({ id }: { id: string }) {
  const [asked, setAsked] = useState(false)
  if (!asked) {
    return (
      <div>
        <Button size="small" onClick={() => setAsked(true)}>
          Vis personen
        </Button>
      </div>
    )
  }
  return <Shown id={id} />
}

function Shown({ id }: { id: string }) {
  const { names } = useReference()
  const { data: person, error } = useQuery(personBehindQuery(id))
  if (error !== null) return <ProblemAlert problem={problemOf(error)} />
  if (person === undefined) return <Loading what="personen" />
  return (
    <section className="stack" aria-label="Personen">
      <Heading level="4" size="xsmall">
        {person.name}
      </Heading>
      <DefinitionList of={rowsOf(person, names).map(([name, sentence]) => ({ id: name, name, sentence }))} />
    </section>
  )
}

function rowsOf(person: PersonBehindGlass, names: Names): [string, string][] {
  const { home, birthDate, children, adults } = person
  const unknown = 'Ikke registrert'
  const language = names.language(person.language)
  return [
    ['Født', birthDate === null ? unknown : dayInWords(birthDate)],
    ['Fødselsnummer', person.personalNumberEnding === null ? unknown : `Slutter på ${person.personalNumberEnding}`],
    ['Telefon', person.phone ?? unknown],
    ['Språk', person.interpreter ? `${language}, trenger tolk` : language],
    ['Kontaktperson', person.contactPerson ?? unknown],
    ['Ansvarlig bydel', names.district(person.district)],
    ['Husstand', `${counted(adults, 'voksen', 'voksne')}${children === 0 ? '' : `, ${children} barn`}`],
    [
      'Bor',
      home === null
        ? unknown
        : `${[home.label, home.facilityName].filter((part) => part !== null).join(', ') || names.form(home.form)}, siden ${dayInWords(home.since)}`,
    ],
    ['Boligbehov', person.openNeed ? 'Registrert' : 'Ikke registrert'],
  ]
}
