import { BodyShort, Button, Heading } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { rightsOfReturnQuery } from '../../api/stays.ts'
import { paths } from '../../paths.ts'
import { Confirmed } from '../../ui/Confirmed.tsx'
import { dayInWords } from '../../ui/days.ts'
import { inText } from '../../ui/inText.ts'
import { useReference } from '../../ui/names.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { useToday } from '../../ui/useToday.ts'

type Props = {
  needId: string
  /** Absent: the reader offers no places, or the need takes none. */
  onOffer: ((placeId: string) => void) | undefined
}

/** Where somebody who moved on from an institution may come back to, before all other places. Nothing without such a right. */
export function ReturnRights({ needId, onOffer }: Props) {
  const { data: rights } = useSuspenseQuery(rightsOfReturnQuery(needId))
  const { names } = useReference()
  const today = useToday()
  if (rights.length === 0) return null
  return (
    <section className="panel" aria-labelledby="tilbake">
      <Heading id="tilbake" level="2" size="small" spacing>
        Kan komme tilbake
      </Heading>
      <ul className="spaced-list">
        {rights.map(({ stayId, sentence, facilityId, facilityName, vacancyConfirmedAt, form, places }) => (
          <li key={stayId}>
            <BodyShort weight="semibold">{sentence}</BodyShort>
            <BodyShort>
              <RouteLink to={paths.facility} params={{ id: facilityId }}>
                {facilityName}
              </RouteLink>
              , {inText(names.form(form))}.{' '}
              {places.length === 0
                ? 'Ingen plass der er ledig nå.'
                : 'En ledig plass der kan tilbys uten annen grunn. Retten går ikke foran andre behov.'}{' '}
              Ledigheten er <Confirmed at={vacancyConfirmedAt} />.
            </BodyShort>
            {places.map(({ id, label, availableFrom }) => (
              <BodyShort key={id} as="div">
                {label}, {availableFrom <= today ? 'ledig nå' : `ledig fra ${dayInWords(availableFrom)}`}{' '}
                {onOffer !== undefined && (
                  <Button type="button" size="small" variant="secondary" onClick={() => onOffer(id)}>
                    Tilby {label}, {facilityName}
                  </Button>
                )}
              </BodyShort>
            ))}
          </li>
        ))}
      </ul>
    </section>
  )
}
