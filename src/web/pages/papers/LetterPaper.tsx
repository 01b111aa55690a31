import { BodyLong, Heading } from '@navikt/ds-react'
import type { Letter } from '../../api/papers.ts'

type Paragraph = Letter['intro'][number]

/** A letter to the person, as it is printed. */
export function LetterPaper({ letter }: { letter: Letter }) {
  const paragraphs = (written: Paragraph[]) =>
    written.map(({ text, language }) => (
      <BodyLong key={text} {...(language === letter.language ? {} : { lang: language })}>
        {text}
      </BodyLong>
    ))
  return (
    <article className="paper" lang={letter.language} aria-label={letter.title}>
      {letter.marks.map((mark) => (
        <BodyLong key={mark} weight="semibold" className="paper__mark">
          {mark}
        </BodyLong>
      ))}
      <header className="paper__head">
        <p>{letter.recipient}</p>
        <div>
          <p lang="nb">{letter.sender}</p>
          <p>{letter.dated}</p>
        </div>
      </header>
      <Heading level="2" size="medium">
        {letter.title}
      </Heading>
      {letter.intro.length > 0 && <div className="paper__section">{paragraphs(letter.intro)}</div>}
      {letter.sections.map((section) => (
        <section key={section.heading} className="paper__section">
          <Heading level="3" size="xsmall">
            {section.heading}
          </Heading>
          {paragraphs(section.paragraphs)}
        </section>
      ))}
      <footer className="paper__sign">
        <p>{letter.signature}</p>
        <p lang="nb">{letter.sender}</p>
      </footer>
    </article>
  )
}
