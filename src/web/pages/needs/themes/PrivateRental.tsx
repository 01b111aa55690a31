import { BodyLong, Textarea } from '@navikt/ds-react'
import { OneOf } from '../../../form/Choices.tsx'
import { DayField } from '../../../form/DayField.tsx'
import { ThemePage } from '../../../form/ThemePage.tsx'
import { WhyWeAsk } from '../../../form/WhyWeAsk.tsx'
import { useToday } from '../../../ui/useToday.ts'
import { privateRentalAnswers } from '../privateRental.ts'
import type { ThemeProps } from '../themeProps.ts'
import { asksForMunicipalHome } from '../themes.ts'
import { useNeedForm } from '../useNeedForm.ts'

/** Private rental is considered before a municipal home is offered. */
export function PrivateRentalTheme({ need, frame }: ThemeProps) {
  const form = useNeedForm(need, ['privateRental', 'privateRentalReason', 'privateRentalConsideredOn'])
  const year = Number(useToday().slice(0, 4))
  const { values, change, field } = form

  if (!asksForMunicipalHome(need.value)) {
    return (
      <ThemePage {...frame} form={form}>
        <BodyLong>
          Dette trengs ikke. Ingen kommunal bolig er blant boligformene, og da skal ikke privat leie vurderes først.
        </BodyLong>
      </ThemePage>
    )
  }
  return (
    <ThemePage {...frame} form={form}>
      <OneOf
        {...field('/privateRental')}
        legend="Kan personen leie privat?"
        description="Tenk på bostøtte, garanti for depositum, tilvisningsavtaler og oppfølging i boligen."
        options={privateRentalAnswers}
        value={values.privateRental}
        onChange={(privateRental) => change({ privateRental })}
      />
      {values.privateRental !== 'not_considered' && (
        <>
          <Textarea
            {...field('/privateRentalReason')}
            label={values.privateRental === 'overridden' ? 'Hvorfor går dere videre?' : 'Begrunnelse (kan stå tomt)'}
            maxLength={2000}
            value={values.privateRentalReason ?? ''}
            onChange={(event) => change({ privateRentalReason: event.target.value === '' ? null : event.target.value })}
          />
          <DayField
            {...field('/privateRentalConsideredOn')}
            label="Når ble det vurdert?"
            value={values.privateRentalConsideredOn}
            onChange={(privateRentalConsideredOn) => change({ privateRentalConsideredOn })}
            latestYear={year}
          />
        </>
      )}
      <WhyWeAsk about="privat leie">
        Muligheten for å leie privat skal være vurdert før en kommunal bolig tilbys. Mangler vurderingen, kan behovet
        registreres og kommunale boliger vises, men ikke tilbys.
      </WhyWeAsk>
    </ThemePage>
  )
}
