import { BodyShort } from '@navikt/ds-react'
import type { Relaxation } from '../../api/types.ts'
import { relaxationInWords } from './relaxations.ts'

/** «Hva må endres for treff?»: the smallest changes that would make more places fit, and who may make them. */
export function Relaxations({ relaxations }: { relaxations: Relaxation[] }) {
  if (relaxations.length === 0) {
    return <BodyShort>Ingen enkel endring gir flere plasser. De andre plassene er opptatt eller ikke åpne.</BodyShort>
  }
  return (
    <ul className="spaced-list">
      {relaxations.map((relaxation) => {
        const { change, decides, gives } = relaxationInWords(relaxation)
        return (
          <li key={relaxation.rules.map(({ id }) => id).join()}>
            <BodyShort>
              {change}, {gives}.
            </BodyShort>
            <BodyShort size="small" textColor="subtle">
              {decides}.
            </BodyShort>
          </li>
        )
      })}
    </ul>
  )
}
