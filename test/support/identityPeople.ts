/** Who is at the development profile's identity provider, and in which groups; what a group is, compose.yaml says. */
export const PEOPLE = {
  officer_alna: { name: 'Olga Alnasen', groups: ['alna-boligkonsulent'] },
  officer_grunerlokka: { name: 'Gro Løkkasen', groups: ['grunerlokka-boligkonsulent'] },
  manager_alna: { name: 'Mia Alnasen', groups: ['alna-boligkonsulent', 'alna-leder'] },
  manager_grunerlokka: { name: 'Marit Løkkasen', groups: ['grunerlokka-leder'] },
  intake_vel: { name: 'Inger Inntaksen', groups: ['vel-inntak'] },
  planner_vel: { name: 'Per Plansen', groups: ['vel-plan'] },
  auditor: { name: 'Rune Revisorsen', groups: ['revisjon'] },
  administrator: { name: 'Anne Forvaltersen', groups: ['forvaltning'] },
  nobody: { name: 'Ulf Utenforsen', groups: ['parkvesen'] },
}
