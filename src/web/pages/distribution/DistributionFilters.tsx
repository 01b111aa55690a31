import { BodyShort, Button, HStack, Select, TextField } from '@navikt/ds-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Distribution } from '../../api/distribution.ts'
import { paths } from '../../paths.ts'
import { useReference } from '../../ui/names.ts'
import { inNumbers } from '../../ui/numbers.ts'
import { type DistributionSearch, readWeight } from './search.ts'

/** What is compared, and how much each indicator weighs. All of it stands in the address. */
export function DistributionFilters({ search, data }: { search: DistributionSearch; data: Distribution }) {
  const navigate = useNavigate()
  const { forms } = useReference()
  const [typed, setTyped] = useState(data.indicators.map(({ weight }) => inNumbers(weight)))
  const [tried, setTried] = useState(false)
  const wrong = typed.map((text) => readWeight(text) === undefined)
  const nothing = !wrong.includes(true) && typed.every((text) => readWeight(text) === 0)
  const go = (next: DistributionSearch) =>
    void navigate({ to: paths.distribution, search: next, replace: true, resetScroll: false })

  function weigh() {
    setTried(true)
    if (wrong.includes(true) || nothing) return
    go({ ...search, vekter: typed.map((text) => String(readWeight(text))).join('-') })
  }

  return (
    <search aria-label="Filtre" className="stack">
      <HStack gap="space-16" align="end">
        <Select
          label="Boliger"
          size="small"
          value={search.grunnlag ?? ''}
          onChange={({ target }) => {
            const { grunnlag: _, boligform: __, ...rest } = search
            go(target.value === 'register' ? { ...rest, grunnlag: 'register' } : rest)
          }}
        >
          <option value="">Publisert tabell (HEL008)</option>
          <option value="register">Registeret i dag</option>
        </Select>
        {search.grunnlag === 'register' && (
          <Select
            label="Boligform"
            size="small"
            value={search.boligform ?? ''}
            onChange={({ target }) => {
              const { boligform: _, ...rest } = search
              go(target.value === '' ? rest : { ...rest, boligform: target.value })
            }}
          >
            <option value="">Samlokalisert og omsorgsbolig</option>
            {forms
              .filter(({ isPlace }) => isPlace)
              .map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
          </Select>
        )}
        <Button type="button" size="small" variant="secondary" onClick={() => window.print()}>
          Skriv ut
        </Button>
      </HStack>
      <form
        noValidate
        className="full"
        onSubmit={(event) => {
          event.preventDefault()
          weigh()
        }}
      >
        <fieldset className="weights">
          <legend>Hvor mye hvert tall teller, fra 0 til 10</legend>
          {data.indicators.map(({ series, title, leftOut }, at) => (
            <TextField
              key={series}
              label={title}
              size="small"
              inputMode="decimal"
              htmlSize={5}
              autoComplete="off"
              value={typed[at] ?? ''}
              description={leftOut === null ? undefined : 'Teller ikke: byens tall kan ikke leses.'}
              error={tried && wrong[at] ? 'Skriv et tall fra 0 til 10.' : undefined}
              onChange={({ target }) => setTyped(typed.map((text, n) => (n === at ? target.value : text)))}
            />
          ))}
        </fieldset>
        {tried && nothing && (
          <BodyShort role="alert" size="small">
            Minst ett tall må telle mer enn 0.
          </BodyShort>
        )}
        <Button type="submit" size="small" variant="secondary">
          Bruk vektene
        </Button>
      </form>
    </search>
  )
}
