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

t.test('a first answer that was on its way when something changed is asked for once more', async (t) => {
  const client = createQueryClient(() => undefined)
  const answers: ((notes: string[]) => void)[] = []
  const options = queryOptions({
    queryKey: ['costs', 'notes'],
    queryFn: () => new Promise<string[]>((resolve) => answers.push(resolve)),
  })
  const close = new QueryObserver(client, options).subscribe(() => undefined)
  t.teardown(() => {
    close()
    client.clear()
  })
  const changed = client.invalidateQueries({ queryKey: ['costs'] })
  answers[0]?.([])
  while (answers.length < 2) await new Promise(setImmediate)
  answers[1]?.(['a new one'])
  await changed
  t.strictSame(client.getQueryData(options.queryKey), ['a new one'])
  t.equal(answers.length, 2)
})

t.test('one that failed on the way is not', async (t) => {
  const client = createQueryClient(() => undefined)
  let times = 0
  const options = queryOptions({
    queryKey: ['costs', 'notes'],
    retry: false,
    queryFn: async () => {
      times += 1
      await new Promise(setImmediate)
      throw new Error('not today')
    },
  })
  const close = new QueryObserver(client, options).subscribe(() => undefined)
  t.teardown(() => {
    close()
    client.clear()
  })
  await client.invalidateQueries({ queryKey: ['costs'] })
  t.equal(times, 1)
})
