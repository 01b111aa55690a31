import { Alert, BodyLong, Button } from '@navikt/ds-react'

/** Somebody else saved while this form was open: what was typed stays until she chooses to let it go. */
export function Overtaken({ onTake }: { onTake(): void }) {
  return (
    <Alert variant="warning" role="alert">
      <BodyLong spacing>
        Noen andre har endret dette mens du skrev. Ta vare på det du har skrevet hvis du trenger det, og hent det nye.
      </BodyLong>
      <Button type="button" size="small" variant="secondary" onClick={onTake}>
        Hent det nye
      </Button>
    </Alert>
  )
}
