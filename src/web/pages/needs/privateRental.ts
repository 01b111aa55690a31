import type { Need } from '../../api/types.ts'
import type { Option } from '../../form/Choices.tsx'

export const privateRentalAnswers: Option<Need['privateRental']>[] = [
  { value: 'not_considered', label: 'Ikke vurdert ennå' },
  { value: 'possible', label: 'Vurdert: det kan gå' },
  { value: 'not_possible', label: 'Vurdert: det går ikke nå' },
  { value: 'overridden', label: 'Vi går videre uten vurdering', description: 'Da må du skrive hvorfor.' },
]
