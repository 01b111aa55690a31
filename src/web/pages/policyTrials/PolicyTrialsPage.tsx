import { BodyLong, BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseQueries } from '@tanstack/react-query'
import { type MatchingPolicy, matchingPolicyQuery, policyTrialsQuery } from '../../api/policyTrials.ts'
import { useMay } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { dayInWords } from '../../ui/days.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Page } from '../../ui/Page.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { Sentences } from '../../ui/Sentences.tsx'
import { DraftForm } from './DraftForm.tsx'
import { standingInWords } from './trialWords.ts'

/** Prøv en regelendring: a draft of how places are shared out, the drafts that were tried, and what the policy was before. */
export function PolicyTrialsPage() {
  const may = useMay()
  const [{ data }, { data: policy }] = useSuspenseQueries({ queries: [policyTrialsQuery, matchingPolicyQuery] })
  const mayTry = may('try_policies')
  return (
    <Page title="Prøv en regelendring">
      <BodyLong className="readable">
        Her kan planleggeren prøve en annen måte å fordele plasser på, mot den som gjelder. Begge regnes ut på byen slik
        den er i dag, og du ser hvem som vinner og taper. Ingen får eller mister en plass av en prøve.
      </BodyLong>
      {mayTry && <DraftForm policy={policy} />}
      <section className="stack" aria-labelledby="prover">
        <Heading id="prover" level="2" size="medium">
          Utkast som er prøvd
        </Heading>
        {data.items.length === 0 ? (
          <Empty
            what="Ingen utkast er prøvd ennå"
            why={
              mayTry
                ? 'Endre noe i skjemaet over og trykk på «Prøv utkastet».'
                : 'Planleggeren i Velferdsetaten prøver utkast. Når det første er prøvd, står det her.'
            }
          />
        ) : (
          <ul className="spaced-list">
            {data.items.map((trial) => (
              <li key={trial.id}>
                <RouteLink to={paths.policyTrial} params={{ id: trial.id }}>
                  {trial.differences.join(' ')}
                </RouteLink>
                <BodyShort size="small">
                  {dayInWords(trial.asOf)}. {standingInWords(trial)}.
                </BodyShort>
              </li>
            ))}
          </ul>
        )}
      </section>
      <Versions policy={policy} />
    </Page>
  )
}

function Versions({ policy: { versions, version: inForce } }: { policy: MatchingPolicy }) {
  return (
    <section className="stack" aria-labelledby="utgaver">
      <Heading id="utgaver" level="2" size="medium">
        Utgaver av regelen
      </Heading>
      <ul className="spaced-list">
        {versions.map(({ version, validFrom, author, reason, confirmedBy, differences }) => (
          <li key={version}>
            <BodyShort weight="semibold">
              Utgave {version}, gjelder fra {dayInWords(validFrom)}
              {version === inForce ? ' (gjelder nå)' : ''}
            </BodyShort>
            {differences.length > 0 && <Sentences sentences={differences} />}
            <BodyShort size="small">
              Skrevet av {author}. Grunn: {reason}
              {confirmedBy === null ? '' : `. Tatt i bruk av ${confirmedBy}.`}
            </BodyShort>
          </li>
        ))}
      </ul>
    </section>
  )
}
