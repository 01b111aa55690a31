import { Button, Select, Textarea } from '@navikt/ds-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { completeTask, forgetTasks } from '../../api/tasks.ts'
import type { TaskCompletion } from '../../api/types.ts'
import type { WorkTask } from '../../api/workday.ts'
import { ActionForm } from '../offers/ActionForm.tsx'

/** Ends a task with what came of it; some outcomes lead to another task, as each says. */
export function EndTask({ task }: { task: WorkTask }) {
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const [outcome, setOutcome] = useState('')
  const [note, setNote] = useState('')
  const chosen = task.outcomes.find(({ id }) => id === outcome)
  if (task.outcomes.length === 0) return null
  if (!open) {
    return (
      <div className="offer__actions">
        <Button type="button" size="small" variant="secondary" onClick={() => setOpen(true)}>
          Ferdig<span className="aksel-sr-only">: {task.kindName}</span>
        </Button>
      </div>
    )
  }
  return (
    <ActionForm
      record={task}
      label={`Ferdig: ${task.kindName}`}
      submit="Lagre"
      body={{ outcome: outcome as TaskCompletion['outcome'], note: note.trim() === '' ? null : note.trim() }}
      send={completeTask}
      forget={() => forgetTasks(client)}
      onDone={() => setOpen(false)}
    >
      {(field) => (
        <>
          <Select
            {...field('/outcome')}
            label="Hva kom ut av det?"
            description={chosen?.consequence ?? undefined}
            value={outcome}
            onChange={(event) => setOutcome(event.target.value)}
          >
            <option value="">Velg</option>
            {task.outcomes.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
          <Textarea
            {...field('/note')}
            className="full readable"
            label={chosen?.noteRequired === true ? 'Hva skjedde?' : 'Mer om det (kan stå tomt)'}
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </>
      )}
    </ActionForm>
  )
}
