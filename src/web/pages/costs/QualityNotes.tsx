import { BodyShort, Button, HStack } from '@navikt/ds-react'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type QualityNote, qualityNotesQuery, withdrawQualityNote } from '../../api/costs.ts'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { dayInWords } from '../../ui/days.ts'
import { Fetched } from '../../ui/Later.tsx'
import { More } from '../../ui/More.tsx'
import { counted } from '../../ui/numbers.ts'

/** What the bydeler have noted of a supplier's quality, the newest first. */
export function QualityNotes({ supplierId }: { supplierId: string }) {
  const query = useInfiniteQuery(qualityNotesQuery(supplierId))
  return (
    <Fetched query={query} what="notatene">
      {({ pages }) => {
        const notes = pages.flatMap(({ items }) => items)
        if (notes.length === 0) return <BodyShort>Ingen bydel har skrevet noe ennå.</BodyShort>
        return (
          <>
            <ul className="spaced-list">
              {notes.map((note) => (
                <li key={note.id}>
                  {note.kindName}, Bydel {note.districtName}, {dayInWords(note.notedOn)}:{' '}
                  {note.withdrawnAt === null ? note.body : 'trukket'}
                  {note.mayWithdraw && <Withdraw note={note} />}
                </li>
              ))}
            </ul>
            <More
              shown={counted(notes.length, 'notat', 'notater')}
              hasMore={query.hasNextPage}
              loading={query.isFetchingNextPage}
              onMore={() => void query.fetchNextPage()}
            />
          </>
        )
      }}
    </Fetched>
  )
}

/** Takes a note back; asked once more, since its text is gone for everybody after. */
function Withdraw({ note }: { note: QualityNote }) {
  const client = useQueryClient()
  const [asked, setAsked] = useState(false)
  const form = useSending(async (_: null, key) => {
    await withdrawQualityNote(note, key)
    await client.invalidateQueries({ queryKey: ['costs'] })
  })
  const about = <span className="aksel-sr-only"> fra {dayInWords(note.notedOn)}</span>
  if (!asked) {
    return (
      <div>
        <Button type="button" size="xsmall" variant="tertiary" onClick={() => setAsked(true)}>
          Trekk notatet{about}
        </Button>
      </div>
    )
  }
  return (
    <div className="stack">
      <BodyShort size="small">Teksten blir borte for alle bydeler. At det var et notat, står igjen.</BodyShort>
      <SendErrors problem={form.problem} attempt={form.attempt} />
      <HStack gap="space-8">
        <Button type="button" size="xsmall" loading={form.sending} onClick={() => void form.submit(null)}>
          Ja, trekk notatet{about}
        </Button>
        <Button type="button" size="xsmall" variant="tertiary" onClick={() => setAsked(false)}>
          Avbryt
        </Button>
      </HStack>
    </div>
  )
}
