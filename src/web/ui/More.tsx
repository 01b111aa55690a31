import { BodyShort, Button, HStack } from '@navikt/ds-react'

type Props = {
  /** How many are shown, in words: «50 plasser». */
  shown: string
  hasMore: boolean
  loading: boolean
  onMore(): void
}

/** Below a list that comes in pages: how much of it stands here, and the way to more. */
export function More({ shown, hasMore, loading, onMore }: Props) {
  return (
    <HStack gap="space-16" align="center">
      <BodyShort size="small" role="status">
        {hasMore ? `Viser ${shown}. Det er flere.` : `Viser ${shown}. Det er alle.`}
      </BodyShort>
      {hasMore && (
        <Button type="button" size="small" variant="secondary" loading={loading} onClick={onMore}>
          Vis flere
        </Button>
      )}
    </HStack>
  )
}
