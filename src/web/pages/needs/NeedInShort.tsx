import { BodyShort, Heading, HStack, Tag } from '@navikt/ds-react'
import { useMay } from '../../api/session.ts'
import type { Need } from '../../api/types.ts'
import { paths } from '../../paths.ts'
import { dayInWords, dayOf } from '../../ui/days.ts'
import { listed, useReference } from '../../ui/names.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { householdInWords, statusNames, urgencyInWords } from './needWords.ts'

/** Whose need it is, what it asks for and how urgent it is, in a few lines. No personal number stands here. */
export function NeedInShort({ need }: { need: Need }) {
  const { names, vocabulary } = useReference()
  const may = useMay()
  const { urgency, resident, forms } = need
  const since = need.endedAt ?? need.registeredAt
  return (
    <section className="panel" aria-labelledby="behovet">
      <Heading id="behovet" level="2" size="medium" spacing>
        {resident.name}
      </Heading>
      <dl className="facts">
        <div>
          <dt>Status</dt>
          <dd>
            <Tag size="small" variant="moderate" data-color={need.status === 'registered' ? 'info' : 'neutral'}>
              {statusNames[need.status]}
            </Tag>
            {since !== null && ` ${dayInWords(dayOf(since))}`}
          </dd>
        </div>
        <div>
          <dt>Husstand</dt>
          <dd>{householdInWords(need)}</dd>
        </div>
        <div>
          <dt>Boligformer, det beste først</dt>
          <dd>{forms.length === 0 ? 'Ikke valgt' : listed(forms.map(names.form))}</dd>
        </div>
        <div>
          <dt>Hasteklasse</dt>
          <dd>
            {urgencyInWords(urgency)}
            {urgency.daysInSituation !== null && `. ${urgency.daysInSituation} dager i situasjonen`}
          </dd>
        </div>
        <div>
          <dt>Grunner</dt>
          <dd>
            {urgency.grounds.length === 0 ? (
              'Ingen er oppgitt'
            ) : (
              <ul className="inline-list">
                {urgency.grounds.map(({ id, name, derived }) => (
                  <li key={id}>
                    {name}
                    {derived && ' (følger av datoer og opphold)'}
                  </li>
                ))}
              </ul>
            )}
          </dd>
        </div>
      </dl>
      <BodyShort size="small" spacing>
        Valgt av byen: {vocabulary.urgencyNotice}
      </BodyShort>
      {(need.status === 'draft' || need.status === 'registered') && (
        <HStack gap="space-24">
          <RouteLink to={paths.editNeed} params={{ id: need.id }}>
            Se eller endre svarene
          </RouteLink>
          {may('register_needs') && (
            <RouteLink to={paths.endNeed} params={{ id: need.id }}>
              Avslutt behovet
            </RouteLink>
          )}
        </HStack>
      )}
    </section>
  )
}
