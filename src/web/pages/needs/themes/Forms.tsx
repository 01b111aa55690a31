import { Alert, BodyLong, Heading, VStack } from '@navikt/ds-react'
import type { HousingForm, PlaceForm } from '../../../api/types.ts'
import { ManyOf } from '../../../form/Choices.tsx'
import { DayField } from '../../../form/DayField.tsx'
import { fieldId } from '../../../form/fields.ts'
import { OrderedList } from '../../../form/OrderedList.tsx'
import { ThemePage } from '../../../form/ThemePage.tsx'
import { WhyWeAsk } from '../../../form/WhyWeAsk.tsx'
import { useReference } from '../../../ui/names.ts'
import { useToday } from '../../../ui/useToday.ts'
import { LiveCount } from '../../matches/LiveCount.tsx'
import type { ThemeProps } from '../themeProps.ts'
import { useNeedForm } from '../useNeedForm.ts'

/** Which housing forms the person needs, in order of preference. */
export function FormsTheme({ need, frame }: ThemeProps) {
  const { forms, names } = useReference()
  const form = useNeedForm(need, ['forms', 'serviceDecisionOn'])
  const { values, change, field } = form
  const year = Number(useToday().slice(0, 4))
  const asksForDecision = need.value.readiness.some(({ id }) => id === 'service_decision')

  function choose(step: HousingForm[], chosen: PlaceForm[]) {
    const ofStep = new Set(step.map(({ id }) => id))
    // What was chosen before keeps its place; what is new comes last.
    const kept = values.forms.filter((id) => !ofStep.has(id) || chosen.includes(id))
    change({ forms: [...kept, ...chosen.filter((id) => !kept.includes(id))] })
  }

  return (
    <ThemePage {...frame} form={form} aside={<LiveCount need={need.value} typed={{ forms: values.forms }} />}>
      <Alert variant="info" size="small">
        Boligtrappen er et kart over det som finnes, ikke en trapp å gjøre seg fortjent til. En person kan gå rett til
        egen bolig.
      </Alert>
      {values.forms.length > 0 && (
        <OrderedList<PlaceForm>
          label="Valgt, det beste først"
          items={values.forms}
          nameOf={names.form}
          onChange={(ordered) => change({ forms: ordered })}
        />
      )}
      <VStack gap="space-24" id={fieldId('/forms')}>
        <Heading level="2" size="small">
          Hvilke boligformer kan dekke behovet?
        </Heading>
        {stepsOf(forms).map(({ name, step }) => (
          <ManyOf
            key={name}
            id={fieldId(`/forms/${name}`)}
            error={undefined}
            legend={name}
            options={step.map(({ id, name: label, note }) => ({
              value: id as PlaceForm,
              label,
              ...(note === null ? {} : { description: note }),
            }))}
            value={values.forms.filter((id) => step.some((candidate) => candidate.id === id))}
            onChange={(chosen) => choose(step, chosen)}
          />
        ))}
      </VStack>
      <WhyWeAsk about="boligform">
        Vi leter bare etter plasser i de formene du velger, og viser det beste valget først. Får personen en annen form
        fordi den rette er full, skal det stå i saken. Slik synes mangelen.
      </WhyWeAsk>
      {(asksForDecision || values.serviceDecisionOn !== null) && (
        <VStack gap="space-12">
          <DayField
            {...field('/serviceDecisionOn')}
            label="Dato for vedtaket om tjenester (kan fylles ut senere)"
            value={values.serviceDecisionOn}
            onChange={(serviceDecisionOn) => change({ serviceDecisionOn })}
            latestYear={year}
          />
          <BodyLong size="small">
            Leiekontrakten gir boligen, vedtaket gir hjelpen. Uten vedtak kan plassen tilbys, men innflyttingen må
            vente.
          </BodyLong>
        </VStack>
      )}
    </ThemePage>
  )
}

function stepsOf(forms: HousingForm[]): { name: string; step: HousingForm[] }[] {
  const places = forms.filter(({ isPlace }) => isPlace)
  return [...Map.groupBy(places, ({ stepName }) => stepName)].map(([name, step]) => ({ name, step }))
}
