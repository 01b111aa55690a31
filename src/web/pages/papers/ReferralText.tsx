import './papers.css'
import { Heading, VStack } from '@navikt/ds-react'
import type { ReferralContent } from '../../api/papers.ts'
import { dayInWords } from '../../ui/days.ts'

type Props = {
  content: ReferralContent
  /** Whom it is about; what is sent names nobody but follows the need. */
  name: string | null
}

/** What a bydel writes to Felles inntak, theme by theme, with what nobody has recorded. */
export function ReferralText({ content, name }: Props) {
  return (
    <article className="paper" aria-label="Henvisningen">
      <header className="paper__head">
        <div>
          <p>Til Felles inntak, Velferdsetaten</p>
          {name !== null && <p>Gjelder: {name}</p>}
        </div>
        <p>{dayInWords(content.writtenOn)}</p>
      </header>
      <Heading level="2" size="medium">
        Henvisning: {content.formName}
      </Heading>
      {content.sections.map((section) => (
        <section key={section.id} className="paper__section">
          <Heading level="3" size="xsmall">
            {section.title}
          </Heading>
          {section.facts.length > 0 && (
            <dl className="paper__facts">
              {section.facts.map(({ label, value }) => (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          )}
          {section.missing.length > 0 && (
            <VStack as="ul" className="paper__missing plain-list" gap="space-4">
              {section.missing.map((sentence) => (
                <li key={sentence}>Mangler: {sentence}</li>
              ))}
            </VStack>
          )}
        </section>
      ))}
    </article>
  )
}
