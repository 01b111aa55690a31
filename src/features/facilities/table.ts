import type { z } from 'zod'
import { behaviourName, districtName, genderName, securityName } from '../../domain/words.ts'
import type { Table } from '../../http/table.ts'
import { day, note, number, osloDay, tableOf, yesNo } from '../../http/tableFields.ts'
import type { facility } from './schema.ts'

type Facility = z.infer<typeof facility>

const SERVES: Record<Facility['serves'], string> = {
  own_district: 'Egen bydel',
  listed_districts: 'Bydelene i avtalen',
  city: 'Hele byen',
}

/** Facilities as a list: whom each takes, how many of its places are free, and when that was last confirmed. */
export function facilityTable(rows: AsyncIterable<Facility>, asOf: string): Table {
  return tableOf<Facility>(
    { name: 'botilbud', title: 'Botilbud', asOf, notes: ['Plasser og ledige plasser gjelder listens dag.'] },
    [
      note('id', 'Botilbudets id', (row) => row.id),
      note('name', 'Botilbud', (row) => row.name),
      note('operator', 'Drives av', (row) => row.operator),
      note('district', 'Bydel', (row) => districtName(row.districtCode)),
      note('address', 'Adresse', (row) => row.address),
      day('from', 'Åpent fra', (row) => row.openDuring.from),
      day('to', 'Til', (row) => row.openDuring.to),
      number('places', 'Plasser', (row) => row.places),
      number('freePlaces', 'Ledige', (row) => row.freePlaces),
      day('confirmed', 'Ledigheten sist bekreftet', (row) => osloDay(row.vacancyConfirmedAt)),
      note('admitting', 'Tar imot', (row) => yesNo(row.admitting)),
      note('notAdmittingReason', 'Hvorfor ikke', (row) => row.notAdmittingReason),
      note('serves', 'For hvem', (row) => SERVES[row.serves]),
      number('minAge', 'Fra alder', (row) => row.minAge),
      number('maxAge', 'Til alder', (row) => row.maxAge),
      note('genders', 'Kjønn', (row) => row.genders.map(genderName).join(', ')),
      note('substances', 'Rus', (row) => (row.substanceStance === 'substance_free' ? 'Rusfritt' : 'Bruk tåles')),
      note('behaviour', 'Atferd som tåles', (row) => behaviourName(row.maxBehaviour)),
      note('security', 'Sikkerhet', (row) => securityName(row.maxSecurity)),
      note('children', 'Barn', (row) => yesNo(row.childrenAllowed)),
      number('maxMoveInsPerMonth', 'Nye husstander i måneden, høyst', (row) => row.maxMoveInsPerMonth),
      note('pets', 'Kjæledyr', (row) => yesNo(row.petsAllowed)),
    ],
    rows,
  )
}
