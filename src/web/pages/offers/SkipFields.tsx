import { Textarea } from '@navikt/ds-react'
import { OneOf } from '../../form/Choices.tsx'
import type { FieldProps } from '../../form/fields.ts'
import { inText } from '../../ui/inText.ts'
import { useReference } from '../../ui/names.ts'
import type { OfferDraft } from './draft.ts'

type Props = {
  question: 'none' | 'may' | 'must'
  needed: string | undefined
  given: string
  draft: OfferDraft
  field(pointer: string): FieldProps
  onChange(patch: Partial<OfferDraft>): void
}

/** Why another form is given than the one needed: by choice, or because the right one has no room. The latter is shortfall. */
export function SkipFields({ question, needed, given, draft, field, onChange }: Props) {
  const { names } = useReference()
  if (question === 'none' || needed === undefined) return null
  const chosen = question === 'may' ? (draft.skip ?? 'none') : draft.skip === 'none' ? undefined : draft.skip
  return (
    <>
      <OneOf
        {...field('/skip')}
        legend={`${names.form(given)} er en annen boligform enn ${inText(names.form(needed))}, som behovet setter først`}
        options={[
          ...(question === 'may'
            ? [
                {
                  value: 'none' as const,
                  label: 'Behovet sier at denne boligformen også passer',
                  description:
                    'Passer ingen ledig plass i den andre, telles det likevel som mangel på plass når personen takker ja.',
                },
              ]
            : []),
          {
            value: 'chosen' as const,
            label: 'Det er valgt',
            description: 'Denne boligformen er bedre for personen nå.',
          },
          {
            value: 'forced' as const,
            label: 'Det er fordi den andre mangler ledig plass',
            description: 'Telles som mangel på plass når personen takker ja.',
          },
        ]}
        value={chosen}
        onChange={(skip) => onChange({ skip })}
      />
      {(chosen === 'chosen' || chosen === 'forced') && (
        <Textarea
          {...field('/skipReason')}
          className="full readable"
          label="Hvorfor?"
          maxLength={2000}
          value={draft.skipReason}
          onChange={(event) => onChange({ skipReason: event.target.value })}
        />
      )}
    </>
  )
}
