import type { testApp } from './app.ts'

type Client = Awaited<ReturnType<Awaited<ReturnType<typeof testApp>>['signedInAs']>>

/**
 * One of VEL's places for a need, the way that there is to it: the bydel refers, and Felles inntak answers with the place. An open
 * referral to the form is used.
 * @returns the answer of whichever of the two was refused, else the one that gave the place; its `offerId` is the offer
 */
export async function throughIntake(
  officer: Client,
  intake: Client,
  { needId, form, ...given }: { needId: string; form: string; placeId: string; moveInOn: string; answerBy?: string },
) {
  const sent = await officer.post('/referrals', { needId, form, placeId: given.placeId })
  const exists = sent.statusCode === 409 && sent.json().code === 'referral_exists'
  if (sent.statusCode !== 201 && !exists) return sent
  const { id, version } = exists
    ? (await officer.get(`/referrals?needId=${needId}&form=${form}`)).json().items[0]
    : sent.json()
  return intake.post(`/referrals/${id}/answer`, { answer: 'place_given', ...given }, { 'if-match': `"${version}"` })
}
