import { BodyLong, Button, Heading, VStack } from '@navikt/ds-react'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { forgetReferrals, isOpen, type NewReferral, referralsOfNeedQuery, sendReferral } from '../../api/referrals.ts'
import { useSending } from '../../form/useSending.ts'
import { paths } from '../../paths.ts'
import { dayInWords } from '../../ui/days.ts'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'

type Props = {
  needId: string
  form: NewReferral['form']
  wishedFacilityId: string | undefined
}

/** Sends the referral, which freezes its text, or says how the one that was sent stands. */
export function SendReferral({ needId, form, wishedFacilityId }: Props) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const { data: referrals } = useSuspenseQuery(referralsOfNeedQuery(needId))
  const sent = referrals.find((referral) => referral.form === form && isOpen(referral))
  const sending = useSending(async (body: NewReferral, key) => {
    await sendReferral(body, key)
    await forgetReferrals(client, needId)
    await navigate({ to: paths.papers, params: { id: needId } })
  })
  return (
    <section className="panel" aria-labelledby="send">
      <VStack gap="space-16" align="start">
        <Heading id="send" level="2" size="small">
          {sent === undefined ? 'Send henvisningen' : 'Henvisningen er sendt'}
        </Heading>
        {sent === undefined ? (
          <>
            <BodyLong>
              Felles inntak får det som står i henvisningen. Teksten låses når du sender, og personen får et brev.
            </BodyLong>
            {/* What stops it stands on the need, and not in fields here. */}
            {sending.problem !== null && <ProblemAlert problem={sending.problem} />}
            <Button
              loading={sending.sending}
              onClick={() =>
                void sending.submit({
                  needId,
                  form,
                  wishedFacilityId: wishedFacilityId ?? null,
                  placeId: null,
                  runId: null,
                })
              }
            >
              Send til Felles inntak
            </Button>
          </>
        ) : (
          <BodyLong>
            {sent.stateName}. Felles inntak skal svare innen {dayInWords(sent.answerDueOn)}.
          </BodyLong>
        )}
      </VStack>
    </section>
  )
}
