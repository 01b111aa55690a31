import { BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { rulesQuery } from '../../api/reference.ts'
import { useMay } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { rulesInWords } from './startWords.ts'

/** How many rules are in force, and how many of them nobody has confirmed. */
export function RulesInShort() {
  const may = useMay()
  const { data: rules } = useSuspenseQuery(rulesQuery)
  return (
    <section className="stack" aria-labelledby="regler-kort">
      <Heading id="regler-kort" level="2" size="medium">
        Regler
      </Heading>
      <BodyShort>
        {rulesInWords(rules)} <RouteLink to={paths.rules}>Se reglene og kildene</RouteLink>
      </BodyShort>
      {may('confirm_rules') && rules.some(({ checked }) => !checked) && (
        <BodyShort>
          <RouteLink to={paths.rules} search={{ vis: 'ikke-kontrollert' }}>
            Bekreft reglene som ikke er kontrollert
          </RouteLink>
        </BodyShort>
      )}
    </section>
  )
}
