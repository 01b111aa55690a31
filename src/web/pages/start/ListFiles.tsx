import { BodyShort, Heading } from '@navikt/ds-react'
import { Downloads } from '../../ui/Downloads.tsx'

/** The lists of a bydel's cases as files: each whole, also what no page shows at once. */
export function ListFiles() {
  return (
    <section className="stack" aria-labelledby="lister-som-filer">
      <Heading id="lister-som-filer" level="2" size="medium">
        Lister som filer
      </Heading>
      <BodyShort>Hele listene for bydelen, uten navn. Id-ene fører tilbake til sakene.</BodyShort>
      <Downloads address="/api/v1/tasks" what="åpne oppgaver" />
      <Downloads address="/api/v1/offers?state=open" what="tilbud som løper" />
      <Downloads address="/api/v1/referrals?state=open" what="henvisninger som ikke er besvart" />
      <Downloads
        address="/api/v1/stays?state=present"
        what="opphold som varer"
        hint="Bare plasser og dager, ingen id."
      />
    </section>
  )
}
