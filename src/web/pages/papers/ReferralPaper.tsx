import { Alert, BodyLong, Button, Heading, HStack, Select, VStack } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { needQuery } from '../../api/needs.ts'
import { type ReferralContent, referralPaperQuery } from '../../api/papers.ts'
import { openReferralsQuery } from '../../api/referrals.ts'
import { may, sessionQuery } from '../../api/session.ts'
import type { PlaceForm } from '../../api/types.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { dayInWords } from '../../ui/days.ts'
import { useReference } from '../../ui/names.ts'
import { Page } from '../../ui/Page.tsx'
import { PrintButton } from '../../ui/PrintButton.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { FacilitySearch } from '../facilities/FacilitySearch.tsx'
import { SendReferral } from './SendReferral.tsx'
import './papers.css'

/** In the address: no place is wished for, whatever was wished for before. */
const NO_WISH = 'ingen'

/** The referral to Felles inntak as it would be sent today: chosen form and wished institution, what is missing, the paper. */
export function ReferralPaper() {
  const { id } = useParams({ from: signedInRoute(paths.referralPaper) })
  const { boligform, sted } = useSearch({ from: signedInRoute(paths.referralPaper) })
  const navigate = useNavigate()
  const { names, forms } = useReference()
  const { value: need } = useSuspenseQuery(needQuery(id)).data
  const given = forms.filter(({ givenBy }) => givenBy === 'vel')
  const { data: session } = useSuspenseQuery(sessionQuery)
  const onNeed = (wanted: string) => need.forms.some((formId) => formId === wanted)
  const asked = given.find((form) => form.id === boligform) ?? given.find((form) => onNeed(form.id))
  const form = asked ?? given[0]
  const { data: referrals } = useSuspenseQuery(openReferralsQuery(id))
  // what was wished for once is not asked again: it follows what was sent to the same form, else to another
  const wished = (referrals.find((sent) => sent.form === form?.id) ?? referrals[0])?.wishedFacility
  const wishedId = sted === NO_WISH ? undefined : (sted ?? wished?.id)
  const { data: paper } = useSuspenseQuery(referralPaperQuery(id, form?.id, wishedId))
  const stopped = paper.missing.filter(
    ({ stops }) => stops === 'referral' || stops === 'preview' || stops === 'ranking',
  )

  function show(search: { boligform?: string; sted?: string }) {
    void navigate({ to: paths.referralPaper, params: { id }, search, replace: true, resetScroll: false })
  }

  return (
    <Page
      title="Henvisning til Felles inntak"
      width="text"
      before={
        <RouteLink to={paths.papers} params={{ id }}>
          Alle papirene
        </RouteLink>
      }
    >
      <BodyLong>
        Alt i henvisningen er hentet fra det som er registrert. Er noe feil, retter du det på behovet.
      </BodyLong>
      <Select
        label="Boligform"
        value={form?.id ?? ''}
        onChange={(event) => show({ boligform: event.target.value, ...(sted === undefined ? {} : { sted }) })}
      >
        {given.map((entry) => (
          <option key={entry.id} value={entry.id}>
            {names.form(entry.id)}
            {onNeed(entry.id) ? ' (står på behovet)' : ''}
          </option>
        ))}
      </Select>
      <FacilitySearch
        label="Ønsker personen seg til et bestemt sted?"
        description="Kan stå tomt."
        action="Velg"
        onChoose={(facility) => show({ ...(form === undefined ? {} : { boligform: form.id }), sted: facility.id })}
      />
      {wishedId !== undefined && (
        <Button
          size="small"
          variant="tertiary"
          onClick={() => show({ ...(form === undefined ? {} : { boligform: form.id }), sted: NO_WISH })}
        >
          Ta bort ønsket om sted
        </Button>
      )}
      {stopped.length > 0 && (
        <Alert variant="warning">
          <Heading level="2" size="xsmall" spacing>
            Dette må på plass før henvisningen kan sendes
          </Heading>
          <ul className="notes">
            {stopped.map(({ id: item, title, why }) => (
              <li key={item}>
                {title}. {why}
              </li>
            ))}
          </ul>
          <RouteLink to={paths.editNeed} params={{ id }}>
            Fyll ut på behovet
          </RouteLink>
        </Alert>
      )}
      {form !== undefined && need.status === 'registered' && onNeed(form.id) && may(session, 'send_referrals') && (
        <SendReferral needId={id} form={form.id as PlaceForm} wishedFacilityId={wishedId} />
      )}
      <HStack>
        <PrintButton />
      </HStack>
      <Paper paper={paper} name={need.resident.name} />
    </Page>
  )
}

/** Printed for the case file with the person's name; what is sent names nobody but follows the need. */
function Paper({ paper, name }: { paper: ReferralContent; name: string }) {
  return (
    <article className="paper" aria-label="Henvisningen">
      <header className="paper__head">
        <div>
          <p>Til Felles inntak, Velferdsetaten</p>
          <p>Gjelder: {name}</p>
        </div>
        <p>{dayInWords(paper.writtenOn)}</p>
      </header>
      <Heading level="2" size="medium">
        Henvisning: {paper.formName}
      </Heading>
      {paper.sections.map((section) => (
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
