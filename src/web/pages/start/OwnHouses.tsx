import { BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseQueries } from '@tanstack/react-query'
import { facilityQuery, placeCountsQuery } from '../../api/inventory.ts'
import type { SignedInPerson } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { Empty } from '../../ui/Empty.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { ConfirmVacancy } from '../facilities/ConfirmVacancy.tsx'
import { allForms, countsInWords } from './startWords.ts'

/** The houses that a member of staff keeps: how full each is, and how old that word is. */
export function OwnHouses({ houses }: { houses: SignedInPerson['facilities'] }) {
  if (houses.length === 0) {
    return (
      <Empty
        what="Du er ikke knyttet til noe botilbud"
        why="Botilbudet du arbeider på, kommer hit når administratoren har knyttet deg til det."
      />
    )
  }
  return (
    <ul className="plain-list full">
      {houses.map(({ id }) => (
        <House key={id} id={id} />
      ))}
    </ul>
  )
}

function House({ id }: { id: string }) {
  const [{ data: facility }, { data: counts }] = useSuspenseQueries({
    queries: [facilityQuery(id), placeCountsQuery({ facilityId: id })],
  })
  return (
    <li className="panel stack">
      <Heading level="2" size="small">
        <RouteLink to={paths.facility} params={{ id }}>
          {facility.name}
        </RouteLink>
      </Heading>
      <BodyShort>{countsInWords(allForms(counts))}</BodyShort>
      {!facility.admitting && (
        <BodyShort weight="semibold">Huset tar ikke imot nå: {facility.notAdmittingReason}</BodyShort>
      )}
      <ConfirmVacancy facility={facility} />
    </li>
  )
}
