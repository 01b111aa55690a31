import { Textarea } from '@navikt/ds-react'
import { ThemePage } from '../../../form/ThemePage.tsx'
import { WhyWeAsk } from '../../../form/WhyWeAsk.tsx'
import type { ThemeProps } from '../themeProps.ts'
import { useNeedForm } from '../useNeedForm.ts'

/** The person's own words. They decide nothing by themselves, and nobody counts them. */
export function WhatMattersTheme({ need, frame }: ThemeProps) {
  const form = useNeedForm(need, ['whatMatters'])
  return (
    <ThemePage {...frame} form={form}>
      <Textarea
        {...form.field('/whatMatters')}
        label="Hva er viktig for deg?"
        description="Skriv med personens egne ord. Skriv ikke om diagnoser."
        minRows={5}
        maxLength={4000}
        value={form.values.whatMatters ?? ''}
        onChange={(event) => form.change({ whatMatters: event.target.value === '' ? null : event.target.value })}
      />
      <WhyWeAsk about="hva som er viktig">
        Den som velger mellom plasser, skal vite hva personen selv legger vekt på. Teksten brukes ikke i rangeringen.
        Det som skal telle, må også stå som krav eller ønske.
      </WhyWeAsk>
    </ThemePage>
  )
}
