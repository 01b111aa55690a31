import type { QueryClient } from '@tanstack/react-query'
import { answer, api } from './client.ts'
import type { Task, TaskCompletion } from './types.ts'

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
  return client.invalidateQueries({ queryKey: ['workday'] })
}
