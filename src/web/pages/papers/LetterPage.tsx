import { Alert, HStack } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Suspense } from 'react'
import { type LetterKind, type LetterLanguage, letterQuery, lettersQuery } from '../../api/papers.ts'
import { OneOf } from '../../form/Choices.tsx'
import { paths, signedInRoute } from '../../paths.ts'
import { Loading } from '../../ui/Loading.tsx'
import { Page } from '../../ui/Page.tsx'
import { PrintButton } from '../../ui/PrintButton.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { NotFound } from '../NotFound.tsx'
import { LetterPaper } from './LetterPaper.tsx'
import { kindFromAddress, LETTER_LANGUAGES } from './letterSearch.ts'
import { letterTitles } from './paperWords.ts'
import './papers.css'

/** A letter to the person: in which language, what to know before it is sent, and the paper. */
export function LetterPage() {
  const { kind } = useParams({ from: signedInRoute(paths.letter) })
  const about = kindFromAddress(kind)
  return about === undefined ? <NotFound /> : <LetterAbout kind={about} />
}

function LetterAbout({ kind }: { kind: LetterKind }) {
  const { id, about, kind: word } = useParams({ from: signedInRoute(paths.letter) })
  const { sprak } = useSearch({ from: signedInRoute(paths.letter) })
  const navigate = useNavigate()
  const { data: letters } = useSuspenseQuery(lettersQuery(id))
  return (
    <Page
      title={letterTitles[kind]}
      width="text"
      before={
        <RouteLink to={paths.papers} params={{ id }}>
          Alle papirene
        </RouteLink>
      }
    >
      <OneOf
        id="sprak"
        error={undefined}
        legend="Språket i brevet"
        options={LETTER_LANGUAGES.map(({ tag, name }) => ({ value: tag, label: name }))}
        value={sprak ?? letters.language}
        onChange={(chosen) =>
          void navigate({
            to: paths.letter,
            params: { id, kind: word, about },
            search: { sprak: chosen },
            replace: true,
            resetScroll: false,
          })
        }
      />
      {/* The choice stays where it is, with its focus, while the letter in another language is fetched. */}
      <Suspense fallback={<Loading what="brevet" />}>
        <Written kind={kind} about={about} language={sprak} />
      </Suspense>
    </Page>
  )
}

type WrittenProps = { kind: LetterKind; about: string; language: LetterLanguage | undefined }

function Written({ kind, about, language }: WrittenProps) {
  const { data: letter } = useSuspenseQuery(letterQuery(kind, about, language))
  return (
    <>
      {letter.notes.map((note) => (
        <Alert key={note} variant="warning">
          {note}
        </Alert>
      ))}
      <HStack>
        <PrintButton />
      </HStack>
      <LetterPaper letter={letter} />
    </>
  )
}
