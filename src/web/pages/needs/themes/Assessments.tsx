import { BodyLong, BodyShort, Heading, VStack } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { assessmentsQuery } from '../../../api/needs.ts'
import type { Assessment } from '../../../api/types.ts'
import { RecordsPage } from '../../../form/RecordsPage.tsx'
import { WhyWeAsk } from '../../../form/WhyWeAsk.tsx'
import { ago, dayInWords } from '../../../ui/days.ts'
import { useReference } from '../../../ui/names.ts'
import { useToday } from '../../../ui/useToday.ts'
import { NewAssessmentForm } from '../NewAssessmentForm.tsx'
import type { ThemeProps } from '../themeProps.ts'

/** The assessments of a need, newest first, and a new one. None is ever overwritten. */
export function AssessmentsTheme({ need, frame }: ThemeProps) {
  const { data: assessments } = useSuspenseQuery(assessmentsQuery(need.value.id))
  return (
    <RecordsPage {...frame}>
      <WhyWeAsk about="kartlegging">
        Behov endrer seg. En gammel kartlegging kan gi feil bolig, så den må være ny nok før saken henvises. Svarene her
        utelukker ingen plasser. Det som skal telle, står under «Hva huset må kunne ta imot».
      </WhyWeAsk>
      {assessments.length === 0 ? (
        <BodyLong>Ingen kartlegging er registrert ennå.</BodyLong>
      ) : (
        <VStack as="section" gap="space-16" aria-label="Kartlegginger">
          {assessments.map((assessment) => (
            <OneAssessment key={assessment.id} assessment={assessment} />
          ))}
        </VStack>
      )}
      <NewAssessmentForm needId={need.value.id} />
    </RecordsPage>
  )
}

function OneAssessment({ assessment }: { assessment: Assessment }) {
  const { vocabulary } = useReference()
  const today = useToday()
  const areas = new Map(Object.entries(assessment.lifeAreas))
  const assessed = vocabulary.lifeAreas.flatMap(({ id, name }) => {
    const value = areas.get(id)
    return value === undefined ? [] : [`${name} ${value}`]
  })
  return (
    <div className="record">
      <Heading level="2" size="xsmall">
        Kartlagt {dayInWords(assessment.assessedOn)} ({ago(assessment.assessedOn, today)})
      </Heading>
      <BodyShort size="small">Av {assessment.assessedBy}</BodyShort>
      {assessed.length > 0 && <BodyShort>BrukerPlan, 1 til 5: {assessed.join(', ')}</BodyShort>}
      {assessment.livingSkills !== null && <BodyLong>Bo-evne: {assessment.livingSkills}</BodyLong>}
      {assessment.livingTraining !== null && <BodyLong>Bo-trening: {assessment.livingTraining}</BodyLong>}
      {assessment.careTrack !== null && (
        <BodyShort size="small">Hovedforløp {assessment.careTrack} (bare til statistikk)</BodyShort>
      )}
    </div>
  )
}
