import { QueryObserver, queryOptions } from '@tanstack/react-query'
import t from 'tap'
import { createQueryClient, keepAnswer } from '../../../src/web/api/queryClient.ts'

/** A record whose reading is answered only when told to. */
function record() {
  const answers: ((version: number) => void)[] = []
  const options = queryOptions({
    queryKey: ['record', 'one'],
    queryFn: () => new Promise<number>((resolve) => answers.push(resolve)),
    initialData: 1,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return { options, answers }
}

t.test('what a write answered is not replaced by the record as it was read before', async (t) => {
  const client = createQueryClient(() => undefined)
  const { options, answers } = record()
  const close = new QueryObserver(client, options).subscribe(() => undefined)
  t.teardown(() => {
    close()
    client.clear()
  })
  const reading = client.invalidateQueries({ queryKey: options.queryKey })
  await keepAnswer(client, options.queryKey, 2)
  answers[0]?.(1)
  await reading
  t.equal(client.getQueryData(options.queryKey), 2)

  const again = client.invalidateQueries({ queryKey: options.queryKey })
  answers[1]?.(3)
  await again
  t.equal(client.getQueryData(options.queryKey), 3, 'what is read afterwards counts')
})
