import { Alert, BodyLong, Button, Heading, HStack, Select } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { needQuery } from '../../api/needs.ts'
import { referralPaperQuery } from '../../api/papers.ts'
import { isOpen, referralsOfNeedQuery } from '../../api/referrals.ts'
import { useMay } from '../../api/session.ts'
import type { PlaceForm } from '../../api/types.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { useReference } from '../../ui/names.ts'
import { Page } from '../../ui/Page.tsx'
import { PrintButton } from '../../ui/PrintButton.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { FacilitySearch } from '../facilities/FacilitySearch.tsx'
import { ReferralText } from './ReferralText.tsx'
import { SendReferral } from './SendReferral.tsx'

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
  const may = useMay()
  const onNeed = (wanted: string) => need.forms.some((formId) => formId === wanted)
  // the one that the need wants most of those that Felles inntak gives
  const [wanted] = need.forms.flatMap((formId) => given.find(({ id: ofVel }) => ofVel === formId) ?? [])
  const asked = given.find((form) => form.id === boligform) ?? wanted
  const form = asked ?? given[0]
  const referrals = useSuspenseQuery(referralsOfNeedQuery(id)).data.filter(isOpen)
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
      {form !== undefined && need.status === 'registered' && onNeed(form.id) && may('send_referrals') && (
        <SendReferral needId={id} form={form.id as PlaceForm} wishedFacilityId={wishedId} />
      )}
      <HStack>
        <PrintButton />
      </HStack>
      {/* printed for the case file with the person's name */}
      <ReferralText content={paper} name={need.resident.name} />
    </Page>
  )
}
