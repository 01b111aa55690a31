import type { Resident } from '../../api/types.ts'
import type { Option } from '../../form/Choices.tsx'

export const addressProtections: Option<Resident['addressProtection']>[] = [
  { value: 'none', label: 'Nei' },
  {
    value: 'confidential',
    label: 'Ja, fortrolig adresse (kode 7)',
    description: 'Bare du ser personen. Plassen vises som opptatt og ikke mer.',
  },
  {
    value: 'strictly_confidential',
    label: 'Ja, strengt fortrolig adresse (kode 6)',
    description: 'Bare du ser personen. Plassen vises som opptatt og ikke mer.',
  },
]

export const planAnswers: Option<Resident['individualPlanAnswer']>[] = [
  { value: null, label: 'Ikke svart ennå' },
  { value: 'accepted', label: 'Ja takk' },
  { value: 'declined', label: 'Nei takk' },
]

export const petAnswers: Option<boolean | null>[] = [
  { value: true, label: 'Ja' },
  { value: false, label: 'Nei' },
  { value: null, label: 'Ikke spurt' },
]
