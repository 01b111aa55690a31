import { BodyLong, BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseQueries, useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { needQuery } from '../../api/needs.ts'
import { decisionsQuery, legalTracksQuery, lettersQuery, referralPaperQuery } from '../../api/papers.ts'
import { worksheetQuery } from '../../api/rental.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { useReference } from '../../ui/names.ts'
import { Page } from '../../ui/Page.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { Letters } from './Letters.tsx'
import { costInWords, isBlank } from './rentalWords.ts'
import { Tracks } from './Tracks.tsx'
import './papers.css'

/** Every paper of a need, written from what is registered once. */
export function Papers() {
  const { id } = useParams({ from: signedInRoute(paths.papers) })
  const [need, decisions, tracks, letters, worksheet] = useSuspenseQueries({
    queries: [needQuery(id), decisionsQuery(id), legalTracksQuery, lettersQuery(id), worksheetQuery(id)],
  })
  const { names } = useReference()
  const { resident, forms, status } = need.data.value
  const sheet = worksheet.data.value

  return (
    <Page
      title="Papirer"
      before={
        <RouteLink to={paths.need} params={{ id }}>
          Tilbake til behovet
        </RouteLink>
      }
    >
      <BodyShort>
        {resident.name}: {forms.length === 0 ? 'ingen boligform er valgt' : forms.map(names.form).join(', ')}
      </BodyShort>
      <BodyLong className="readable">
        Papirene skrives av det som er registrert. Du retter på behovet, og retter bare teksten i et vedtak her.
      </BodyLong>

      <section className="stack" aria-labelledby="vedtak">
        <Heading id="vedtak" level="2" size="medium">
          Vedtak
        </Heading>
        {status === 'draft' ? (
          <BodyLong>
            Behovet er en kladd. Registrer det, så ser du hvilke vedtak det krever og når de skal være fattet.
          </BodyLong>
        ) : (
          <Tracks
            needId={id}
            open={status !== 'withdrawn'}
            standings={decisions.data.tracks}
            decisions={decisions.data.items}
            tracks={tracks.data}
          />
        )}
      </section>

      <section className="stack" aria-labelledby="brev">
        <Heading id="brev" level="2" size="medium">
          Brev til personen
        </Heading>
        <Letters needId={id} letters={letters.data} />
      </section>

      <section className="stack" aria-labelledby="henvisning">
        <Heading id="henvisning" level="2" size="medium">
          Henvisning til Felles inntak
        </Heading>
        <ReferralInShort needId={id} forms={forms} />
        <RouteLink to={paths.referralPaper} params={{ id }}>
          Se henvisningen
        </RouteLink>
      </section>

      <section className="stack" aria-labelledby="privat">
        <Heading id="privat" level="2" size="medium">
          Privat leie
        </Heading>
        <BodyLong className="readable">
          {isBlank(sheet) ? 'Regnearket er ikke begynt på.' : costInWords(sheet)}
        </BodyLong>
        <RouteLink to={paths.rentalWorksheet} params={{ id }}>
          {isBlank(sheet) ? 'Begynn på regnearket' : 'Se eller endre regnearket'}
        </RouteLink>
      </section>
    </Page>
  )
}

/** Whether the need asks for one of VEL's places, and how much of the referral nobody has recorded. */
function ReferralInShort({ needId, forms }: { needId: string; forms: readonly string[] }) {
  const { forms: all, names } = useReference()
  const form = forms.find((wanted) => all.some(({ id, givenBy }) => id === wanted && givenBy === 'vel'))
  return form === undefined ? (
    <BodyLong className="readable">
      Ingen av boligformene på behovet gis av Felles inntak. Du kan likevel se hvordan en henvisning ville blitt.
    </BodyLong>
  ) : (
    <LacksOfReferral needId={needId} form={form} name={names.form(form)} />
  )
}

function LacksOfReferral({ needId, form, name }: { needId: string; form: string; name: string }) {
  const { data: paper } = useSuspenseQuery(referralPaperQuery(needId, form, undefined))
  const lacks = paper.sections.reduce((sum, { missing }) => sum + missing.length, 0)
  return (
    <BodyLong className="readable">
      Henvisning til {name}, skrevet av kartleggingen og kravene på behovet.{' '}
      {lacks === 0 ? 'Ingenting mangler.' : lacks === 1 ? '1 opplysning mangler.' : `${lacks} opplysninger mangler.`}
    </BodyLong>
  )
}
