import { Checkbox, Heading, Select, TextField, VStack } from '@navikt/ds-react'
import { OneOf, type Option } from '../../form/Choices.tsx'
import { DayField } from '../../form/DayField.tsx'
import type { FieldProps } from '../../form/fields.ts'
import { WhyWeAsk } from '../../form/WhyWeAsk.tsx'
import { useReference } from '../../ui/names.ts'
import { useToday } from '../../ui/useToday.ts'
import { ChildrenField } from './ChildrenField.tsx'
import type { PersonValues } from './person.ts'
import { addressProtections, petAnswers, planAnswers } from './words.ts'

type Props = {
  values: PersonValues
  change(patch: Partial<PersonValues>): void
  field(pointer: string): FieldProps
  /** The last digits of the number that is stored, when one is. */
  numberEnding: string | null
}

/** Everything we ask about a person and her household. */
export function PersonFields(props: Props) {
  return (
    <VStack gap="space-40">
      <WhoSheIs {...props} />
      <Household {...props} />
      <Contact {...props} />
    </VStack>
  )
}

function WhoSheIs({ values, change, field, numberEnding }: Props) {
  const thisYear = Number(useToday().slice(0, 4))
  const { vocabulary } = useReference()
  const genders: Option<PersonValues['gender']>[] = [
    ...vocabulary.genders.map(({ id, name }) => ({ value: id, label: name })),
    { value: 'unknown', label: 'Vet ikke' },
  ]
  return (
    <VStack gap="space-24">
      <Heading level="2" size="small">
        Personen
      </Heading>
      <TextField
        {...field('/name')}
        label="Navn"
        autoComplete="off"
        value={values.name}
        onChange={(event) => change({ name: event.target.value })}
      />
      <TextField
        {...field('/personalNumber')}
        label="Fødselsnummer (kan fylles ut senere)"
        description={
          numberEnding === null
            ? '11 siffer. I prøveutgaven tar vi bare oppdiktede numre, der måneden har fått lagt til 80.'
            : `Vi har et nummer som slutter på ${numberEnding}. Skriv alle 11 siffer hvis det skal endres.`
        }
        inputMode="numeric"
        autoComplete="off"
        htmlSize={14}
        value={values.personalNumber}
        onChange={(event) => change({ personalNumber: event.target.value })}
      />
      <DayField
        {...field('/birthDate')}
        label="Fødselsdato"
        value={values.birthDate}
        onChange={(birthDate) => change({ birthDate })}
        latestYear={thisYear}
      />
      <OneOf
        {...field('/gender')}
        legend="Kjønn"
        options={genders}
        value={values.gender}
        onChange={(gender) => change({ gender })}
      />
      <WhyWeAsk about="alder og kjønn">
        Noen botilbud tar bare imot en aldersgruppe eller ett kjønn. Mangler svaret, utelukker vi ingen plasser, men
        sier at vi ikke vet.
      </WhyWeAsk>
      <OneOf
        {...field('/addressProtection')}
        legend="Har personen beskyttet adresse?"
        options={addressProtections}
        value={values.addressProtection}
        onChange={(addressProtection) => change({ addressProtection })}
      />
    </VStack>
  )
}

function Household({ values, change, field }: Props) {
  return (
    <VStack gap="space-24">
      <Heading level="2" size="small">
        Husstanden
      </Heading>
      <Select
        {...field('/household/adults')}
        label="Voksne som skal bo sammen"
        className="narrow"
        value={values.adults}
        onChange={(event) => change({ adults: Number(event.target.value) })}
      >
        {[1, 2, 3, 4, 5, 6].map((count) => (
          <option key={count} value={count}>
            {count}
          </option>
        ))}
      </Select>
      <ChildrenField items={values.children} onChange={(children) => change({ children })} field={field} />
      <OneOf
        {...field('/household/pets')}
        legend="Har personen dyr?"
        options={petAnswers}
        value={values.pets}
        onChange={(pets) => change({ pets })}
      />
      <WhyWeAsk about="barn og dyr">
        Boligen må være stor nok, og noen hus tar ikke imot barn eller dyr. Barn som bor i midlertidig botilbud, gjør at
        saken haster mer.
      </WhyWeAsk>
    </VStack>
  )
}

function Contact({ values, change, field }: Props) {
  const { vocabulary } = useReference()
  const thisYear = Number(useToday().slice(0, 4))
  return (
    <VStack gap="space-24">
      <Heading level="2" size="small">
        Samtalen og oppfølgingen
      </Heading>
      <Select
        {...field('/language')}
        label="Språk"
        className="narrow"
        value={values.language}
        onChange={(event) => {
          const chosen = vocabulary.languages.find(({ tag }) => tag === event.target.value)
          if (chosen !== undefined) change({ language: chosen.tag as PersonValues['language'] })
        }}
      >
        {vocabulary.languages.map(({ tag, name }) => (
          <option key={tag} value={tag}>
            {name}
          </option>
        ))}
      </Select>
      <Checkbox checked={values.interpreter} onChange={(event) => change({ interpreter: event.target.checked })}>
        Trenger tolk
      </Checkbox>
      <TextField
        {...field('/phone')}
        label="Telefon (kan stå tomt)"
        inputMode="tel"
        autoComplete="off"
        htmlSize={16}
        value={values.phone ?? ''}
        onChange={(event) => change({ phone: event.target.value === '' ? null : event.target.value })}
      />
      <TextField
        {...field('/contactPerson')}
        label="Fast kontaktperson (kan fylles ut senere)"
        description="Den ansatte som personen alltid kan forholde seg til."
        autoComplete="off"
        value={values.contactPerson ?? ''}
        onChange={(event) => change({ contactPerson: event.target.value === '' ? null : event.target.value })}
      />
      <DayField
        {...field('/individualPlanOfferedOn')}
        label="Når ble individuell plan tilbudt? (kan stå tomt)"
        value={values.individualPlanOfferedOn}
        onChange={(individualPlanOfferedOn) => change({ individualPlanOfferedOn })}
        latestYear={thisYear}
      />
      {values.individualPlanOfferedOn !== null && (
        <>
          <OneOf
            {...field('/individualPlanAnswer')}
            legend="Hva svarte personen på tilbudet om individuell plan?"
            options={planAnswers}
            value={values.individualPlanAnswer}
            onChange={(individualPlanAnswer) =>
              change(
                individualPlanAnswer === null
                  ? { individualPlanAnswer, individualPlanAnsweredOn: null }
                  : { individualPlanAnswer },
              )
            }
          />
          {values.individualPlanAnswer !== null && (
            <DayField
              {...field('/individualPlanAnsweredOn')}
              label="Når svarte personen?"
              value={values.individualPlanAnsweredOn}
              onChange={(individualPlanAnsweredOn) => change({ individualPlanAnsweredOn })}
              latestYear={thisYear}
            />
          )}
        </>
      )}
      <WhyWeAsk about="kontaktperson og individuell plan">
        Begge deler er en rett for den som trenger hjelp over tid. De vises i saken, men stopper ingenting: behovet går
        videre uansett.
      </WhyWeAsk>
    </VStack>
  )
}
