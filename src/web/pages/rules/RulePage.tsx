import { BodyLong, BodyShort, Heading, Tag } from '@navikt/ds-react'
import { useSuspenseQueries } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { rulesQuery } from '../../api/reference.ts'
import { type RuleVersion, ruleQuery } from '../../api/rules.ts'
import { useMay } from '../../api/session.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { dayInWords } from '../../ui/days.ts'
import { Page } from '../../ui/Page.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { ChangeTrack } from './ChangeTrack.tsx'
import { CheckForm } from './CheckForm.tsx'
import { checkedInWords, nextUnchecked, trackOfRule } from './ruleWords.ts'

/** One rule: every version of it, where it is from, who has confirmed it, and for an administrator the means to. */
export function RulePage() {
  const { id } = useParams({ from: signedInRoute(paths.rule) })
  const may = useMay()
  const [{ data: rule }, { data: rules }] = useSuspenseQueries({ queries: [ruleQuery(id), rulesQuery] })
  const [said, setSaid] = useState('')
  const newest = rule.versions[0]
  if (newest === undefined) return null
  const confirms = may('confirm_rules')
  const track = trackOfRule(id)
  const next = confirms ? nextUnchecked(rules, id) : undefined
  return (
    <Page
      title={(rule.versions.find(({ inForce }) => inForce) ?? newest).title}
      width="text"
      before={
        <RouteLink to={paths.rules} search={confirms ? { vis: 'ikke-kontrollert' } : {}}>
          {confirms ? 'Regler som ikke er kontrollert' : 'Alle reglene'}
        </RouteLink>
      }
    >
      <BodyShort role="status">{said}</BodyShort>
      {next !== undefined && (
        <RouteLink to={paths.rule} params={{ id: next.id }} onClick={() => setSaid('')}>
          Neste som ikke er kontrollert: {next.title}
        </RouteLink>
      )}
      {rule.versions.map((version) => (
        <Version key={version.version} version={version}>
          {confirms && (
            <CheckForm
              // another rule, or another thing to say of it, starts with an empty note
              key={`${id} ${version.checks.length}`}
              id={id}
              version={version}
              onDone={() =>
                setSaid(version.checkedOn === null ? 'Regelen er bekreftet.' : 'Kontrollen er trukket tilbake.')
              }
            />
          )}
        </Version>
      ))}
      {track !== undefined && may('maintain_rules') && (
        <div>
          <ChangeTrack
            key={newest.version}
            id={track}
            onDone={() => setSaid('Den nye utgaven er lagret. Den er ikke kontrollert ennå.')}
          />
        </div>
      )}
    </Page>
  )
}

function Version({ version, children }: { version: RuleVersion; children: React.ReactNode }) {
  const { validFrom, inForce, author, reason, sentence, facts, sourceInWords, checks } = version
  const name = `Utgave ${version.version}`
  return (
    <section className="stack full" aria-label={name}>
      <Heading level="2" size="small">
        {name}, gjelder fra {dayInWords(validFrom)}{' '}
        <Tag size="small" variant="moderate" data-color={version.checked ? 'success' : 'warning'}>
          {checkedInWords(version)}
        </Tag>
      </Heading>
      {!inForce && <BodyShort>Denne utgaven gjelder ikke i dag.</BodyShort>}
      <BodyLong>{sentence}</BodyLong>
      <BodyShort size="small">Kilde: {sourceInWords}</BodyShort>
      {facts.length > 0 && (
        <dl className="facts full">
          {facts.map((fact) => (
            <div key={fact.name}>
              <dt>{fact.name}</dt>
              <dd>
                {fact.value}
                <BodyShort size="small" textColor="subtle">
                  Kilde: {fact.sourceInWords}
                </BodyShort>
              </dd>
            </div>
          ))}
        </dl>
      )}
      <BodyShort size="small">
        Skrevet av {author}. {reason}
      </BodyShort>
      {checks.length > 0 && (
        <>
          <Heading level="3" size="xsmall">
            Kontroll
          </Heading>
          <ol className="spaced-list">
            {checks.map(({ number, confirmed, on, by, note }) => (
              <li key={number}>
                {confirmed ? 'Kontrollert' : 'Kontrollen er trukket tilbake'} {dayInWords(on)} av {by}.
                <BodyShort size="small">«{note}»</BodyShort>
              </li>
            ))}
          </ol>
        </>
      )}
      {children}
    </section>
  )
}
