import { useQueryClient } from '@tanstack/react-query'
import type { Versioned } from '../../api/client.ts'
import { keepNeed, needQuery, saveNeed } from '../../api/needs.ts'
import type { Need, NeedChanges } from '../../api/types.ts'
import { type AutosavedForm, useAutosave } from '../../form/useAutosave.ts'

type Field = keyof NeedChanges & keyof Need

/** A form over some fields of a need that saves itself. What it stored is at once what every other page shows. */
export function useNeedForm<K extends Field>(
  loaded: Versioned<Need>,
  fields: readonly K[],
): AutosavedForm<Pick<Need, K>> {
  const client = useQueryClient()
  const { id } = loaded.value

  function chosen({ value, etag }: Versioned<Need>): Versioned<Pick<Need, K>> {
    const values = Object.fromEntries(fields.map((field) => [field, value[field]])) as Pick<Need, K>
    return { value: values, etag }
  }

  return useAutosave<Pick<Need, K>>({
    initial: chosen(loaded),
    save: async ({ changes, etag }) => {
      const saved = await saveNeed(id, changes as NeedChanges, etag)
      await keepNeed(client, saved)
      return saved.etag
    },
    reload: async () => chosen(await client.fetchQuery({ ...needQuery(id), staleTime: 0 })),
  })
}
