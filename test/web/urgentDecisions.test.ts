import t from 'tap'
import { alarmsInWords } from '../../src/web/pages/papers/alarmWords.ts'
import { visit } from '../support/browser.ts'
import { ALNA, fixturesOf, GRUNERLOKKA } from '../support/fixtures.ts'

t.test('how many decisions are late, in words', async (t) => {
  t.equal(
    alarmsInWords({ decisions: 4, people: 2, drafts: 1 }),
    '4 vedtak haster, for 2 personer. 1 av dem har et utkast.',
  )
  t.equal(
    alarmsInWords({ decisions: 1, people: 1, drafts: 0 }),
    '1 vedtak haster, for 1 person. Ingen av dem har et utkast.',
  )
  t.equal(alarmsInWords({ decisions: 0, people: 0, drafts: 0 }), 'Ingen vedtak haster nå.')
})

t.test('decisions that are late stand on one page, each with why and the way to its draft', async (t) => {
  const { page, see, signIn, signOut, accessible, narrow, complaints, origin, owner, deps } = await visit(t)
  const given = fixturesOf({ owner, deps })
  // nothing of the city itself is late
  await owner.query(`update need set registered_at = '2026-09-01T06:00:00Z' where registered_at is not null`)
  const soon = { registered_at: '2026-08-31T08:00:00Z' }
  const longAgo = { registered_at: '2026-03-02T08:00:00Z' }
  const needId = await given.need(await given.resident(ALNA, { name: 'Siri Prøve' }), longAgo)
  await given.need(await given.resident(ALNA, { name: 'Fristen Løper' }), soon)
  await given.need(await given.resident(GRUNERLOKKA, { name: 'En Annens' }), longAgo)
  await given.need(await given.resident(ALNA, { name: 'Har Trukket' }), {
    ...longAgo,
    status: 'withdrawn',
    ended_reason: 'left_city',
    ended_at: '2026-08-30T08:00:00Z',
  })

  await signIn('Boligkonsulent, Alna')
  await see('Min arbeidsdag')
  await page.getByText('2 vedtak haster, for 1 person. Ingen av dem har et utkast.').waitFor()
  await page.getByRole('link', { name: 'Se vedtak som haster' }).click()
  await see('Vedtak som haster')
  const rows = page.getByRole('listitem', { name: /, / })
  const home = page.getByRole('listitem', { name: 'Kommunal bolig, Siri Prøve' })
  await home.getByText(/Vedtaket mangler\. Fristen gikk ut/).waitFor()
  await home.getByText(/\d+ dager over fristen/).waitFor()
  t.strictSame(
    await rows.evaluateAll((items) => items.map((item) => item.getAttribute('aria-label')).toSorted()),
    ['Hjelp til å skaffe og beholde bolig, Siri Prøve', 'Kommunal bolig, Siri Prøve'],
    'not what is not due, not what is withdrawn, and not another district’s',
  )
  await accessible('decisions that are late')
  await narrow('decisions that are late')

  await home.getByRole('link', { name: /Skriv utkastet/ }).press('Enter')
  await see('Papirer')
  await page.getByRole('button', { name: 'Skriv utkast om Kommunal bolig' }).click()
  await page.getByLabel('Ja til kommunal bolig').check()
  await page.getByRole('button', { name: 'Lag utkastet' }).click()
  await see('Utkast til vedtak')
  await page.goto(`${origin}/vedtak`)
  await page.getByText('2 vedtak haster, for 1 person. 1 av dem har et utkast.').waitFor()
  await home.getByRole('link', { name: /Fortsett på utkastet/ }).click()
  await see('Utkast til vedtak')
  await page.getByRole('button', { name: 'Fatt vedtaket' }).click()
  await page.getByText('Vedtaket er låst.').waitFor()
  await page.goto(`${origin}/vedtak`)
  await page.getByText('1 vedtak haster, for 1 person.').waitFor()
  t.equal(await home.count(), 0, 'what is decided does not wait any more')

  await owner.query('update need set registered_at = $2 where id = $1', [needId, soon.registered_at])
  await page.reload()
  await page.getByRole('heading', { name: 'Ingen vedtak er over fristen' }).waitFor()
  await accessible('no decision that is late')
  await signOut()

  await owner.query('update need set registered_at = $2 where id = $1', [needId, longAgo.registered_at])
  await signIn('Avdelingsleder i bydel, Alna')
  await see('Min arbeidsdag')
  await page.getByRole('link', { name: 'Se vedtak som haster' }).click()
  await see('Vedtak som haster')
  await page.getByRole('link', { name: /om Hjelp til å skaffe og beholde bolig for Siri Prøve/ }).waitFor()
  await signOut()

  await signIn('Revisor')
  await page.goto(`${origin}/vedtak`)
  await page.getByText('Du har ikke den rollen.').waitFor()
  t.same(complaints, [])
})
