import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import type { Versioned } from '../../../api/client.ts'
import { forgetAnswers, needQuery } from '../../../api/needs.ts'
import { keepAnswer } from '../../../api/queryClient.ts'
import { residentQuery, saveResident } from '../../../api/residents.ts'
import type { Resident } from '../../../api/types.ts'
import { ThemePage } from '../../../form/ThemePage.tsx'
import { useAutosave } from '../../../form/useAutosave.ts'
import { LiveCount } from '../../matches/LiveCount.tsx'
import { PersonFields } from '../../residents/PersonFields.tsx'
import { type PersonValues, personChanges, personValues } from '../../residents/person.ts'
import type { ThemeProps } from '../themeProps.ts'

/** The person and her household. They are stored with the person, not with the need. */
export function PersonTheme({ need, frame }: ThemeProps) {
  const client = useQueryClient()
  const query = residentQuery(need.value.resident.id)
  const { data: loaded } = useSuspenseQuery(query)
  const form = useAutosave<PersonValues>({
    initial: valuesOf(loaded),
    save: async ({ changes, etag }) => {
      const saved = await saveResident(loaded.value.id, personChanges(changes), etag)
      await keepAnswer(client, query.queryKey, saved)
      // The need shows her name, and what it misses rests on what is known of her.
      void client.invalidateQueries({ queryKey: needQuery(need.value.id).queryKey, exact: true })
      forgetAnswers(client, need.value.id)
      return saved.etag
    },
    reload: async () => valuesOf(await client.fetchQuery({ ...query, staleTime: 0 })),
  })

  return (
    <ThemePage {...frame} form={form} aside={<LiveCount need={need.value} household={loaded.etag} />}>
      <PersonFields
        values={form.values}
        change={form.change}
        field={form.field}
        numberEnding={loaded.value.personalNumberEnding}
      />
    </ThemePage>
  )
}

function valuesOf({ value, etag }: Versioned<Resident>): Versioned<PersonValues> {
  return { value: personValues(value), etag }
}
