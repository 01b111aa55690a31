import { BodyShort, Button } from '@navikt/ds-react'
import type { NextBest } from '../../api/problem.ts'
import { Confirmed } from '../../ui/Confirmed.tsx'
import { dayInWords } from '../../ui/days.ts'
import { useReference } from '../../ui/names.ts'
import { useToday } from '../../ui/useToday.ts'

type Props = {
  places: NextBest[]
  /** Of a change of place rather than of an offer. */
  ofChange?: boolean
  /** Offers one of them instead. */
  onInstead?: ((placeId: string) => void) | undefined
}

/** What to look at when a place is gone: the best of the others, with what each lacks. */
export function NextPlaces({ places, ofChange = false, onInstead }: Props) {
  if (places.length === 0) {
    return (
      <BodyShort>
        {ofChange
          ? 'Ingen andre plasser av samme boligform passer nå.'
          : 'Ingen andre plasser passer nå. Se hva som må endres for treff lenger ned.'}
      </BodyShort>
    )
  }
  return (
    <>
      <BodyShort weight="semibold">De nest beste plassene</BodyShort>
      <ol className="spaced-list">
        {places.map((place) => (
          <Next key={place.placeId} place={place} verb={ofChange ? 'Bytt til' : 'Tilby'} onInstead={onInstead} />
        ))}
      </ol>
    </>
  )
}

function Next({ place, verb, onInstead }: { place: NextBest; verb: string; onInstead: Props['onInstead'] }) {
  const { names } = useReference()
  const today = useToday()
  const name = `${place.label}, ${place.facilityName}`
  const free = place.availableFrom <= today ? 'ledig nå' : `ledig fra ${dayInWords(place.availableFrom)}`
  return (
    <li>
      {name} ({names.form(place.form)}, {names.district(place.districtCode)}), {free},{' '}
      <Confirmed at={place.vacancyConfirmedAt} />
      {place.lacks.length > 0 && `. Merk: ${place.lacks.join(', ').toLowerCase()}`}
      {onInstead !== undefined && (
        <div>
          <Button type="button" size="small" variant="secondary" onClick={() => onInstead(place.placeId)}>
            {verb} {name} i stedet
          </Button>
        </div>
      )}
    </li>
  )
}
