import { BodyLong, BodyShort, Button, FormSummary, HStack } from '@navikt/ds-react'
import { useQueryClient, useSuspenseQueries, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { assessmentsQuery, keepNeed, needQuery, registerNeed } from '../../api/needs.ts'
import { consentsQuery, neverTogetherQuery, residentQuery } from '../../api/residents.ts'
import { SummaryEditLink } from '../../form/SummaryLink.tsx'
import { useSending } from '../../form/useSending.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { useReference } from '../../ui/names.ts'
import { Page } from '../../ui/Page.tsx'
import { ButtonLink, RouteLink } from '../../ui/RouteLink.tsx'
import { type Answer, answersOf } from './answers.ts'
import { Missing } from './Missing.tsx'
import { RegisterErrors } from './RegisterErrors.tsx'
import { type ThemeId, themes } from './themes.ts'

/** Every answer once more, what is missing and what that stops, and the button that registers. */
export function ReviewNeed() {
  const { id } = useParams({ from: signedInRoute(paths.reviewNeed) })
  const { data: loaded } = useSuspenseQuery(needQuery(id))
  const need = loaded.value
  const residentId = need.resident.id
  const { names } = useReference()
  const [resident, assessments, consents, neverTogether] = useSuspenseQueries({
    queries: [
      residentQuery(residentId),
      assessmentsQuery(id),
      consentsQuery(residentId),
      neverTogetherQuery(residentId),
    ],
  })
  const client = useQueryClient()
  const navigate = useNavigate()
  const draft = need.status === 'draft'
  const form = useSending(async (_: string, key) => {
    await keepNeed(client, await registerNeed(id, loaded.etag, key))
    await navigate({ to: paths.need, params: { id } })
  })
  const answers = answersOf(
    {
      need,
      resident: resident.data.value,
      assessments: assessments.data,
      consents: consents.data,
      neverTogether: neverTogether.data,
    },
    names,
  )

  return (
    <Page
      title={draft ? 'Se over og registrer' : 'Se over svarene'}
      width="text"
      before={
        <RouteLink to={paths.editNeed} params={{ id }}>
          Alle temaene
        </RouteLink>
      }
    >
      <RegisterErrors
        needId={id}
        problem={form.problem}
        attempt={form.attempt}
        onRenew={() => void client.refetchQueries({ queryKey: needQuery(id).queryKey, exact: true })}
      />
      <Missing need={need} />
      {themes.map(({ id: theme, title }) => (
        <Answered key={theme} needId={id} theme={theme} title={title} answers={answers[theme]} />
      ))}
      {draft ? (
        <>
          <BodyLong>
            Når du registrerer behovet, stilles det i køen, og du ser hvilke plasser som passer. Du kan endre svarene
            etterpå.
          </BodyLong>
          <div>
            <Button loading={form.sending} onClick={() => void form.submit(loaded.etag)}>
              Registrer behovet
            </Button>
          </div>
        </>
      ) : (
        <HStack>
          <ButtonLink to={paths.need} params={{ id }}>
            Sammenlign plasser
          </ButtonLink>
        </HStack>
      )}
    </Page>
  )
}

type AnsweredProps = { needId: string; theme: ThemeId; title: string; answers: Answer[] }

function Answered({ needId, theme, title, answers }: AnsweredProps) {
  return (
    <FormSummary>
      <FormSummary.Header>
        <FormSummary.Heading level="2">{title}</FormSummary.Heading>
      </FormSummary.Header>
      <FormSummary.Answers>
        {answers.map(({ label, values }) => (
          <FormSummary.Answer key={label}>
            <FormSummary.Label>{label}</FormSummary.Label>
            {values.length === 0 ? (
              <FormSummary.Value>
                <BodyShort as="span" textColor="subtle">
                  Ikke svart
                </BodyShort>
              </FormSummary.Value>
            ) : (
              values.map((value) => <FormSummary.Value key={value}>{value}</FormSummary.Value>)
            )}
          </FormSummary.Answer>
        ))}
      </FormSummary.Answers>
      <FormSummary.Footer>
        <SummaryEditLink to={paths.editNeedTheme} params={{ id: needId, theme }}>
          Endre<span className="aksel-sr-only"> {title}</span>
        </SummaryEditLink>
      </FormSummary.Footer>
    </FormSummary>
  )
}
