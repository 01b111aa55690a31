import type { LinkProps } from '@tanstack/react-router'
import { paths } from '../paths.ts'

export type MenuEntry = {
  to: NonNullable<LinkProps['to']>
  label: string
  /** Shown only to those who may do this. */
  capability?: string
}

/** The main menu, in order. An entry is added together with its page. */
export const menu: MenuEntry[] = [
  { to: paths.home, label: 'Min arbeidsdag' },
  { to: paths.newNeed, label: 'Registrer behov', capability: 'register_needs' },
  { to: paths.waitingList, label: 'Venteliste', capability: 'read_needs' },
  { to: paths.ownDistrict, label: 'Boligtrappen', capability: 'read_flags' },
  { to: paths.city, label: 'Byoversikt', capability: 'read_costs' },
  { to: paths.flags, label: 'Varsler', capability: 'read_flags' },
  { to: paths.runs, label: 'Kjøringer', capability: 'read_matching_runs' },
  { to: paths.chains, label: 'Kjeder', capability: 'read_matching_runs' },
  { to: paths.places, label: 'Plasser', capability: 'read_inventory' },
  { to: paths.occupancy, label: 'Belegg', capability: 'read_inventory' },
  { to: paths.costs, label: 'Kjøp og kostnader', capability: 'read_costs' },
  { to: paths.distribution, label: 'Fordeling', capability: 'read_capacity' },
  { to: paths.statistics, label: 'Statistikk' },
  { to: paths.rules, label: 'Regler' },
  { to: paths.imports, label: 'Import', capability: 'import_files' },
]
