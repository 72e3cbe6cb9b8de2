import { SelectField } from '../../components/field.tsx';

/** How the access tokens of an API look. */
export type JwtProfile = 'access_token' | 'rfc9068_profile';

/** Chooses how the access tokens of an API look. */
export function JwtProfileField({
  value,
  onInput,
}: {
  readonly value: JwtProfile;
  readonly onInput: (profile: JwtProfile) => void;
}) {
  return (
    <SelectField
      label="JWT profile"
      value={value}
      onInput={(profile) => onInput(profile as JwtProfile)}
      options={[
        { value: 'access_token', label: 'Auth0' },
        { value: 'rfc9068_profile', label: 'RFC 9068' },
      ]}
      hint="Auth0: typ JWT and azp. RFC 9068: typ at+jwt, client_id and jti."
    />
  );
}
