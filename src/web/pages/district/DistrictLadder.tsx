import { inText } from '../../ui/inText.ts'
import '@navikt/ds-css/dist/component/table.css'
import './ladder.css'
import { BodyLong, BodyShort, Button, Heading, HStack, Select, Table } from '@navikt/ds-react'
import { useSuspenseInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Suspense } from 'react'
import { type CapacityRow, districtCapacityQuery } from '../../api/capacity.ts'
import { flagsQuery } from '../../api/flags.ts'
import { useMay } from '../../api/session.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { Definitions } from '../../ui/Definitions.tsx'
import { Downloads } from '../../ui/Downloads.tsx'
import { dayInWords } from '../../ui/days.ts'
import { Freshness } from '../../ui/Freshness.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { measureNames } from '../../ui/measureNames.ts'
import { useReference } from '../../ui/names.ts'
import { inNumbers } from '../../ui/numbers.ts'
import { Page } from '../../ui/Page.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { FlagPanel } from '../flags/FlagPanel.tsx'
import { FormCatalogue } from './FormCatalogue.tsx'
import { GrowthSince } from './GrowthSince.tsx'
import { type LadderStep, ladderSteps, plannedInWords, queueInWords, stepInWords } from './ladderWords.ts'
import { RecordedShortfall } from './RecordedShortfall.tsx'
import { ShortfallOverTime } from './ShortfallOverTime.tsx'

/** Boligtrappen i bydelen: each step with its places, how full it is and who waits, and what is flagged. Nobody is in it. */
export function DistrictLadder() {
  const { code } = useParams({ from: signedInRoute(paths.district) })
  const may = useMay()
  const { data: capacity } = useSuspenseQuery(districtCapacityQuery(code))
  const { names, districts } = useReference()
  const navigate = useNavigate()
  const steps = ladderSteps(capacity.items)
  return (
    <Page title={`Boligtrappen i Bydel ${names.district(code)}`}>
      <search aria-label="Filtre" className="ladder__inside">
        <HStack gap="space-16" align="end">
          <Select
            label="Bydel"
            size="small"
            value={code}
            onChange={({ target }) => void navigate({ to: paths.district, params: { code: target.value } })}
          >
            {districts.map((district) => (
              <option key={district.code} value={district.code}>
                {district.name}
              </option>
            ))}
          </Select>
          <Button type="button" size="small" variant="secondary" onClick={() => window.print()}>
            Skriv ut katalogen
          </Button>
        </HStack>
      </search>
      <BodyLong className="readable">
        Plassene som ligger i bydelen, slik de er {dayInWords(capacity.on)}.{' '}
        <span className="ladder__inside">
          De som venter, er de bydelen har ansvar for, etter boligformen de ønsker først. {capacity.queueNote}
        </span>
      </BodyLong>
      <ol className="ladder full ladder__inside">
        {steps.map((step) => (
          <Step key={step.step} step={step} />
        ))}
      </ol>
      <div className="ladder__inside">
        <Definitions of="boligtrappen" ids={['places', 'taken', 'free', 'promised', 'unusable', 'queue', 'plain']} />
      </div>
      <BodyShort className="ladder__inside">
        <RouteLink to={paths.capacity} search={{ bydel: code }}>
          Kapasitet i bydelen: andre dager, utvikling, oppholdstid og ventetid
        </RouteLink>
      </BodyShort>
      <BodyShort className="ladder__inside">
        <RouteLink to={paths.quotas} search={{ bydel: code }}>
          Kvoter fra andre bydeler: hvor mange som kan flytte inn hit
        </RouteLink>
      </BodyShort>
      <div className="ladder__inside">
        <Freshness district={code} />
      </div>
      {capacity.notes.map((note) => (
        <BodyShort key={note} size="small">
          {note}
        </BodyShort>
      ))}
      <Downloads
        address={`/api/v1/capacity?district=${code}&groupBy=step,form`}
        what="tallene"
        hint="En rad for hver boligform på hvert trinn, med plassene, hvem som bruker dem i tall, og køen."
        jsonStat
      />
      <Suspense fallback={<Loading what="boligformene" />}>
        <FormCatalogue district={code} on={capacity.on} />
      </Suspense>
      {may('read_flags') && (
        <Suspense fallback={<Loading what="veksten" />}>
          <GrowthSince district={code} />
        </Suspense>
      )}
      <Suspense fallback={<Loading what="mangelen" />}>
        <ShortfallOverTime district={code} />
        <RecordedShortfall district={code} />
      </Suspense>
      {may('read_flags') && (
        <Suspense fallback={<Loading what="varslene" />}>
          <Flagged district={code} />
        </Suspense>
      )}
    </Page>
  )
}

function Step({ step }: { step: LadderStep }) {
  const share = step.places === 0 ? 0 : (step.occupied / step.places) * 100
  const title = `Trinn ${step.step}: ${step.name}`
  return (
    <li className={`panel ladder__step ladder__step--${step.step}`}>
      <Heading level="2" size="small" spacing>
        {title}
      </Heading>
      <BodyShort>
        {stepInWords(step)} {queueInWords(step)}
      </BodyShort>
      {step.places > 0 && (
        <svg className="ladder__bar" width="100%" height="16" aria-hidden="true" focusable="false">
          <rect width="100%" height="16" className="ladder__places" />
          <rect width={`${share}%`} height="16" className="ladder__occupied" />
        </svg>
      )}
      <ScrollRegion label={`${title}, tabell`}>
        <Table size="small">
          <caption className="aksel-sr-only">{title}, etter boligform</caption>
          <Table.Header>
            <Table.Row>
              <Table.HeaderCell scope="col">Boligform</Table.HeaderCell>
              {COLUMNS.map(({ name }) => (
                <Table.HeaderCell key={name} scope="col" align="right">
                  {name}
                </Table.HeaderCell>
              ))}
              <Table.HeaderCell scope="col">Planlagt</Table.HeaderCell>
            </Table.Row>
          </Table.Header>
          <Table.Body>
            {step.forms.map((row) => (
              <Table.Row key={row.form}>
                <Table.HeaderCell scope="row">{row.formName}</Table.HeaderCell>
                {COLUMNS.map(({ name, of }) => {
                  const value = of(row)
                  return (
                    <Table.DataCell key={name} align="right">
                      {value === null ? 'ukjent' : inNumbers(value)}
                    </Table.DataCell>
                  )
                })}
                <Table.DataCell>{plannedInWords(row) ?? 'ingenting'}</Table.DataCell>
              </Table.Row>
            ))}
          </Table.Body>
        </Table>
      </ScrollRegion>
    </li>
  )
}

const COLUMNS: readonly { name: string; of: (row: CapacityRow) => number | null }[] = [
  { name: measureNames.places, of: ({ places }) => places },
  { name: measureNames.taken, of: ({ occupied, occupiedClosed }) => occupied + occupiedClosed },
  { name: measureNames.free, of: ({ free }) => free },
  { name: measureNames.promised, of: ({ held, offered }) => held + offered },
  { name: measureNames.unusable, of: ({ closed, notAdmitting }) => closed + notAdmitting },
  { name: measureNames.queue, of: ({ queue }) => queue },
  {
    name: measureNames.plain,
    of: ({ queue, free }) => (queue === null ? null : Math.max(0, queue - free)),
  },
]

function Flagged({ district }: { district: string }) {
  const query = useSuspenseInfiniteQuery(flagsQuery({ district, closed: false }))
  const { data: city } = useSuspenseInfiniteQuery(flagsQuery({ district: 'city', closed: false }))
  const flags = query.data.pages.flatMap(({ items }) => items)
  const ofCity = city.pages.flatMap(({ items }) => items)
  return (
    <section className="stack ladder__inside" aria-labelledby="varsler-i-bydelen">
      <Heading id="varsler-i-bydelen" level="2" size="medium">
        Varsler for bydelen
      </Heading>
      {ofCity.length > 0 && (
        <BodyLong className="readable">
          For hele byen til sammenligning:{' '}
          {ofCity.map(({ title, sentence }) => `${inText(title)} – ${sentence.replace('Hele byen: ', '')}`).join(' ')}{' '}
          <RouteLink to={paths.flags} search={{ bydel: 'byen' }}>
            Se byens varsler
          </RouteLink>
        </BodyLong>
      )}
      {flags.length === 0 ? (
        <BodyShort>Ingen varsler for bydelen nå.</BodyShort>
      ) : (
        <ul className="plain-list full">
          {flags.map((flag) => (
            <FlagPanel key={flag.id} flag={flag} level="3" />
          ))}
        </ul>
      )}
    </section>
  )
}
