import { CheckmarkCircleFillIcon, CircleIcon, CircleSlashIcon, HourglassIcon } from '@navikt/aksel-icons'
import { BodyShort, Tag } from '@navikt/ds-react'
import type { ReactNode } from 'react'

/** `optional` may stay empty for good; `not_needed` does not apply to this case. */
export type TaskState = 'not_started' | 'started' | 'done' | 'optional' | 'not_needed'

export type Task = {
  id: string
  /** A link to the theme, with its title as the text. */
  link: ReactNode
  /** What the theme is about, or what is missing and which step that stops. */
  note?: string
  state: TaskState
}

const states = {
  not_started: { text: 'Ikke begynt', color: 'neutral', icon: <CircleIcon aria-hidden /> },
  started: { text: 'Påbegynt', color: 'warning', icon: <HourglassIcon aria-hidden /> },
  optional: { text: 'Valgfritt', color: 'neutral', icon: <CircleIcon aria-hidden /> },
  not_needed: { text: 'Trengs ikke', color: 'neutral', icon: <CircleSlashIcon aria-hidden /> },
  done: { text: 'Ferdig', color: 'success', icon: <CheckmarkCircleFillIcon aria-hidden /> },
} as const satisfies Record<TaskState, unknown>

/** The themes of a registration in order, each with how far it has come, in words and with a sign. */
export function TaskList({ tasks }: { tasks: Task[] }) {
  return (
    <ol className="tasks">
      {tasks.map(({ id, link, note, state }) => (
        <li key={id} className="tasks__task">
          <div>
            {link}
            {note !== undefined && <BodyShort size="small">{note}</BodyShort>}
          </div>
          <Tag size="small" variant="moderate" data-color={states[state].color} icon={states[state].icon}>
            {states[state].text}
          </Tag>
        </li>
      ))}
    </ol>
  )
}
