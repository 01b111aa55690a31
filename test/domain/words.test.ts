import t from 'tap'
import { addDays } from '../../src/domain/day.ts'
import {
  behaviourName,
  districtName,
  featureName,
  formatDay,
  genderName,
  securityName,
} from '../../src/domain/words.ts'
import { DISTRICTS } from '../../src/reference/districts.ts'
import { PLACE_FEATURES } from '../../src/reference/features.ts'
import { BEHAVIOUR_LEVELS, SECURITY_LEVELS } from '../../src/reference/profiles.ts'
import { day } from './baseline.ts'

t.test('days', async (t) => {
  t.equal(formatDay(day('2026-09-01')), '1. september 2026')
  t.equal(formatDay(day('2026-10-31')), '31. oktober 2026')
  const long = new Intl.DateTimeFormat('nb', { dateStyle: 'long', timeZone: 'UTC' })
  const year = Array.from({ length: 366 }, (_, i) => addDays(day('2028-01-01'), i))
  t.same(
    year.filter((one) => formatDay(one) !== long.format(new Date(one))),
    [],
    'every day of a leap year as bokmål writes it',
  )
})

t.test('names', async (t) => {
  for (const { code, name } of DISTRICTS) t.equal(districtName(code), name)
  t.equal(districtName('030199'), '030199', 'a bydel of a later map stands for itself')
  for (const { id, name } of PLACE_FEATURES) t.equal(featureName(id), name.toLowerCase())
  t.equal(featureName('swimming_pool'), 'swimming_pool')
  t.same(
    BEHAVIOUR_LEVELS.map(({ level }) => behaviourName(level)),
    ['ingen', 'noe', 'betydelig', 'omfattende'].map((level) => `${level} behov knyttet til atferd`),
  )
  t.same(
    SECURITY_LEVELS.map(({ level }) => securityName(level)),
    ['ingen sikkerhet', 'forhøyet sikkerhet', 'høy sikkerhet'],
  )
  t.same(['woman', 'man', 'other', 'unknown'].map(genderName), [
    'kvinne',
    'mann',
    'annet kjønn',
    'kjønn er ikke registrert',
  ])
})
