import fc from 'fast-check'
import t from 'tap'
import {
  attractionOf,
  type Strength,
  strengthOf,
  withAttraction,
  withStrength,
} from '../../../src/web/pages/needs/strength.ts'

t.test('a feature is required, wished for or neither, and never two of them', (t) => {
  const features = ['lift', 'furnished', 'ground_floor'] as const
  const steps = fc.array(
    fc.tuple(fc.constantFrom(...features), fc.constantFrom<Strength>('none', 'wanted', 'required')),
  )
  fc.assert(
    fc.property(steps, (taken) => {
      let chosen: Parameters<typeof strengthOf>[0] = { requiredFeatures: [], wantedFeatures: [] }
      for (const [feature, strength] of taken) {
        chosen = withStrength(chosen, feature, strength)
        if (strengthOf(chosen, feature) !== strength) return false
      }
      const all = [...chosen.requiredFeatures, ...chosen.wantedFeatures]
      return new Set(all).size === all.length
    }),
  )
  t.pass('whatever is chosen in whatever order')
  t.end()
})

t.test('a district is wished for, excluded or neither, and choosing it again changes nothing', (t) => {
  const none: Parameters<typeof attractionOf>[0] = { wantedDistricts: [], excludedDistricts: [] }
  const wanted = withAttraction(none, '030112', 'wanted')
  t.same(wanted, { wantedDistricts: ['030112'], excludedDistricts: [] })
  t.same(withAttraction(wanted, '030112', 'wanted'), wanted)
  const excluded = withAttraction(wanted, '030112', 'excluded')
  t.same(excluded, { wantedDistricts: [], excludedDistricts: ['030112'] })
  t.equal(attractionOf(excluded, '030112'), 'excluded')
  t.equal(attractionOf(excluded, '030102'), 'none')
  t.same(withAttraction(excluded, '030112', 'none'), none)
  t.end()
})
