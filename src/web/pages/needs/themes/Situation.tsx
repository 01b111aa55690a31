import { Alert, BodyLong, Heading, Select, VStack } from '@navikt/ds-react'
import type { Need } from '../../../api/types.ts'
import { ManyOf } from '../../../form/Choices.tsx'
import { DayField } from '../../../form/DayField.tsx'
import { ThemePage } from '../../../form/ThemePage.tsx'
import { WhyWeAsk } from '../../../form/WhyWeAsk.tsx'
import { useReference } from '../../../ui/names.ts'
import { useToday } from '../../../ui/useToday.ts'
import type { ThemeProps } from '../themeProps.ts'
import { useNeedForm } from '../useNeedForm.ts'

type Ground = Need['urgencyGrounds'][number]
type Origin = NonNullable<Need['origin']>

const institutions: readonly (Origin | null)[] = ['vel', 'private_institution', 'long_term_home']

/** Where the person is, since when, and what makes it urgent. */
export function SituationTheme({ need, frame }: ThemeProps) {
  const { vocabulary, districts } = useReference()
  const today = useToday()
  const year = Number(today.slice(0, 4))
  const form = useNeedForm(need, [
    'origin',
    'situationSince',
    'urgencyGrounds',
    'mustLeaveBy',
    'readyToMoveOnSince',
    'responsibleDistrict',
    'stayDistrict',
  ])
  const { values, change, field } = form
  const districtOptions = districts.map(({ code, name }) => (
    <option key={code} value={code}>
      {name}
    </option>
  ))

  return (
    <ThemePage {...frame} form={form}>
      <Select
        {...field('/origin')}
        label="Hvor er personen nå?"
        value={values.origin ?? ''}
        onChange={(event) => {
          const chosen = vocabulary.origins.find(({ id }) => id === event.target.value)
          change({ origin: (chosen?.id ?? null) as Origin | null })
        }}
      >
        <option value="">Velg</option>
        {vocabulary.origins.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <DayField
        {...field('/situationSince')}
        label="Siden når?"
        value={values.situationSince}
        onChange={(situationSince) => change({ situationSince })}
        latestYear={year}
      />
      <DayField
        {...field('/mustLeaveBy')}
        label="Må være ute innen (kan stå tomt)"
        value={values.mustLeaveBy}
        onChange={(mustLeaveBy) => change({ mustLeaveBy })}
        latestYear={year + 10}
      />
      {(institutions.includes(values.origin) || values.readyToMoveOnSince !== null) && (
        <DayField
          {...field('/readyToMoveOnSince')}
          label="Klar for å flytte videre siden (kan stå tomt)"
          value={values.readyToMoveOnSince}
          onChange={(readyToMoveOnSince) => change({ readyToMoveOnSince })}
          latestYear={year}
        />
      )}
      <VStack gap="space-16">
        <Heading level="2" size="small">
          Hva gjør at det haster?
        </Heading>
        <Alert variant="info" size="small" inline>
          {vocabulary.urgencyNotice}
        </Alert>
        <BodyLong size="small">
          Kryss av for det som gjelder. Det som følger av datoene og av hvor personen er, tar vi med av oss selv.
        </BodyLong>
        {vocabulary.urgencyClasses
          .filter(({ grounds }) => grounds.some(({ id }) => id !== 'other'))
          .map(({ number, name, grounds }) => (
            <ManyOf
              key={number}
              {...field(`/urgencyGrounds/${number}`)}
              legend={`Klasse ${number}: ${name}`}
              options={grounds.map((ground) => ({ value: ground.id as Ground, label: ground.name }))}
              value={values.urgencyGrounds.filter((chosen) => grounds.some(({ id }) => id === chosen))}
              onChange={(chosen) =>
                change({
                  urgencyGrounds: [
                    ...values.urgencyGrounds.filter((kept) => !grounds.some(({ id }) => id === kept)),
                    ...chosen,
                  ],
                })
              }
            />
          ))}
        <WhyWeAsk about="hva som haster">
          Grunnene bestemmer hvilken klasse saken står i. Innen en klasse går den foran som har hatt det slik lengst.
          Diagnose og hovedforløp teller aldri.
        </WhyWeAsk>
      </VStack>
      <Select
        {...field('/responsibleDistrict')}
        label="Ansvarlig bydel"
        description="Er det uavklart, holder din bydel saken, og fristen løper hos dere."
        value={values.responsibleDistrict ?? ''}
        onChange={(event) => change({ responsibleDistrict: event.target.value === '' ? null : event.target.value })}
      >
        <option value="">Uavklart</option>
        {districtOptions}
      </Select>
      <Select
        {...field('/stayDistrict')}
        label="Oppholdsbydel, hvis det er en annen (kan stå tomt)"
        value={values.stayDistrict ?? ''}
        onChange={(event) => change({ stayDistrict: event.target.value === '' ? null : event.target.value })}
      >
        <option value="">Samme som ansvarlig bydel</option>
        {districtOptions}
      </Select>
      <WhyWeAsk about="bydel">
        Ansvarlig bydel fatter vedtaket. Mange plasser er bare for innbyggere i bestemte bydeler, så svaret avgjør også
        hvilke plasser som kan passe.
      </WhyWeAsk>
    </ThemePage>
  )
}
