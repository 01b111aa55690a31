import { BodyShort } from '@navikt/ds-react'

/** Sentences one below the other, such as what a figure takes for granted. */
export function Sentences({ sentences, small = false }: { sentences: readonly string[]; small?: boolean }) {
  return (
    <ul className="spaced-list readable">
      {sentences.map((sentence) => (
        <BodyShort key={sentence} as="li" size={small ? 'small' : 'medium'}>
          {sentence}
        </BodyShort>
      ))}
    </ul>
  )
}
