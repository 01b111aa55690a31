import { BodyLong, BodyShort, Heading, Tag } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type AuditSeals, auditSealsQuery } from '../../api/audit.ts'
import { momentInWords } from '../../ui/days.ts'
import { counted, inNumbers } from '../../ui/numbers.ts'

/** Whether the logs are as they were sealed, and the newest heads to compare with those that are kept elsewhere. */
export function Seals() {
  const { data } = useSuspenseQuery(auditSealsQuery)
  return (
    <section className="stack" aria-labelledby="forsegling">
      <Heading id="forsegling" level="2" size="medium">
        Er loggene urørt?
      </Heading>
      <BodyLong className="readable">
        Loggene forsegles i bolker: hver bolk har et avtrykk av radene sine og av bolken før. Da vises det hvis én rad
        er endret, fjernet eller lagt til. De nyeste avtrykkene skal være lik dem som er skrevet til filen utenfor
        databasen.
      </BodyLong>
      {data.checks.map((check) => (
        <LogSeals key={check.log} check={check} heads={data.heads.filter(({ log }) => log === check.log)} />
      ))}
    </section>
  )
}

function LogSeals({ check, heads }: { check: AuditSeals['checks'][number]; heads: AuditSeals['heads'] }) {
  const { logName, checkedAt, batches, rows, unsealed, faults } = check
  const [newest] = heads
  return (
    <div className="stack">
      <Heading level="3" size="small">
        {logName}
      </Heading>
      {checkedAt === null ? (
        <BodyShort>Ikke kontrollert ennå. Den kontrolleres hver dag.</BodyShort>
      ) : (
        <>
          <Tag size="small" variant="moderate" data-color={faults.length === 0 ? 'success' : 'danger'}>
            {faults.length === 0 ? 'Urørt' : 'Noe er endret'}
          </Tag>
          <BodyShort>
            Kontrollert {momentInWords(checkedAt)}: {counted(rows, 'rad', 'rader')} i{' '}
            {counted(batches, 'bolk', 'bolker')}
            {unsealed === 0 ? '.' : `, og ${counted(unsealed, 'rad', 'rader')} som ennå ikke var forseglet.`}
          </BodyShort>
        </>
      )}
      {faults.length > 0 && (
        <ul className="spaced-list">
          {faults.map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      )}
      {newest === undefined ? (
        <BodyShort>Ingen bolk er forseglet ennå. Det skjer senest ti minutter etter den første raden.</BodyShort>
      ) : (
        <BodyShort size="small">
          Bolk {inNumbers(newest.batch)}, forseglet {momentInWords(newest.sealedAt)}:{' '}
          <code className="breakable">{newest.head}</code>
        </BodyShort>
      )}
    </div>
  )
}
