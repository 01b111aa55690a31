import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { answer, api } from './client.ts'
import type { Slice, Task, TaskCompletion } from './types.ts'

/** As many as the service gives at once. */
const MOST = 100

/** Open tasks of my district that are due on a day or earlier, the first one first. */
export function tasksQuery(dueBy: string) {
  return queryOptions({
    queryKey: ['tasks', dueBy],
    queryFn: async ({ signal }) =>
      (await answer<Slice<Task>>(api.GET('/api/v1/tasks', { params: { query: { dueBy, limit: MOST } }, signal })))
        .items,
  })
}

/** Ends a task with what came of it. @throws ApiError, 412 when someone else did */
export function completeTask(task: Pick<Task, 'id' | 'version'>, body: TaskCompletion, key: string): Promise<Task> {
  return answer<Task>(
    api.POST('/api/v1/tasks/{id}/completion', {
      params: { path: { id: task.id } },
      headers: { 'If-Match': `"${task.version}"`, 'Idempotency-Key': key },
      body,
    }),
  )
}

/** After a task was ended. */
export function forgetTasks(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ queryKey: ['tasks'] })
}
