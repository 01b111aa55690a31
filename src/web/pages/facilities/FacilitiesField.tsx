import { BodyShort, Button, Fieldset, HStack, VStack } from '@navikt/ds-react'
import { useQueries } from '@tanstack/react-query'
import { type ReactNode, useRef } from 'react'
import { facilityQuery } from '../../api/inventory.ts'
import type { Facility } from '../../api/types.ts'
import type { FieldProps } from '../../form/fields.ts'
import { FacilitySearch } from './FacilitySearch.tsx'

type Props = FieldProps & {
  legend: string
  description: string
  /** What the button of a hit says before the facility's name, such as «Velg bort». */
  action: string
  /** Whether a facility can be found; absent: every one. */
  among?: (facility: Facility) => boolean
  chosen: string[]
  onChange(chosen: string[]): void
  /** Below the search. */
  children?: ReactNode
}

/** Facilities that are left out of something: those that are chosen, and a search for more. */
export function FacilitiesField({
  id,
  error,
  legend,
  description,
  action,
  among = () => true,
  chosen,
  onChange,
  children,
}: Props) {
  const facilities = useQueries({ queries: chosen.map((facility) => facilityQuery(facility)) })
  const fieldset = useRef<HTMLFieldSetElement>(null)
  const nameOf = (facility: string) => facilities.find(({ data }) => data?.id === facility)?.data?.name ?? 'Et botilbud'

  return (
    <Fieldset ref={fieldset} tabIndex={-1} id={id} error={error} legend={legend} description={description}>
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
          action={action}
          among={(facility) => !chosen.includes(facility.id) && among(facility)}
          onChoose={({ id: facility }) => onChange([...chosen, facility])}
        />
        {children}
      </VStack>
    </Fieldset>
  )
}
