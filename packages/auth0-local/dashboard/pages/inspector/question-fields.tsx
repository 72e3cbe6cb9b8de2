import type { Api } from '../../api/management.ts';
import { Checkbox, SelectField, TextArea } from '../../components/field.tsx';
import type { QuestionForm } from './use-question.ts';

/** The token, and what an API would judge it by. */
export function QuestionFields({
  apis,
  form: { choice, change, api, issuers, issuer },
}: {
  readonly apis: readonly Api[];
  readonly form: QuestionForm;
}) {
  return (
    <>
      <TextArea
        label="Token"
        value={choice.token}
        onInput={(token) => change({ token })}
        rows={5}
        placeholder="eyJhbGciOiJSUzI1NiIs…"
        hint="As it is, or what it stands in: a header, a curl line, an answer of the token endpoint. It goes to this tenant only, and is not kept."
        isMono
      />
      <div class="fields">
        <SelectField
          label="API that gets it"
          value={api?.identifier ?? ''}
          onInput={(audience) => change({ audience, scopes: [] })}
          options={apis.map(({ name, identifier }) => ({
            value: identifier,
            label: name === undefined ? identifier : `${name} (${identifier})`,
          }))}
          hint="The audience that it expects. At first the one that the token names."
        />
        {issuers.length > 1 && (
          <SelectField
            label="Issuer that it trusts"
            value={issuer ?? ''}
            onInput={(name) => change({ issuer: name })}
            options={issuers.map((name) => ({ value: name, label: name }))}
            hint="Its AUTH0_DOMAIN. The tenant has an issuer for each of its addresses."
          />
        )}
      </div>
      {api?.scopes !== undefined && api.scopes.length > 0 && (
        <fieldset class="scopes">
          <legend>Permissions it asks for</legend>
          <div class="scope-list">
            {api.scopes.map(({ value }) => (
              <Checkbox
                key={value}
                label={value}
                isChecked={choice.scopes.includes(value)}
                onChange={(isChosen) =>
                  change({
                    scopes: isChosen
                      ? [...choice.scopes, value]
                      : choice.scopes.filter((scope) => scope !== value),
                  })
                }
                isMono
              />
            ))}
          </div>
        </fieldset>
      )}
    </>
  );
}
