import { BodyLong, BodyShort, Button } from '@navikt/ds-react'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { cancelForecast, type Forecast, forecastsQuery, startForecast } from '../../api/forecasts.ts'
import { isUnderWay } from '../../api/longJobs.ts'
import { useMay } from '../../api/session.ts'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { dayInWords } from '../../ui/days.ts'
import { JobProgress } from '../../ui/JobProgress.tsx'
import { useToday } from '../../ui/useToday.ts'

/** The newest completed forecast of the city as it is that reaches the day. */
export function newestOf(forecasts: readonly Forecast[], day: string): Forecast | undefined {
  return forecasts.find(({ status, changes, until }) => status === 'completed' && changes.length === 0 && until >= day)
}

/** Which forecast the page shows and how old it is, one that is being made, and for planners the way to make a new one. */
export function ShownForecast({ shown }: { shown: Forecast | undefined }) {
  const client = useQueryClient()
  const today = useToday()
  const may = useMay()
  const { data: forecasts } = useSuspenseQuery(forecastsQuery)
  const current = forecasts.find(({ changes }) => changes.length === 0)
  const underWay = current !== undefined && isUnderWay(current)
  const again = () => client.invalidateQueries({ queryKey: forecastsQuery.queryKey })
  const { submit, sending, problem, attempt } = useSending(async (_: 'start', key) => {
    await startForecast(key)
    await again()
  })
  const mayStart = may('start_forecasts')
  return (
    <div className="stack">
      <BodyLong className="readable">
        {shown === undefined
          ? `Ingen har laget en framskriving av byen ennå. ${mayStart ? 'Uten den viser siden bare det som har vært, og målet.' : 'En planlegger i Velferdsetaten lager den.'}`
          : `Framskrivingen er laget av byen slik den var ${dayInWords(shown.asOf)}.${shown.asOf < today ? ' Byen kan ha endret seg siden.' : ''}`}
      </BodyLong>
      {current !== undefined && current.status !== 'completed' && (
        <JobProgress
          job={current}
          what="framskrivingen"
          onCancel={async (key) => {
            await cancelForecast(current.id, key)
            await again()
          }}
        />
      )}
      {mayStart && !underWay && (
        <Button
          type="button"
          size="small"
          variant={shown === undefined ? 'primary' : 'secondary'}
          className="no-print"
          loading={sending}
          onClick={() => void submit('start')}
        >
          {shown === undefined ? 'Lag en framskriving' : 'Lag en ny framskriving'}
        </Button>
      )}
      {!mayStart && shown !== undefined && (
        <BodyShort size="small" className="no-print">
          En planlegger i Velferdsetaten lager nye framskrivinger.
        </BodyShort>
      )}
      <SendErrors problem={problem} attempt={attempt} />
    </div>
  )
}
