import { BodyLong, BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { expansionPlansQuery } from '../../api/expansion.ts'
import { paths } from '../../paths.ts'
import { dayInWords } from '../../ui/days.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { answerInWords, askInWords } from '../expansion/expansionWords.ts'

/** What must be built at least, as the newest calculation has it. */
export function ExpansionInShort() {
  const { data } = useSuspenseQuery(expansionPlansQuery)
  const newest = data.items.find(({ status }) => status === 'completed')
  return (
    <section className="stack" aria-labelledby="utbygging">
      <Heading id="utbygging" level="2" size="medium">
        Hvor det hjelper mest å bygge
      </Heading>
      {newest === undefined || newest.answer === null ? (
        <BodyShort>Ingen har regnet ut hva som må bygges ennå.</BodyShort>
      ) : (
        <BodyLong className="readable">
          {askInWords(newest)}: {answerInWords(newest, newest.answer)} Laget av byen slik den var{' '}
          {dayInWords(newest.asOf)}. {newest.matchingPolicy?.sentence}
        </BodyLong>
      )}
      <RouteLink to={paths.expansion}>Hva må bygges: hvor, når og hva det koster</RouteLink>
    </section>
  )
}
