import { Heading, Link } from '@navikt/ds-react'

/** What a long page holds, to go straight to it. `id`: of the heading that a part begins with. */
export function Contents({ parts }: { parts: readonly { id: string; title: string }[] }) {
  return (
    <nav className="no-print" aria-labelledby="innhold-paa-siden">
      <Heading id="innhold-paa-siden" level="2" size="xsmall" spacing>
        På denne siden
      </Heading>
      <ul className="contents">
        {parts.map(({ id, title }) => (
          <li key={id}>
            <Link href={`#${id}`}>{title}</Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
