import t from 'tap'
import { capabilitiesOf, type Role } from '../../../src/access/capabilities.ts'
import { leadsTo, menu, menuFor } from '../../../src/web/ui/menu.ts'

/** A role's menu as she reads it: groups with what opens under them. */
const menuOf = (role: Role) => {
  const granted = capabilitiesOf(role)
  return menuFor((capability) => granted.includes(capability)).map((item) =>
    item.kind === 'link' ? item.entry.label : `${item.label}: ${item.entries.map(({ label }) => label).join(', ')}`,
  )
}

t.test('everybody finds her own pages and no others, in a bar of a few words', async (t) => {
  for (const [role, bar] of [
    ['housing_officer', ['Min arbeidsdag', 'Arbeid', 'Plasser', 'Tall', 'Regler og data']],
    ['planner', ['Min arbeidsdag', 'Arbeid', 'Plasser', 'Tall', 'Regler og data']],
  ] as const)
    t.same(
      menuOf(role).map((item) => item.split(':')[0]),
      bar,
      role,
    )

  const planners = menuOf('planner').join('; ')
  t.notMatch(planners, /Registrer behov|Venteliste/, 'a planner has no cases')
  t.match(planners, /Kjøringer/)
  const intake = menuOf('intake_officer').join('; ')
  t.notMatch(intake, /Registrer behov|Venteliste|Kjøringer|Kjeder|Byoversikt|Kjøp og kostnader|Import/)
  t.match(intake, /Varsler/)
})

t.test('a group of one is its entry, and nothing is lost by grouping', async (t) => {
  const one = menuFor((capability) => capability === 'read_flags')
  t.ok(
    one.some((item) => item.kind === 'link' && item.entry.label === 'Varsler'),
    'nothing is opened to find one entry',
  )
  const all = menuFor(() => true).flatMap((item) => (item.kind === 'link' ? [item.entry] : item.entries))
  t.same(new Set(all), new Set(menu))
  t.equal(all.length, menu.length)
})

t.test('a page belongs to the entry whose address it lies under', async (t) => {
  const entry = (to: string) => menu.find((one) => one.to === to)!
  t.ok(leadsTo(entry('/bydel'), '/bydel/030101'))
  t.ok(leadsTo(entry('/kjoringer'), '/kjoringer'))
  t.notOk(leadsTo(entry('/'), '/plasser'), 'every address begins with a slash')
  t.notOk(leadsTo(entry('/by'), '/bydel/030101'), 'another word that begins the same')
})
