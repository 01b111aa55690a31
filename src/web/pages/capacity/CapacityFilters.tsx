import { BodyShort, Button, Checkbox, CheckboxGroup, HStack, ReadMore, Select } from '@navikt/ds-react'
import { useNavigate } from '@tanstack/react-router'
import { DayField } from '../../form/DayField.tsx'
import { paths } from '../../paths.ts'
import { useReference } from '../../ui/names.ts'
import { PrintButton } from '../../ui/PrintButton.tsx'
import { DistrictSelect, FormSelect } from '../../ui/ReferenceSelects.tsx'
import { useToday } from '../../ui/useToday.ts'
import { FacilitySearch } from '../facilities/FacilitySearch.tsx'
import { type CapacitySearch, months, USUAL_MONTHS } from './search.ts'

/** A day's figures may be asked for so far ahead. */
const YEARS_AHEAD = 20

/** What the page is of. All of it stands in the address. */
export function CapacityFilters({ search, facility }: { search: CapacitySearch; facility: string | undefined }) {
  const today = useToday()
  const navigate = useNavigate()
  const { vocabulary, forms } = useReference()
  const steps = [...new Map(forms.map(({ step, stepName }) => [step, stepName]))]
  const features = search.egenskaper === undefined ? [] : search.egenskaper.split(',')

  function filter(name: keyof CapacitySearch, value: string | number | undefined) {
    const { [name]: _, ...others } = search
    const next: CapacitySearch = value === undefined || value === '' ? others : { ...others, [name]: value }
    void navigate({ to: paths.capacity, search: next, replace: true, resetScroll: false })
  }

  return (
    <search aria-label="Filtre" className="stack no-print">
      <HStack gap="space-16" align="end">
        <DayField
          id="felt-dag"
          error={undefined}
          size="small"
          label="Dag"
          value={search.dag ?? today}
          onChange={(day) => filter('dag', day === today ? undefined : (day ?? undefined))}
          latestYear={Number(today.slice(0, 4)) + YEARS_AHEAD}
        />
        <DistrictSelect value={search.bydel ?? ''} onChange={(code) => filter('bydel', code)} />
        <Select
          label="Trinn"
          size="small"
          value={search.trinn ?? ''}
          onChange={({ target }) => filter('trinn', target.value === '' ? undefined : Number(target.value))}
        >
          <option value="">Alle</option>
          {steps.map(([step, name]) => (
            <option key={step} value={step}>
              {step}: {name}
            </option>
          ))}
        </Select>
        <FormSelect value={search.boligform ?? ''} onChange={(id) => filter('boligform', id)} />
        <Select
          label="Del på"
          size="small"
          value={search.del ?? ''}
          onChange={({ target }) => filter('del', target.value)}
        >
          <option value="">Boligform</option>
          <option value="bydel">Bydel</option>
          <option value="botilbud">Botilbud</option>
          <option value="egenskaper">Egenskaper</option>
        </Select>
        <Select
          label="Flytting og ventetid"
          size="small"
          value={search.mnd ?? USUAL_MONTHS}
          onChange={({ target }) => {
            const count = Number(target.value)
            filter('mnd', count === USUAL_MONTHS ? undefined : count)
          }}
        >
          {months.map((count) => (
            <option key={count} value={count}>
              Siste {count} måneder
            </option>
          ))}
        </Select>
        <PrintButton />
      </HStack>
      {search.bosted !== undefined && (
        <HStack gap="space-16" align="center">
          <BodyShort>Bare {facility ?? 'ett botilbud'}.</BodyShort>
          <Button type="button" size="small" variant="tertiary" onClick={() => filter('bosted', undefined)}>
            Vis alle botilbud
          </Button>
        </HStack>
      )}
      <ReadMore
        size="small"
        header="Flere valg: ett botilbud, eller plasser med bestemte egenskaper"
        defaultOpen={search.egenskaper !== undefined}
      >
        <div className="stack">
          <FacilitySearch label="Finn botilbud" action="Vis bare" onChoose={({ id }) => filter('bosted', id)} />
          <CheckboxGroup
            size="small"
            legend="Bare plasser med alle disse egenskapene"
            value={features}
            onChange={(chosen: string[]) => filter('egenskaper', chosen.join(','))}
          >
            <div className="capacity__features">
              {vocabulary.placeFeatures.map(({ id, name }) => (
                <Checkbox key={id} value={id}>
                  {name}
                </Checkbox>
              ))}
            </div>
          </CheckboxGroup>
        </div>
      </ReadMore>
    </search>
  )
}
