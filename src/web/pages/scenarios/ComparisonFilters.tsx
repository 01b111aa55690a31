import { HStack, Select } from '@navikt/ds-react'
import { useNavigate } from '@tanstack/react-router'
import type { Comparison } from '../../api/scenarios.ts'
import { paths } from '../../paths.ts'
import { useReference } from '../../ui/names.ts'
import { PrintButton } from '../../ui/PrintButton.tsx'
import { districtsOf } from './districts.ts'
import { type ComparisonSearch, readComparisonSearch } from './search.ts'

/** What is counted, where and of which form: all of it stands in the address, so that sharing it shares what is seen. */
export function ComparisonFilters({ search, comparison }: { search: ComparisonSearch; comparison: Comparison }) {
  const navigate = useNavigate()
  const { forms, districts, vocabulary } = useReference()
  const show = (change: Record<string, string>) =>
    void navigate({
      to: paths.comparison,
      params: { id: comparison.id },
      search: readComparisonSearch({ ...search, ...change }),
      replace: true,
      resetScroll: false,
    })
  return (
    <search aria-label="Filtre" className="no-print">
      <HStack gap="space-16" align="end">
        <Select
          label="Vis"
          size="small"
          value={search.maal ?? 'queue'}
          onChange={({ target }) => show({ maal: target.value })}
        >
          {vocabulary.forecastMeasures.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <Select
          label="Bydel"
          size="small"
          value={search.bydel ?? ''}
          onChange={({ target }) => show({ bydel: target.value })}
        >
          <option value="">Hele byen</option>
          {districtsOf(comparison, districts).map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </Select>
        <Select
          label="Boligform"
          size="small"
          value={search.boligform ?? 'all'}
          onChange={({ target }) => show({ boligform: target.value })}
        >
          {vocabulary.forecastTotals.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
          {forms
            .filter(({ isPlace }) => isPlace)
            .map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
        </Select>
        <PrintButton />
      </HStack>
    </search>
  )
}
