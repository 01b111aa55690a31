import type { LinkProps } from '@tanstack/react-router'
import type { Capability } from '../api/session.ts'
import { paths } from '../paths.ts'

type Group = 'Arbeid' | 'Plasser' | 'Tall' | 'Regler og data'

export type MenuEntry = {
  to: NonNullable<LinkProps['to']>
  label: string
  /** What it is opened under; without one it always stands in the bar. */
  group?: Group
  /** Shown only to those who may do this. */
  capability?: Capability
}

/** The main menu, in order: one line for each entry, added together with its page. */
export const menu: readonly MenuEntry[] = [
  { to: paths.home, label: 'Min arbeidsdag' },
  { group: 'Arbeid', to: paths.referrals, label: 'Henvisninger', capability: 'answer_referrals' },
  { group: 'Arbeid', to: paths.newNeed, label: 'Registrer behov', capability: 'register_needs' },
  { group: 'Arbeid', to: paths.waitingList, label: 'Venteliste', capability: 'read_needs' },
  { group: 'Arbeid', to: paths.returns, label: 'Tilbakeføring', capability: 'read_return_plans' },
  { group: 'Arbeid', to: paths.flags, label: 'Varsler', capability: 'read_flags' },
  { group: 'Arbeid', to: paths.runs, label: 'Kjøringer', capability: 'read_matching_runs' },
  { group: 'Arbeid', to: paths.chains, label: 'Kjeder', capability: 'read_matching_runs' },
  { group: 'Arbeid', to: paths.breakGlass, label: 'Nødåpning', capability: 'read_break_glass' },
  { group: 'Arbeid', to: paths.circles, label: 'Kretser', capability: 'maintain_circles' },
  { group: 'Plasser', to: paths.ownDistrict, label: 'Boligtrappen', capability: 'read_flags' },
  { group: 'Plasser', to: paths.places, label: 'Plasser', capability: 'read_inventory' },
  { group: 'Plasser', to: paths.occupancy, label: 'Belegg', capability: 'read_inventory' },
  { group: 'Plasser', to: paths.quotas, label: 'Kvoter', capability: 'read_inventory' },
  { group: 'Tall', to: paths.city, label: 'Byoversikt', capability: 'read_costs' },
  { group: 'Tall', to: paths.onePlaceMore, label: 'Én plass til', capability: 'read_place_prices' },
  { group: 'Tall', to: paths.capacity, label: 'Kapasitet', capability: 'read_capacity' },
  { group: 'Tall', to: paths.plan2030, label: 'Plan mot 2030', capability: 'read_forecasts' },
  { group: 'Tall', to: paths.closings, label: 'Avvikling mot åpning', capability: 'read_return_figures' },
  { group: 'Tall', to: paths.schedule, label: 'Hvem kan flytte når', capability: 'read_return_figures' },
  { group: 'Tall', to: paths.expansion, label: 'Hva må bygges', capability: 'read_forecasts' },
  { group: 'Tall', to: paths.costs, label: 'Kjøp og kostnader', capability: 'read_costs' },
  { group: 'Tall', to: paths.distribution, label: 'Fordeling', capability: 'read_capacity' },
  { group: 'Tall', to: paths.statistics, label: 'Statistikk' },
  { group: 'Tall', to: paths.publicTables, label: 'Åpne tall' },
  { group: 'Regler og data', to: paths.insight, label: 'Innsyn', capability: 'review_showings' },
  { group: 'Regler og data', to: paths.rules, label: 'Regler' },
  {
    group: 'Regler og data',
    to: paths.policyTrials,
    label: 'Prøv en regelendring',
    capability: 'read_policy_trials',
  },
  { group: 'Regler og data', to: paths.access, label: 'Hvem kan se hva' },
  { group: 'Regler og data', to: paths.imports, label: 'Import', capability: 'import_files' },
]

export type MenuItem =
  | { kind: 'link'; entry: MenuEntry }
  | { kind: 'group'; label: Group; entries: readonly MenuEntry[] }

/**
 * What one person's menu holds, in the table's order: a group stands where its first entry is.
 * @param may whether she may do this
 * @returns a group of which only one entry is hers is that entry, so that she opens nothing to find one thing
 */
export function menuFor(may: (capability: Capability) => boolean): MenuItem[] {
  const hers = menu.filter(({ capability }) => capability === undefined || may(capability))
  const items = Map.groupBy(hers, ({ group, to }) => group ?? to)
  return [...items.values()].flatMap((entries): MenuItem[] => {
    const [first] = entries
    if (first === undefined) return []
    if (first.group === undefined || entries.length === 1) return [{ kind: 'link', entry: first }]
    return [{ kind: 'group', label: first.group, entries }]
  })
}

/** Whether an address is an entry's page, or one that lies under it. */
export function leadsTo({ to }: MenuEntry, pathname: string): boolean {
  return pathname === to || (to !== paths.home && pathname.startsWith(`${to}/`))
}
