import { BodyShort, Button, Heading, Table } from '@navikt/ds-react'
import { useQueryClient, useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { beginReturnPlan, type PersonWithoutPlan, withoutPlanQuery } from '../../api/returns.ts'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { paths } from '../../paths.ts'
import { dayInWords } from '../../ui/days.ts'
import { More } from '../../ui/More.tsx'
import { useReference } from '../../ui/names.ts'
import { counted } from '../../ui/numbers.ts'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { withoutName } from './returnWords.ts'

/** Those who live in VEL's institutions and have no plan, with the way to begin one. */
export function WithoutPlan() {
  const { names } = useReference()
  const query = useSuspenseInfiniteQuery(withoutPlanQuery)
  const people = query.data.pages.flatMap(({ items }) => items)
  return (
    <section className="stack" aria-labelledby="uten-plan">
      <Heading id="uten-plan" level="2" size="medium">
        Uten plan
      </Heading>
      {people.length === 0 ? (
        <BodyShort>Alle som bor på en av VELs institusjoner, har en plan.</BodyShort>
      ) : (
        <>
          <BodyShort>De som mister plassen først, står først.</BodyShort>
          <ScrollRegion label="Uten plan, tabell">
            <Table size="small" className="wide-table">
              <caption className="aksel-sr-only">Personer på VELs institusjoner uten plan</caption>
              <Table.Header>
                <Table.Row>
                  <Table.HeaderCell scope="col">Hvem</Table.HeaderCell>
                  <Table.HeaderCell scope="col">Bydel</Table.HeaderCell>
                  <Table.HeaderCell scope="col">Bor nå</Table.HeaderCell>
                  <Table.HeaderCell scope="col">Siden</Table.HeaderCell>
                  <Table.HeaderCell scope="col">Plassen legges ned</Table.HeaderCell>
                  <Table.HeaderCell scope="col">Plan</Table.HeaderCell>
                </Table.Row>
              </Table.Header>
              <Table.Body>
                {people.map((person) => (
                  <Table.Row key={person.residentId}>
                    <Table.HeaderCell scope="row">{person.residentName ?? withoutName}</Table.HeaderCell>
                    <Table.DataCell>{names.district(person.district)}</Table.DataCell>
                    <Table.DataCell>
                      {person.facilityName}, {person.label}. {names.form(person.form)}
                    </Table.DataCell>
                    <Table.DataCell>{dayInWords(person.since)}</Table.DataCell>
                    <Table.DataCell>
                      {person.closesOn === null ? 'Ikke planlagt' : dayInWords(person.closesOn)}
                    </Table.DataCell>
                    <Table.DataCell>
                      <BeginPlan residentId={person.residentId} name={person.residentName ?? withoutName} />
                    </Table.DataCell>
                  </Table.Row>
                ))}
              </Table.Body>
            </Table>
          </ScrollRegion>
          <More
            shown={counted(people.length, 'person', 'personer')}
            hasMore={query.hasNextPage}
            loading={query.isFetchingNextPage}
            onMore={() => void query.fetchNextPage()}
          />
        </>
      )}
    </section>
  )
}

/** Begins a plan and opens it. */
export function BeginPlan({ residentId, name }: Pick<PersonWithoutPlan, 'residentId'> & { name: string }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const form = useSending(async (id: string, key) => {
    const plan = await beginReturnPlan(id, key)
    await client.invalidateQueries({ queryKey: ['return-plans'] })
    await navigate({ to: paths.returnPlan, params: { id: plan.id } })
  })
  return (
    <div className="stack">
      <Button
        type="button"
        size="small"
        variant="secondary"
        loading={form.sending}
        onClick={() => void form.submit(residentId)}
      >
        Begynn på en plan<span className="aksel-sr-only"> for {name}</span>
      </Button>
      <SendErrors problem={form.problem} attempt={form.attempt} />
    </div>
  )
}
