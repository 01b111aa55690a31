import { BodyShort, Button, Fieldset, HStack, VStack } from '@navikt/ds-react'
import { useQueries } from '@tanstack/react-query'
import { useRef } from 'react'
import { facilityQuery } from '../../api/inventory.ts'
import type { FieldProps } from '../../form/fields.ts'
import { WhyWeAsk } from '../../form/WhyWeAsk.tsx'
import { FacilitySearch } from './FacilitySearch.tsx'

type Props = FieldProps & { chosen: string[]; onChange(chosen: string[]): void }

/** Facilities that the person says no to. */
export function FacilitiesField({ id, error, chosen, onChange }: Props) {
  const facilities = useQueries({ queries: chosen.map((facility) => facilityQuery(facility)) })
  const fieldset = useRef<HTMLFieldSetElement>(null)
  const nameOf = (facility: string) => facilities.find(({ data }) => data?.id === facility)?.data?.name ?? 'Et botilbud'

  return (
    <Fieldset
      ref={fieldset}
      tabIndex={-1}
      id={id}
      error={error}
      legend="Botilbud personen ikke vil bo i"
      description="Utelukker alle plasser der."
    >
      <VStack gap="space-12">
        {chosen.length > 0 && (
          <ul className="plain-list">
            {chosen.map((facility) => (
              <li key={facility}>
                <HStack gap="space-16" align="center">
                  <BodyShort>{nameOf(facility)}</BodyShort>
                  <Button
                    type="button"
                    size="small"
                    variant="tertiary"
                    onClick={() => {
                      onChange(chosen.filter((other) => other !== facility))
                      fieldset.current?.focus()
                    }}
                  >
                    Fjern<span className="aksel-sr-only"> {nameOf(facility)}</span>
                  </Button>
                </HStack>
              </li>
            ))}
          </ul>
        )}
        <FacilitySearch
          label="Finn botilbud"
          action="Velg bort"
          except={chosen}
          onChoose={({ id: facility }) => onChange([...chosen, facility])}
        />
        <WhyWeAsk about="botilbud personen sier nei til">
          Personen kan si nei til et sted. Det har ingen betydning for plassen i køen.
        </WhyWeAsk>
      </VStack>
    </Fieldset>
  )
}
