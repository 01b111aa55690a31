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
  return {
    requiredFeatures: withOrWithout(features.requiredFeatures, feature, strength === 'required'),
    wantedFeatures: withOrWithout(features.wantedFeatures, feature, strength === 'wanted'),
  }
}

/** What a district is to the person: a wish decides the order of places, an exclusion takes them away. */
export type Attraction = 'none' | 'wanted' | 'excluded'

type Districts = Pick<Need, 'wantedDistricts' | 'excludedDistricts'>

/** What this district is to the person. */
export function attractionOf({ wantedDistricts, excludedDistricts }: Districts, district: string): Attraction {
  if (excludedDistricts.includes(district)) return 'excluded'
  return wantedDistricts.includes(district) ? 'wanted' : 'none'
}

/** The lists with the district in the one it belongs in, and in no other. */
export function withAttraction(districts: Districts, district: string, attraction: Attraction): Districts {
  return {
    wantedDistricts: withOrWithout(districts.wantedDistricts, district, attraction === 'wanted'),
    excludedDistricts: withOrWithout(districts.excludedDistricts, district, attraction === 'excluded'),
  }
}

/** What is in the list already keeps its place, so that choosing it again changes nothing. */
function withOrWithout<T>(list: readonly T[], item: T, present: boolean): T[] {
  if (!present) return list.filter((other) => other !== item)
  return list.includes(item) ? [...list] : [...list, item]
}
