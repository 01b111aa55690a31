import type { Need, PlaceFeature } from '../../api/types.ts'

/** How much a feature of the home matters: a requirement excludes places, a wish decides their order. */
export type Strength = 'none' | 'wanted' | 'required'

type Features = Pick<Need, 'requiredFeatures' | 'wantedFeatures'>

/** How much this feature matters in this need. */
export function strengthOf({ requiredFeatures, wantedFeatures }: Features, feature: PlaceFeature): Strength {
  if (requiredFeatures.includes(feature)) return 'required'
  return wantedFeatures.includes(feature) ? 'wanted' : 'none'
}

/** The lists with the feature in the one it belongs in, and in no other. */
export function withStrength(features: Features, feature: PlaceFeature, strength: Strength): Features {
  const other = (entry: PlaceFeature) => entry !== feature
  const requiredFeatures = features.requiredFeatures.filter(other)
  const wantedFeatures = features.wantedFeatures.filter(other)
  if (strength === 'required') requiredFeatures.push(feature)
  if (strength === 'wanted') wantedFeatures.push(feature)
  return { requiredFeatures, wantedFeatures }
}
