import t from 'tap'
import { testApp } from '../support/app.ts'
import { keyring, SMALL_CITY } from '../support/demoCity.ts'
import { ALNA } from '../support/fixtures.ts'

const { owner, signedInAs } = await testApp(t, { keyring, database: SMALL_CITY })
const planner = await signedInAs({ role: 'planner' })
const manager = await signedInAs({ role: 'district_manager', districts: [ALNA] })

interface Row {
  district: string
  month: number
  bought: {
    now: number
    unpricedNow: number
    days: number
    daysUnpriced: number
    spent: number
    running: number
    committed: number
  }
  temporary: { households: number; people: number; month: number }
  ready: { households: number; month: number }
  dischargeReady: { now: number; days: number; month: number }
}
const costs = (await planner.get('/costs')).json<{ items: Row[]; total: Row }>()

t.test('the figures of a city are what its stays and purchases come to, day by day', async (t) => {
  const { rows } = await owner.query<{ days: string; priced: string; spent: string; coming: string }>(`
    select count(*) filter (where d.day < '2026-09-01') as days,
      count(c.id) filter (where d.day < '2026-09-01') as priced,
      sum(c.price_per_day) filter (where d.day < '2026-09-01') as spent,
      sum(c.price_per_day) filter (where d.day >= '2026-09-01') as coming
    from generate_series('2026-01-01'::date, '2026-12-31'::date, '1 day') as d (day)
    join stay s on s.form = 'private_institution' and s.during @> d.day::date
    left join call_off c on c.stay_id = s.id and c.ordered @> d.day::date`)
  const [slow] = rows
  const { bought } = costs.total
  t.same(
    [bought.days, bought.days - bought.daysUnpriced, bought.spent, bought.committed + bought.running],
    [Number(slow?.days), Number(slow?.priced), Number(slow?.spent), Number(slow?.coming)],
  )
  t.ok(bought.spent > 0 && bought.committed > 0 && bought.running > 0)
  const { rows: now } = await owner.query<{ form: string; n: number }>(`
    select form, count(*)::integer as n from stay where upper_inf(during) and form in ('private_institution', 'temporary') group by 1 order by 1`)
  t.same(now, [
    { form: 'private_institution', n: bought.now },
    { form: 'temporary', n: costs.total.temporary.households },
  ])
})

t.test('the whole is the sum of its districts', async (t) => {
  const figures: ((row: Row) => number)[] = [
    ({ bought }) => bought.now,
    ({ bought }) => bought.spent,
    ({ bought }) => bought.committed,
    ({ bought }) => bought.running,
    ({ bought }) => bought.unpricedNow,
    ({ temporary }) => temporary.households,
    ({ temporary }) => temporary.people,
    ({ ready }) => ready.households,
    ({ dischargeReady }) => dischargeReady.days,
  ]
  for (const of of figures)
    t.equal(
      costs.items.reduce((sum, row) => sum + of(row), 0),
      of(costs.total),
    )
  for (const { month, bought, temporary, ready, dischargeReady } of costs.items as (Row & {
    bought: { month: number }
  })[])
    t.equal(month, bought.month + temporary.month + ready.month + dischargeReady.month)
})

t.test('a manager’s own purchases come to her bydel’s figure, less those of people she may not see', async (t) => {
  let [spent, cursor] = [0, '']
  do {
    const page = (await manager.get(`/call-offs?state=all&limit=20${cursor}`)).json<{
      items: { year: { spent: number }; district: string }[]
      nextCursor: string | null
    }>()
    for (const { year, district } of page.items) {
      t.equal(district, ALNA)
      spent += year.spent
    }
    cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`
  } while (cursor !== '')
  const { rows } = await owner.query<{ hidden: string | null }>(
    `select sum(c.price_per_day * (upper(x.days) - lower(x.days))) as hidden from call_off c join stay s on s.id = c.stay_id
     cross join lateral (select s.during * c.ordered * '[2026-01-01,2026-09-01)'::daterange as days) x
     where s.holding_district = $1 and not isempty(x.days) and exists (select from resident r where r.household_id = s.household_id
       and r.address_protection <> 'none')`,
    [ALNA],
  )
  const alna = costs.items.find(({ district }) => district === ALNA)
  t.equal(spent + Number(rows[0]?.hidden ?? 0), alna?.bought.spent)
  t.ok(spent > 0)
})
