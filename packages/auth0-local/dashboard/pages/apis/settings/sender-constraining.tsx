import { RadioGroup, SelectField } from '../../../components/field.tsx';
import { Section } from '../../../components/page.tsx';
import type { ApiSettings } from './api-settings.ts';

/** What the tokens of an API are bound to, and whether there are others. */
export function SenderConstraining({
  value,
  set,
}: {
  readonly value: ApiSettings;
  readonly set: (change: Partial<ApiSettings>) => void;
}) {
  const { mechanism, requirement } = value;
  const isNone = mechanism === 'none';
  return (
    <Section
      title="Token sender-constraining"
      lead="A token that is bound to a key of its application is worth nothing to a thief, if the API checks that."
    >
      <div class="fields">
        <RadioGroup
          legend="Method"
          name="mechanism"
          value={mechanism}
          onInput={(chosen) =>
            set({
              mechanism: chosen,
              ...(chosen === 'mtls' && requirement === 'public_clients' && { requirement: 'all_clients' }),
            })
          }
          options={[
            {
              value: 'none',
              label: 'None',
              hint: 'Bearer tokens, also where an application proves something.',
            },
            { value: 'dpop', label: 'DPoP', hint: 'A key that signs a proof for each request (RFC 9449).' },
            {
              value: 'mtls',
              label: 'Mutual TLS',
              hint: 'The client certificate of the connection (RFC 8705).',
            },
          ]}
        />
        <SelectField
          label="Require sender-constraining"
          value={isNone ? 'never' : requirement}
          onInput={(chosen) => set({ requirement: chosen as ApiSettings['requirement'] })}
          isDisabled={isNone}
          hint={
            isNone
              ? 'Takes a method: choose one first.'
              : 'Who proves nothing then gets no token. The Test tab proves nothing.'
          }
          options={[
            { value: 'never', label: 'Never' },
            ...(mechanism === 'mtls' ? [] : [{ value: 'public_clients', label: 'For public applications' }]),
            { value: 'all_clients', label: 'Always' },
          ]}
        />
      </div>
    </Section>
  );
}
