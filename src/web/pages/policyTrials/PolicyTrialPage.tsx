import { BodyLong, BodyShort, Heading } from '@navikt/ds-react'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Suspense } from 'react'
import { isUnderWay } from '../../api/longJobs.ts'
import { cancelTrial, policyTrialQuery, type WholePolicyTrial } from '../../api/policyTrials.ts'
import { useMay } from '../../api/session.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { dayInWords } from '../../ui/days.ts'
import { type Column, FigureTable } from '../../ui/FigureTable.tsx'
import { JobProgress } from '../../ui/JobProgress.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { useReference } from '../../ui/names.ts'
import { inNumbers } from '../../ui/numbers.ts'
import { Page } from '../../ui/Page.tsx'
import { PrintButton } from '../../ui/PrintButton.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { Sentences } from '../../ui/Sentences.tsx'
import { Adoption } from './Adoption.tsx'
import { TrialNeeds } from './TrialNeeds.tsx'
import { certaintyInWords, differenceInWords, progressInWords, signed } from './trialWords.ts'

type Counts = WholePolicyTrial['byClass'][number] | WholePolicyTrial['byDistrict'][number]

const COLUMNS: readonly Column<Counts>[] = [
  { name: 'Venter', of: ({ needs }) => inNumbers(needs) },
  { name: 'Får plass, regelen som gjelder', of: ({ before }) => inNumbers(before) },
  { name: 'Får plass, utkastet', of: ({ after }) => inNumbers(after) },
  { name: 'Forskjell', of: ({ before, after }) => signed(after - before) },
  { name: 'Vinner', of: ({ gained }) => inNumbers(gained) },
  { name: 'Taper', of: ({ lost }) => inNumbers(lost) },
  { name: 'Annen plass', of: ({ moved }) => inNumbers(moved) },
]

/** One draft beside the policy in force: who gains, who loses, whom of one's own it is something to, and what became of it. */
export function PolicyTrialPage() {
  const { id } = useParams({ from: signedInRoute(paths.policyTrial) })
  const client = useQueryClient()
  const may = useMay()
  const {
    data: { value: trial, etag },
  } = useSuspenseQuery(policyTrialQuery(id))
  return (
    <Page
      title="Utkast mot regelen som gjelder"
      before={<RouteLink to={paths.policyTrials}>Prøv en regelendring</RouteLink>}
    >
      <section className="stack" aria-labelledby="utkastet">
        <Heading id="utkastet" level="2" size="medium">
          Hva utkastet endrer
        </Heading>
        <Sentences sentences={trial.differences} />
        <BodyShort size="small">
          Prøvd mot utgave {trial.baseVersion}, på situasjonen slik den var {dayInWords(trial.asOf)}. {trial.notice}
        </BodyShort>
      </section>
      {isUnderWay(trial) || trial.status === 'failed' || trial.status === 'cancelled' ? (
        <JobProgress
          job={trial}
          what="prøven"
          inWords={progressInWords(trial)}
          onCancel={async (key) => {
            await cancelTrial(id, key)
            await client.invalidateQueries({ queryKey: policyTrialQuery(id).queryKey })
          }}
        />
      ) : (
        <>
          <Compared trial={trial} />
          {may('match_needs') && (
            <Suspense fallback={<Loading what="dine" />}>
              <TrialNeeds id={id} />
            </Suspense>
          )}
          <Adoption trial={trial} etag={etag} />
        </>
      )}
    </Page>
  )
}

function Compared({ trial }: { trial: WholePolicyTrial }) {
  const { names, vocabulary } = useReference()
  const classes = new Map(vocabulary.urgencyClasses.map(({ number, name }) => [number, name]))
  const { city } = trial
  return (
    <>
      <section className="stack" aria-labelledby="forskjellen">
        <Heading id="forskjellen" level="2" size="medium">
          Hvem som vinner og taper
        </Heading>
        {differenceInWords(trial).map((sentence) => (
          <BodyLong key={sentence} className="readable">
            {sentence}
          </BodyLong>
        ))}
        <BodyLong className="readable">{certaintyInWords(trial)}</BodyLong>
        <FigureTable
          title="Etter hasteklasse"
          first="Hasteklasse"
          columns={COLUMNS}
          rows={trial.byClass.map((row) => ({
            name: `${row.urgencyClass} – ${classes.get(row.urgencyClass) ?? ''}`,
            row,
          }))}
        />
        <FigureTable
          title="Etter bydel"
          first="Bydel"
          columns={COLUMNS}
          rows={trial.byDistrict.map((row) => ({ name: names.district(row.district), row }))}
        />
        <div>
          <PrintButton />
        </div>
      </section>
      {city !== null && (
        <section className="stack" aria-labelledby="maalt">
          <Heading id="maalt" level="2" size="medium">
            Målt hensyn for hensyn
          </Heading>
          <BodyLong className="readable">
            Begge svarene er målt med hensynene i regelen som gjelder, det som veier mest øverst. Det er summer for dem
            som får plass.
          </BodyLong>
          <FigureTable
            title="Målt hensyn for hensyn"
            first="Hensyn"
            columns={[
              { name: 'Regelen som gjelder', of: ({ before }) => inNumbers(before) },
              { name: 'Utkastet', of: ({ after }) => inNumbers(after) },
              { name: 'Forskjell', of: ({ before, after }) => signed(after - before) },
            ]}
            rows={city.before.values.map(({ id, title, value }) => ({
              name: title,
              row: { before: value, after: city.after.values.find((other) => other.id === id)?.value ?? 0 },
            }))}
          />
          <BodyShort size="small">
            Regelen som gjelder: {inNumbers(city.before.eligiblePairs)} mulige par, {inNumbers(city.before.moves)}{' '}
            flyttinger inn i hjem som blir ledige. Utkastet: {inNumbers(city.after.eligiblePairs)} mulige par,{' '}
            {inNumbers(city.after.moves)} slike flyttinger.
          </BodyShort>
        </section>
      )}
    </>
  )
}
