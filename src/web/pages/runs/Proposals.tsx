import '@navikt/ds-css/dist/component/table.css'
import { BodyShort, Heading, Link, ReadMore, Table } from '@navikt/ds-react'
import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { proposalsQuery, type RunProposal } from '../../api/runs.ts'
import { paths } from '../../paths.ts'
import { Confirmed } from '../../ui/Confirmed.tsx'
import { Downloads } from '../../ui/Downloads.tsx'
import { dayInWords } from '../../ui/days.ts'
import { inARow } from '../../ui/listing.ts'
import { More } from '../../ui/More.tsx'
import { useReference } from '../../ui/names.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { alternativeState, chainAnchor, chainInWords, contributionInWords, placeInWords } from './runWords.ts'

/** What a run proposes for the reader's people, the most urgent first, each with why. */
export function Proposals({ runId }: { runId: string }) {
  const query = useSuspenseInfiniteQuery(proposalsQuery(runId))
  const proposals = query.data.pages.flatMap(({ items }) => items)
  return (
    <section className="stack" aria-labelledby="forslag">
      <Heading id="forslag" level="2" size="medium">
        Forslag til plass
      </Heading>
      {proposals.length === 0 ? (
        <BodyShort>Ingen av dine fikk et forslag i denne kjøringen. Grunnene står lenger ned.</BodyShort>
      ) : (
        <>
          <ul className="plain-list full">
            {proposals.map((proposal) => (
              <Proposal key={proposal.needId} proposal={proposal} runId={runId} />
            ))}
          </ul>
          <More
            shown={proposals.length === 1 ? '1 forslag' : `${proposals.length} forslag, de som haster mest først`}
            hasMore={query.hasNextPage}
            loading={query.isFetchingNextPage}
            onMore={() => void query.fetchNextPage()}
          />
          <Downloads
            address={`/api/v1/matching-runs/${runId}/proposals`}
            what="forslagene"
            hint="Uten navn. Behovets id fører tilbake til behovet."
          />
        </>
      )}
    </section>
  )
}

function Proposal({ proposal, runId }: { proposal: RunProposal; runId: string }) {
  const { names, forms } = useReference()
  const { place, residentName, conditions } = proposal
  const chained = chainInWords(proposal)
  const ofVel = forms.some(({ id, givenBy }) => id === place.form && givenBy === 'vel')
  return (
    <li className="panel">
      <Heading level="3" size="small" spacing>
        <RouteLink to={paths.need} params={{ id: proposal.needId }}>
          {residentName}
        </RouteLink>
      </Heading>
      <BodyShort>
        Hasteklasse {proposal.urgencyClass}. Kan flytte inn {dayInWords(proposal.movesOn)} i {placeInWords(place)} (
        {names.form(place.form)}, {names.district(place.districtCode)}). Ledigheten er{' '}
        <Confirmed at={place.vacancyConfirmedAt} />
      </BodyShort>
      {chained !== undefined && (
        <BodyShort>
          {chained}{' '}
          <Link href={`#${chainAnchor(proposal.chain ?? 0)}`}>
            Se boligkjeden<span className="aksel-sr-only">{` til ${residentName}`}</span>
          </Link>
        </BodyShort>
      )}
      {conditions.length > 0 && <BodyShort>Må avklares først: {inARow(conditions)}.</BodyShort>}
      {chained === undefined && (
        <RouteLink
          to={paths.need}
          params={{ id: proposal.needId }}
          search={{ plasser: place.id, tilby: place.id, kjoring: runId }}
        >
          {ofVel ? (
            <For what="Henvis til Felles inntak om plassen" name={`for ${residentName}`} />
          ) : (
            <For what="Tilby plassen" name={`til ${residentName}`} />
          )}
        </RouteLink>
      )}
      <ReadMore size="small" header={<For what="Hvorfor denne plassen?" name={residentName} />}>
        <ul className="spaced-list">
          {proposal.contributions.map((contribution) => (
            <li key={contribution.tier}>{contributionInWords(contribution)}.</li>
          ))}
        </ul>
      </ReadMore>
      {proposal.alternatives.length > 0 && (
        <ReadMore size="small" header={<For what="De nest beste plassene" name={residentName} />}>
          <Alternatives alternatives={proposal.alternatives} name={residentName} />
        </ReadMore>
      )}
    </li>
  )
}

/** A text that would be the same for everybody, told apart for those who hear it. */
function For({ what, name }: { what: string; name: string }) {
  return (
    <>
      {what} <span className="aksel-sr-only">{name}</span>
    </>
  )
}

function Alternatives({ alternatives, name }: { alternatives: RunProposal['alternatives']; name: string }) {
  const { names } = useReference()
  return (
    <ScrollRegion label={`De nest beste plassene for ${name}`}>
      <Table size="small" className="figures">
        <caption className="aksel-sr-only">De nest beste plassene for {name}</caption>
        <Table.Header>
          <Table.Row>
            <Table.HeaderCell scope="col">Plass</Table.HeaderCell>
            <Table.HeaderCell scope="col">Boligform</Table.HeaderCell>
            <Table.HeaderCell scope="col">Ledig fra</Table.HeaderCell>
            <Table.HeaderCell scope="col">Nå</Table.HeaderCell>
            <Table.HeaderCell scope="col">Ledigheten</Table.HeaderCell>
            <Table.HeaderCell scope="col">Mangler</Table.HeaderCell>
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {alternatives.map((alternative) => (
            <Table.Row key={alternative.place.id}>
              <Table.HeaderCell scope="row">{placeInWords(alternative.place)}</Table.HeaderCell>
              <Table.DataCell>{names.form(alternative.place.form)}</Table.DataCell>
              <Table.DataCell>{dayInWords(alternative.availableFrom)}</Table.DataCell>
              <Table.DataCell>{alternativeState(alternative)}</Table.DataCell>
              <Table.DataCell>
                <Confirmed at={alternative.place.vacancyConfirmedAt} />
              </Table.DataCell>
              <Table.DataCell>{alternative.lacks.join(', ') || 'Ingenting'}</Table.DataCell>
            </Table.Row>
          ))}
        </Table.Body>
      </Table>
    </ScrollRegion>
  )
}
