import { BodyShort, Button } from '@navikt/ds-react'
import type { NextBest } from '../../api/problem.ts'
import { Confirmed } from '../../ui/Confirmed.tsx'
import { dayInWords } from '../../ui/days.ts'
import { inText } from '../../ui/inText.ts'
import { useReference } from '../../ui/names.ts'
import { useToday } from '../../ui/useToday.ts'

/** What a place was lost for: an offer to a need, the place of a household that changes, or the answer to a referral. */
export type Lost = 'offer' | 'change' | 'referral'
const VERB: Record<Lost, string> = { offer: 'Tilby', change: 'Bytt til', referral: 'Gi' }

type Props = {
  places: NextBest[]
  about?: Lost
  /** Offers one of them instead. */
  onInstead?: ((placeId: string) => void) | undefined
}

/** What to look at when a place is gone: the best of the others, with what each lacks. */
export function NextPlaces({ places, about = 'offer', onInstead }: Props) {
  if (places.length === 0) {
    return (
      <BodyShort>
        {about === 'offer'
          ? 'Ingen andre plasser passer nå. Se hva som må endres for treff lenger ned.'
          : 'Ingen andre plasser av samme boligform passer nå.'}
      </BodyShort>
    )
  }
  return (
    <>
      <BodyShort weight="semibold">De nest beste plassene</BodyShort>
      <ol className="spaced-list">
        {places.map((place) => (
          <Next key={place.placeId} place={place} about={about} onInstead={onInstead} />
        ))}
      </ol>
    </>
  )
}

function Next({ place, about, onInstead }: { place: NextBest; about: Lost; onInstead: Props['onInstead'] }) {
  const { names, forms } = useReference()
  const today = useToday()
  const ofVel = forms.some(({ id, givenBy }) => id === place.form && givenBy === 'vel')
  const name = `${place.label}, ${place.facilityName}`
  const free = place.availableFrom <= today ? 'ledig nå' : `ledig fra ${dayInWords(place.availableFrom)}`
  return (
    <li>
      {name} ({names.form(place.form)}, {names.district(place.districtCode)}), {free},{' '}
      <Confirmed at={place.vacancyConfirmedAt} />
      {place.lacks.length > 0 && `. Merk: ${place.lacks.map(inText).join(', ')}`}
      {onInstead !== undefined && (
        <div>
          <Button type="button" size="small" variant="secondary" onClick={() => onInstead(place.placeId)}>
            {about === 'offer' && ofVel ? 'Henvis om' : VERB[about]} {name} i stedet
          </Button>
        </div>
      )}
    </li>
  )
}
