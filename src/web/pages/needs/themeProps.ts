import type { ReactNode } from 'react'
import type { Versioned } from '../../api/client.ts'
import type { Need } from '../../api/types.ts'

/** What surrounds every theme: spread it onto `ThemePage` or `RecordsPage`. */
export type ThemeFrame = { title: string; position: string; back: ReactNode; onDone(): void }

/** What every theme of a registration is given. */
export type ThemeProps = { need: Versioned<Need>; frame: ThemeFrame }
