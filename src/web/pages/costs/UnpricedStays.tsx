import { BodyShort, Button, Heading } from '@navikt/ds-react'
import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type UnpricedStay, unpricedStaysQuery } from '../../api/costs.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { dayInWords } from '../../ui/days.ts'
import { More } from '../../ui/More.tsx'
import { RegisterPrice } from './RegisterPrice.tsx'

/** Who lives in a bought place of which nobody has said what it costs, and the way to say it. */
export function UnpricedStays() {
  const query = useSuspenseInfiniteQuery(unpricedStaysQuery)
  const stays = query.data.pages.flatMap(({ items }) => items)
  return (
    <section className="stack" aria-labelledby="uten-pris">
      <Heading id="uten-pris" level="2" size="medium">
        Kjøpte plasser uten registrert pris
      </Heading>
      {stays.length === 0 ? (
        <BodyShort>Alle som bor på en kjøpt plass, har en registrert pris.</BodyShort>
      ) : (
        <>
          <ul className="plain-list full">
            {stays.map((stay) => (
              <Unpriced key={stay.stayId} stay={stay} />
            ))}
          </ul>
          <More
            shown={`${stays.length} uten pris`}
            hasMore={query.hasNextPage}
            loading={query.isFetchingNextPage}
            onMore={() => void query.fetchNextPage()}
          />
          <Downloads address="/api/v1/unpriced-stays" what="oppholdene uten pris" hint="Uten navn." />
        </>
      )}
    </section>
  )
}

function Unpriced({ stay }: { stay: UnpricedStay }) {
  const [open, setOpen] = useState(false)
  const who = stay.residentName ?? 'En person med fortrolig adresse'
  return (
    <li className="panel stack">
      <Heading level="3" size="small">
        {who}
      </Heading>
      <BodyShort>
        {stay.placeName ?? 'Plass utenfor oversikten'}. Bor der siden {dayInWords(stay.stayFrom)}
        {stay.firstUnpriced === stay.stayFrom ? '' : `, uten pris fra ${dayInWords(stay.firstUnpriced)}`}.
      </BodyShort>
      {open ? (
        <RegisterPrice stay={stay} onDone={() => setOpen(false)} />
      ) : (
        <Button type="button" size="small" variant="secondary" onClick={() => setOpen(true)}>
          Registrer prisen<span className="aksel-sr-only">: {who}</span>
        </Button>
      )}
    </li>
  )
}
