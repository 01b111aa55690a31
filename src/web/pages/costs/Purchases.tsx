import '@navikt/ds-css/dist/component/table.css'
import { BodyShort, Button, Heading, HStack, Table } from '@navikt/ds-react'
import { useQueryClient, useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { type CallOff, callOffsQuery, endCallOff } from '../../api/costs.ts'
import { DayField } from '../../form/DayField.tsx'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { paths } from '../../paths.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { dayInWords } from '../../ui/days.ts'
import { kroner } from '../../ui/kroner.ts'
import { More } from '../../ui/More.tsx'
import { counted } from '../../ui/numbers.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { useToday } from '../../ui/useToday.ts'

/** What the bydel buys today, for whom, and what each costs this year. */
export function Purchases({ year }: { year: number }) {
  const query = useSuspenseInfiniteQuery(callOffsQuery)
  const purchases = query.data.pages.flatMap(({ items }) => items)
  return (
    <section className="stack" aria-labelledby="avrop">
      <Heading id="avrop" level="2" size="medium">
        Kjøp som løper
      </Heading>
      {purchases.length === 0 ? (
        <BodyShort>Bydelen har ingen kjøp som løper i dag.</BodyShort>
      ) : (
        <>
          <ScrollRegion label="Kjøp som løper, tabell">
            <Table size="small" className="wide-table">
              <caption className="aksel-sr-only">Kjøpte plasser i dag og hva de koster i {year}</caption>
              <Table.Header>
                <Table.Row>
                  <Table.HeaderCell scope="col">Hvem</Table.HeaderCell>
                  <Table.HeaderCell scope="col">Hvor og av hvem</Table.HeaderCell>
                  <Table.HeaderCell scope="col">Hvorfor</Table.HeaderCell>
                  <Table.HeaderCell scope="col" align="right">
                    Et døgn
                  </Table.HeaderCell>
                  <Table.HeaderCell scope="col" align="right">
                    Brukt i {year}
                  </Table.HeaderCell>
                  <Table.HeaderCell scope="col" align="right">
                    Ut {year}
                  </Table.HeaderCell>
                  <Table.HeaderCell scope="col">Bestilt til</Table.HeaderCell>
                </Table.Row>
              </Table.Header>
              <Table.Body>
                {purchases.map((purchase) => (
                  <Row key={purchase.id} purchase={purchase} />
                ))}
              </Table.Body>
            </Table>
          </ScrollRegion>
          <More
            shown={counted(purchases.length, 'kjøp', 'kjøp')}
            hasMore={query.hasNextPage}
            loading={query.isFetchingNextPage}
            onMore={() => void query.fetchNextPage()}
          />
          <Downloads
            address="/api/v1/call-offs?state=running"
            what="kjøpene"
            hint="Uten navn: plass, leverandør, pris og kostnad i år."
          />
        </>
      )}
    </section>
  )
}

function Row({ purchase }: { purchase: CallOff }) {
  const { residentName, needId, placeName, supplierName, agreementTitle, reasonName, decline, year } = purchase
  const name = residentName ?? 'Fortrolig adresse'
  return (
    <Table.Row>
      <Table.HeaderCell scope="row">
        {needId === null ? (
          name
        ) : (
          <RouteLink to={paths.need} params={{ id: needId }}>
            {name}
          </RouteLink>
        )}
      </Table.HeaderCell>
      <Table.DataCell>
        {placeName ?? 'Ukjent plass'}. {supplierName}, {agreementTitle ?? 'utenom rammeavtale'}
      </Table.DataCell>
      <Table.DataCell>
        {reasonName}
        {decline !== null && `: ${decline.sentence}`}
      </Table.DataCell>
      <Table.DataCell align="right">{kroner(purchase.pricePerDay)}</Table.DataCell>
      <Table.DataCell align="right">{kroner(year.spent)}</Table.DataCell>
      <Table.DataCell align="right">{kroner(year.committed + year.running)}</Table.DataCell>
      <Table.DataCell>
        <EndPurchase purchase={purchase} who={name} />
      </Table.DataCell>
    </Table.Row>
  )
}

/** When a purchase ends, and the way to end it; a new price from a day on is a new purchase from that day. */
function EndPurchase({ purchase, who }: { purchase: CallOff; who: string }) {
  const client = useQueryClient()
  const latestYear = Number(useToday().slice(0, 4)) + 5
  const [open, setOpen] = useState(false)
  const [to, setTo] = useState<string | null>(purchase.to)
  const form = useSending(async (day: string | null, key) => {
    await endCallOff(purchase, day, key)
    await client.invalidateQueries({ queryKey: ['costs'] })
  })
  async function send(event: FormEvent) {
    event.preventDefault()
    if (await form.submit(to)) setOpen(false)
  }
  if (!open) {
    return (
      <div className="stack">
        {purchase.to === null ? 'Til det avsluttes' : dayInWords(purchase.to)}
        <Button type="button" size="small" variant="tertiary" onClick={() => setOpen(true)}>
          Endre sluttdato<span className="aksel-sr-only"> for {who}</span>
        </Button>
      </div>
    )
  }
  return (
    <form className="stack" onSubmit={(event) => void send(event)}>
      <DayField
        {...form.field('/to')}
        size="small"
        label="Første dag som ikke er bestilt"
        value={to}
        onChange={setTo}
        latestYear={latestYear}
      />
      <SendErrors problem={form.problem} attempt={form.attempt} />
      <HStack gap="space-8">
        <Button type="submit" size="small" loading={form.sending}>
          Lagre
        </Button>
        <Button type="button" size="small" variant="tertiary" onClick={() => setOpen(false)}>
          Avbryt
        </Button>
      </HStack>
    </form>
  )
}
