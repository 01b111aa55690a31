import { BodyShort, Heading, Link, ReadMore } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type ImportKind, importKindsQuery } from '../../api/imports.ts'
import { inText } from '../../ui/inText.ts'
import { kindNames } from './importWords.ts'

/** Which columns a file of each kind may have, and an empty one to begin with. */
export function Columns({ kinds }: { kinds: ImportKind[] }) {
  const { data } = useSuspenseQuery(importKindsQuery)
  return (
    <ReadMore header="Hvilke kolonner skal filen ha?">
      <div className="stack">
        <BodyShort>
          Første rad er overskriften. Kolonnene kan stå i hvilken rekkefølge du vil. Datoer skrives som 1.9.2026, og
          flere valg i én celle skilles med semikolon. En tom celle endrer ingenting.
        </BodyShort>
        {data
          .filter(({ kind }) => kinds.includes(kind))
          .map(({ kind, columns }) => (
            <section key={kind} className="stack" aria-label={`Kolonner: ${kindNames[kind]}`}>
              <Heading level="2" size="xsmall">
                {kindNames[kind]}
              </Heading>
              <BodyShort>
                Må være med: {titles(columns.filter(({ required }) => required))}.
                <br />
                Kan være med: {titles(columns.filter(({ required }) => !required))}.
              </BodyShort>
              <Link href={`/api/v1/import-kinds/${kind}/template`} download>
                Last ned en tom fil for {inText(kindNames[kind])} (CSV)
              </Link>
            </section>
          ))}
      </div>
    </ReadMore>
  )
}

const titles = (columns: { title: string }[]) => columns.map(({ title }) => title).join(', ')
