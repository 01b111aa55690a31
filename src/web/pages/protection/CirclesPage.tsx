import { BodyLong, BodyShort, Button, Heading, HStack, Select, Tag, VStack } from '@navikt/ds-react'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { addToCircle, circlesQuery, removeFromCircle } from '../../api/protection.ts'
import type { Circle, Circles } from '../../api/types.ts'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { dayInWords, dayOf } from '../../ui/days.ts'
import { Empty } from '../../ui/Empty.tsx'
import { useReference } from '../../ui/names.ts'
import { Page } from '../../ui/Page.tsx'

/** Who is in the circle of each protected person: the manager says so without seeing whom it is about. */
export function CirclesPage() {
  const { data } = useSuspenseQuery(circlesQuery)
  return (
    <Page title="Kretser" width="text">
      <BodyLong>
        En person med fortrolig adresse (kode 7) eller strengt fortrolig adresse (kode 6) ser bare de som er i kretsen
        rundt henne. Her sier du hvem det er. Navnet ser du bare når du selv er i kretsen. Du kan ikke sette inn deg
        selv.
      </BodyLong>
      {data.items.length === 0 ? (
        <Empty
          what="Ingen kretser"
          why="Ingen personer med beskyttet adresse er registrert der du kan si hvem som er i kretsen."
        />
      ) : (
        <ul className="plain-list full">
          {data.items.map((circle) => (
            <CircleCard key={circle.residentId} circle={circle} officers={data.officers} />
          ))}
        </ul>
      )}
    </Page>
  )
}

function CircleCard({ circle, officers }: { circle: Circle; officers: Circles['officers'] }) {
  const { names } = useReference()
  const client = useQueryClient()
  const { residentId, members, residentName, personRef, district, protection } = circle
  const title = residentName ?? `Person ${personRef}`
  const [chosen, setChosen] = useState('')
  const add = useSending(async (accountId: string, key) => {
    await addToCircle(residentId, accountId, key)
    setChosen('')
    await client.invalidateQueries(circlesQuery)
  })
  const remove = useSending(async (accountId: string, key) => {
    await removeFromCircle(residentId, accountId, key)
    await client.invalidateQueries(circlesQuery)
  })
  const others = officers.filter(
    (officer) =>
      officer.districts.includes(district) && !members.some(({ accountId }) => accountId === officer.accountId),
  )
  return (
    <li className="panel" aria-label={title}>
      <VStack gap="space-12" align="start">
        <Heading level="2" size="xsmall">
          {title}{' '}
          <Tag size="small" variant="moderate" data-color="warning">
            {protection === 'confidential' ? 'Fortrolig (kode 7)' : 'Strengt fortrolig (kode 6)'}
          </Tag>
        </Heading>
        <BodyShort size="small">{names.district(district)}</BodyShort>
        <SendErrors problem={remove.problem} attempt={remove.attempt} />
        <ul className="plain-list full" aria-label={`I kretsen rundt ${title}`}>
          {members.map(({ accountId, name, roleName, since, me, disabled }) => (
            <li key={accountId}>
              <HStack gap="space-12" align="center" justify="space-between">
                <BodyShort>
                  {name}
                  {me && ' (du)'}, {roleName}
                  {disabled && ' (kontoen er stengt)'}, siden {dayInWords(dayOf(since))}
                </BodyShort>
                <Button
                  size="xsmall"
                  variant="tertiary"
                  disabled={remove.sending}
                  onClick={() => void remove.submit(accountId)}
                >
                  Ta ut<span className="aksel-sr-only"> {name}</span>
                </Button>
              </HStack>
            </li>
          ))}
        </ul>
        {others.length > 0 && (
          <form
            noValidate
            aria-label={`Sett inn i kretsen rundt ${title}`}
            onSubmit={(event) => {
              event.preventDefault()
              if (chosen !== '') void add.submit(chosen)
            }}
          >
            <SendErrors problem={add.problem} attempt={add.attempt} />
            <HStack gap="space-12" align="end">
              <Select
                {...add.field('/accountId')}
                size="small"
                label="Sett inn en kollega"
                value={chosen}
                onChange={(event) => setChosen(event.target.value)}
              >
                <option value="">Velg</option>
                {others.map(({ accountId, name, roleName }) => (
                  <option key={accountId} value={accountId}>
                    {name}, {roleName}
                  </option>
                ))}
              </Select>
              <Button type="submit" size="small" variant="secondary" loading={add.sending} disabled={chosen === ''}>
                Sett inn
              </Button>
            </HStack>
          </form>
        )}
      </VStack>
    </li>
  )
}
