import { BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseQueries } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { decisionQuery, legalTracksQuery, letterQuery } from '../../api/papers.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { checkedInWords } from '../rules/ruleWords.ts'
import { Appeals } from './Appeals.tsx'
import { DraftForm } from './DraftForm.tsx'
import { IssuedDecision } from './IssuedDecision.tsx'
import { LetterPaper } from './LetterPaper.tsx'
import './papers.css'

/** One decision: the draft to be changed and issued, or what was issued and its appeals, and the letter it makes. */
export function DecisionPage() {
  const { id, decisionId } = useParams({ from: signedInRoute(paths.decision) })
  const [{ data: loaded }, { data: tracks }, { data: letter }] = useSuspenseQueries({
    queries: [decisionQuery(decisionId), legalTracksQuery, letterQuery('decision', decisionId, undefined)],
  })
  const decision = loaded.value
  const track = tracks.find((entry) => entry.id === decision.track.id)
  const draft = decision.state === 'draft'

  return (
    <Page
      title={draft ? 'Utkast til vedtak' : 'Vedtak'}
      width="text"
      before={
        <RouteLink to={paths.papers} params={{ id }}>
          Alle papirene
        </RouteLink>
      }
    >
      <BodyShort>
        {decision.track.title}. {decision.track.legalBasis}. {checkedInWords(decision.track)}.
      </BodyShort>
      {draft && track !== undefined ? (
        <DraftForm needId={id} loaded={loaded} track={track} />
      ) : (
        <>
          <IssuedDecision decision={decision} />
          <Appeals needId={id} decision={decision} />
        </>
      )}
      <Heading level="2" size="medium">
        Brevet slik det er nå
      </Heading>
      <RouteLink to={paths.letter} params={{ id, kind: 'vedtak', about: decisionId }}>
        Velg språk og skriv ut brevet
      </RouteLink>
      <LetterPaper letter={letter} />
    </Page>
  )
}
