import type { JSX } from 'preact';
import type { BulkAction } from '../../api/operations.ts';
import { percentLimits, tries, type BulkForm } from '../../model/bulkForm.ts';
import { rateLimits } from '../../model/rateLimits.ts';
import { actionLabels, shownActions } from '../../model/jobActionRules.ts';
import { CheckField, NumberField, SelectField, LineField, TimeField } from '../../parts/fields.tsx';

interface BulkFieldsProps {
  readonly form: BulkForm;
  readonly change: (changes: Partial<BulkForm>) => void;
}

const options = shownActions.map((action) => [action, actionLabels[action]] as const);

const isAction = (text: string): text is BulkAction => (shownActions as readonly string[]).includes(text);

const Canary = ({ form, change }: BulkFieldsProps): JSX.Element | null =>
  !tries(form.action) ? null : (
    <fieldset class="canary">
      <legend>Canary</legend>
      <CheckField
        label="First 1 job, then 10, then 100, then the rest; stop by itself when too many of a step fail again"
        checked={form.canary}
        onChange={(canary) => change({ canary })}
      />
      {form.canary ? (
        <NumberField
          label="Stop over, in percent"
          value={form.failureLimitPercent}
          onInput={(failureLimitPercent) => change({ failureLimitPercent })}
          {...percentLimits}
        />
      ) : null}
    </fieldset>
  );

/** What is to be known before an operation starts. */
export const BulkFields = ({ form, change }: BulkFieldsProps): JSX.Element => (
  <div class="bulk-fields">
    <LineField
      label="Reason"
      value={form.reason}
      onInput={(reason) => change({ reason })}
      maxLength={500}
      required
      autofocus
      hint="Stands on the operation, and on the timeline of each job."
    />
    <SelectField
      label="Action"
      value={form.action}
      options={options}
      onInput={(action) => {
        if (isAction(action)) change({ action, canary: tries(action) });
      }}
    />
    {form.action === 'postpone' ? (
      <TimeField label="Until" value={form.until} onInput={(until) => change({ until })} required />
    ) : null}
    <NumberField
      label="Jobs a minute"
      value={form.ratePerMinute}
      onInput={(ratePerMinute) => change({ ratePerMinute })}
      {...rateLimits}
    />
    <Canary form={form} change={change} />
  </div>
);
