import { HStack, Select } from '@navikt/ds-react'
import { useNavigate } from '@tanstack/react-router'
import { DayField } from '../../form/DayField.tsx'
import { paths } from '../../paths.ts'
import { DistrictSelect, FormSelect } from '../../ui/ReferenceSelects.tsx'
import { useToday } from '../../ui/useToday.ts'
import { kindNames, type OccupancySearch, spans, USUAL_WEEKS } from './search.ts'

/** What is shown. All of it stands in the address. */
export function Filters({ search }: { search: OccupancySearch }) {
  const today = useToday()
  const navigate = useNavigate()

  function filter(name: keyof OccupancySearch, value: string | number | undefined) {
    const { [name]: _, ...others } = search
    const next: OccupancySearch = value === undefined || value === '' ? others : { ...others, [name]: value }
    void navigate({ to: paths.occupancy, search: next, replace: true, resetScroll: false })
  }

  return (
    <search aria-label="Filtre" className="no-print">
      <HStack gap="space-16" align="end">
        <FormSelect value={search.boligform ?? ''} onChange={(id) => filter('boligform', id)} />
        <DistrictSelect value={search.bydel ?? ''} onChange={(code) => filter('bydel', code)} />
        <Select
          label="Plasser"
          size="small"
          value={search.vis ?? ''}
          onChange={(event) => filter('vis', event.target.value)}
        >
          <option value="">Alle</option>
          {kindNames.map(([kind, name]) => (
            <option key={kind} value={kind}>
              {name}
            </option>
          ))}
        </Select>
        <DayField
          id="felt-fra"
          error={undefined}
          size="small"
          label="Fra dagen"
          value={search.fra ?? today}
          onChange={(day) => filter('fra', day === today ? undefined : (day ?? undefined))}
          latestYear={Number(today.slice(0, 4)) + 10}
        />
        <Select
          label="Hvor lenge"
          size="small"
          value={search.uker ?? USUAL_WEEKS}
          onChange={(event) => {
            const weeks = Number(event.target.value)
            filter('uker', weeks === USUAL_WEEKS ? undefined : weeks)
          }}
        >
          {spans.map((weeks) => (
            <option key={weeks} value={weeks}>
              {weeks === 52 ? 'Ett år' : `${weeks} uker`}
            </option>
          ))}
        </Select>
        <Select
          label="Vis som"
          size="small"
          value={search.som ?? ''}
          onChange={(event) => filter('som', event.target.value)}
        >
          <option value="">Tidslinje</option>
          <option value="tabell">Tabell med ord</option>
        </Select>
      </HStack>
    </search>
  )
}
