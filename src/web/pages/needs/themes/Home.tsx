import { BodyLong, Heading, Select, VStack } from '@navikt/ds-react'
import type { Need, PlaceFeature } from '../../../api/types.ts'
import { DayField } from '../../../form/DayField.tsx'
import { fieldId } from '../../../form/fields.ts'
import { ThemePage } from '../../../form/ThemePage.tsx'
import type { AutosavedForm } from '../../../form/useAutosave.ts'
import { WhyWeAsk } from '../../../form/WhyWeAsk.tsx'
import { useReference } from '../../../ui/names.ts'
import { useToday } from '../../../ui/useToday.ts'
import { FacilitiesField } from '../../facilities/FacilitiesField.tsx'
import { LiveCount } from '../../matches/LiveCount.tsx'
import { type Attraction, attractionOf, type Strength, strengthOf, withAttraction, withStrength } from '../strength.ts'
import type { ThemeProps } from '../themeProps.ts'
import { useNeedForm } from '../useNeedForm.ts'

const fields = [
  'requiredFeatures',
  'wantedFeatures',
  'wantedDistricts',
  'excludedDistricts',
  'excludedFacilities',
  'neededDuring',
] as const

type HomeForm = AutosavedForm<Pick<Need, (typeof fields)[number]>>

/** What the home must have, what is wished for, where, and when. */
export function HomeTheme({ need, frame }: ThemeProps) {
  const form = useNeedForm(need, fields)
  return (
    <ThemePage {...frame} form={form} aside={<LiveCount need={need.value} typed={form.values} />}>
      <Features form={form} />
      <Districts form={form} />
      <FacilitiesField
        {...form.field('/excludedFacilities')}
        legend="Botilbud personen ikke vil bo i"
        description="Utelukker alle plasser der."
        action="Velg bort"
        chosen={form.values.excludedFacilities}
        onChange={(excludedFacilities) => form.change({ excludedFacilities })}
      >
        <WhyWeAsk about="botilbud personen sier nei til">
          Personen kan si nei til et sted. Det har ingen betydning for plassen i køen.
        </WhyWeAsk>
      </FacilitiesField>
      <Window form={form} />
    </ThemePage>
  )
}

function Features({ form }: { form: HomeForm }) {
  const { vocabulary } = useReference()
  const { values, change } = form
  const groups = [...Map.groupBy(vocabulary.placeFeatures, ({ groupName }) => groupName)]

  return (
    <VStack gap="space-16" id={fieldId('/requiredFeatures')}>
      <Heading level="2" size="small">
        Hva boligen må ha, og hva personen ønsker
      </Heading>
      <BodyLong size="small">
        Et krav utelukker alle plasser som ikke oppfyller det. Et ønske avgjør bare rekkefølgen.
      </BodyLong>
      {groups.map(([name, features]) => (
        <fieldset key={name} className="strengths">
          <legend>{name}</legend>
          {features.map((feature) => (
            <Select
              key={feature.id}
              size="small"
              label={feature.name}
              value={strengthOf(values, feature.id as PlaceFeature)}
              onChange={(event) =>
                change(withStrength(values, feature.id as PlaceFeature, event.target.value as Strength))
              }
            >
              <option value="none">Spiller ingen rolle</option>
              <option value="wanted">Ønske</option>
              <option value="required">Krav</option>
            </Select>
          ))}
        </fieldset>
      ))}
      <WhyWeAsk about="krav og ønsker">
        <ul>
          {vocabulary.placeFeatures.map(({ id, name, why }) => (
            <li key={id}>
              {name}: {why}
            </li>
          ))}
        </ul>
      </WhyWeAsk>
    </VStack>
  )
}

function Districts({ form }: { form: HomeForm }) {
  const { districts } = useReference()
  const { values, change, field } = form
  return (
    <VStack gap="space-16" id={field('/wantedDistricts').id}>
      <Heading level="2" size="small">
        Hvor i byen
      </Heading>
      <BodyLong size="small">
        Egen bydel teller alltid som et ønske. «Kan ikke bo her» utelukker alle plasser i bydelen.
      </BodyLong>
      <fieldset className="strengths">
        <legend>Bydeler</legend>
        {districts.map(({ code, name }) => (
          <Select
            key={code}
            size="small"
            label={name}
            value={attractionOf(values, code)}
            onChange={(event) => change(withAttraction(values, code, event.target.value as Attraction))}
          >
            <option value="none">Spiller ingen rolle</option>
            <option value="wanted">Ønsker seg hit</option>
            <option value="excluded">Kan ikke bo her</option>
          </Select>
        ))}
      </fieldset>
      <WhyWeAsk about="hvor i byen">
        Personen kan ha folk å være nær, eller noen å holde seg unna. Du trenger ikke å skrive hvorfor.
      </WhyWeAsk>
    </VStack>
  )
}

function Window({ form }: { form: HomeForm }) {
  const { values, change, field } = form
  const today = useToday()
  const year = Number(today.slice(0, 4)) + 10
  const window = values.neededDuring
  const period = (start: string | null, to: string | null) =>
    start === null && to === null ? null : { from: start ?? today, to }
  const from = field('/neededDuring/from')
  const whole = field('/neededDuring')
  return (
    <VStack gap="space-16" id={whole.id}>
      <Heading level="2" size="small">
        Når personen kan flytte
      </Heading>
      <DayField
        {...from}
        error={from.error ?? whole.error}
        label="Fra og med (står det tomt, regner vi med i dag)"
        value={window?.from ?? null}
        onChange={(day) => change({ neededDuring: period(day, window?.to ?? null) })}
        latestYear={year}
      />
      <DayField
        {...field('/neededDuring/to')}
        label="Senest før (kan stå tomt)"
        value={window?.to ?? null}
        onChange={(day) => change({ neededDuring: period(window?.from ?? null, day) })}
        latestYear={year}
      />
      <WhyWeAsk about="når personen kan flytte">
        En plass må være ledig når personen kan bruke den. Plasser som blir ledige senere i tidsrommet, er også med.
      </WhyWeAsk>
    </VStack>
  )
}
