import { BodyLong } from '@navikt/ds-react'
import type { Need } from '../../../api/types.ts'
import { OneOf, type Option } from '../../../form/Choices.tsx'
import { ThemePage } from '../../../form/ThemePage.tsx'
import { WhyWeAsk } from '../../../form/WhyWeAsk.tsx'
import { useReference } from '../../../ui/names.ts'
import { LiveCount } from '../../matches/LiveCount.tsx'
import type { ThemeProps } from '../themeProps.ts'
import { useNeedForm } from '../useNeedForm.ts'

type Level = { level: number; name: string; meaning: string }

const notAssessed: Option<number | null> = { value: null, label: 'Ikke vurdert' }

function levelOptions(levels: Level[]): Option<number | null>[] {
  return [
    ...levels.map(({ level, name, meaning }) => ({ value: level, label: name, description: meaning })),
    notAssessed,
  ]
}

/** What the house must be able to meet. Levels say what is needed around the person, and hold no diagnosis. */
export function HouseTheme({ need, frame }: ThemeProps) {
  const { vocabulary } = useReference()
  const form = useNeedForm(need, ['substanceStance', 'behaviour', 'security'])
  const { values, change, field } = form
  return (
    <ThemePage {...frame} form={form} aside={<LiveCount need={need.value} typed={values} />}>
      <BodyLong>Svar på hva personen trenger rundt seg. Skriv aldri hvorfor, og ingen diagnose.</BodyLong>
      <OneOf
        {...field('/substanceStance')}
        legend="Kan personen bo rusfritt?"
        options={vocabulary.substanceStances.map(({ id, name }) => ({
          value: id as Need['substanceStance'],
          label: name,
        }))}
        value={values.substanceStance}
        onChange={(substanceStance) => change({ substanceStance })}
      />
      <OneOf
        {...field('/behaviour')}
        legend="Behov knyttet til atferd"
        options={levelOptions(vocabulary.behaviourLevels)}
        value={values.behaviour}
        onChange={(behaviour) => change({ behaviour })}
      />
      <OneOf
        {...field('/security')}
        legend="Behov for sikkerhet"
        options={levelOptions(vocabulary.securityLevels)}
        value={values.security}
        onChange={(security) => change({ security })}
      />
      <WhyWeAsk about="hva huset må kunne ta imot">
        Hvert hus sier hva det kan ta imot. Et sted som ikke strekker til, gir brudd. Er noe ikke vurdert, utelukker vi
        ingen plasser, men sier at vi ikke vet.
      </WhyWeAsk>
    </ThemePage>
  )
}
