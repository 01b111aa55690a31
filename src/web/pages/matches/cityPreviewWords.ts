import type { CityPreview } from '../../api/matches.ts'
import { inNumbers } from '../../ui/numbers.ts'

/** What the preview says, in one or two sentences. @param district the name of a district */
export function cityPreviewInWords(
  { outcome, place, waitsForMove, eligible }: Pick<CityPreview, 'outcome' | 'place' | 'waitsForMove' | 'eligible'>,
  district: (code: string) => string,
): string {
  if (outcome === 'proposed' && place !== null) {
    const where = `${place.label}, ${place.facilityName} (${district(place.districtCode)})`
    return waitsForMove
      ? `Behovet ville fått forslag om ${where}. Noen bor der og må flytte først.`
      : `Behovet ville fått forslag om ${where}.`
  }
  const places = eligible === 1 ? '1 plass eller hjem' : `${inNumbers(eligible ?? 0)} plasser og hjem`
  const why =
    eligible === 0
      ? 'Ingen plass passer med kravene.'
      : `${places} passer med kravene, men går til andre eller blir ikke ledige.`
  return outcome === 'stays'
    ? `Husstanden ville blitt boende der den bor. ${why}`
    : `Behovet ville ikke fått noe forslag. ${why}`
}
