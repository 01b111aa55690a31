import { BodyShort, HStack, Loader } from '@navikt/ds-react'

/** Says what is being fetched, also to those who do not see the wheel. */
export function Loading({ what = 'siden' }: { what?: string }) {
  return (
    <HStack gap="space-12" align="center" role="status" className="loading">
      <Loader size="medium" aria-hidden />
      <BodyShort>Henter {what} …</BodyShort>
    </HStack>
  )
}
