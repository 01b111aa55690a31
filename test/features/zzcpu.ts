import t from 'tap'
import { readFileSync } from 'node:fs'
import { testApp } from '../support/app.ts'
import * as f from '../support/importFiles.ts'
const N = Number(process.env.N ?? 10000)
t.setTimeout(900000)
const base = await testApp(t, { logLevel: 'error' })
const cpu = async () => {
  const { rows } = await base.owner.query(`select pid from pg_stat_activity where datname = current_database()`)
  return rows.map(({ pid }) => { const p = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' '); return Number(p[11]) + Number(p[12]) }).reduce((a, b) => a + b, 0) * 10
}
t.test('cpu', async () => {
  const admin = (await base.signedInAs({ role: 'administrator' }))
  const officer = (await base.signedInAs({ role: 'housing_officer', districts: ['030112'] }))
  for (const [c, rows, k] of [[admin, f.placeRows(N), 'places'],[officer, f.needRows(N),'needs'],[officer, f.stayRows(N,N),'stays']] as const) {
    if (process.env.K !== undefined && !process.env.K.includes(k) ) continue
    const bytes = f.csvOf(rows)
    for (const mode of ['dry_run','all_or_nothing','all_or_nothing'] as const) {
    const a = performance.now(), n0 = process.cpuUsage(), p0 = await cpu()
    const r = await f.importFile(c, bytes, mode)
    const n1 = process.cpuUsage(n0)
    console.log('=====', k, mode, JSON.stringify(r.counts), 'wall', performance.now()-a|0, 'node cpu', (n1.user+n1.system)/1000|0, 'pg cpu', await cpu() - p0)
    }
  }
})
