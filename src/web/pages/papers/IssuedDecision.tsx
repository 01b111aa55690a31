import { BodyLong, Heading } from '@navikt/ds-react'
import type { Decision } from '../../api/papers.ts'
import { dayInWords } from '../../ui/days.ts'
import { appealInWords, stateNames } from './paperWords.ts'

/** What was decided, as it stays. */
export function IssuedDecision({ decision }: { decision: Decision }) {
  const { outcome, lackOfSuitableHome, issuedOn, issuedBy, state } = decision
  return (
    <section className="panel" aria-labelledby="fattet">
      <Heading id="fattet" level="2" size="small" spacing>
        {stateNames[state]}
      </Heading>
      <dl className="facts">
        <div>
          <dt>Svar</dt>
          <dd>
            {outcome === 'granted' ? 'Ja' : lackOfSuitableHome ? 'Nei nå, fordi vi mangler en egnet bolig' : 'Nei'}
          </dd>
        </div>
        <div>
          <dt>Fattet</dt>
          <dd>
            {issuedOn === null ? '' : dayInWords(issuedOn)}
            {issuedBy !== null && ` av ${issuedBy}`}
          </dd>
        </div>
      </dl>
      <BodyLong spacing>Vedtaket er låst. {appealInWords(decision)}</BodyLong>
      {lackOfSuitableHome && <BodyLong>Avslaget er ført som underdekning. Personen står fortsatt i køen.</BodyLong>}
    </section>
  )
}
