/** In whose name a token is taken. */
export type Subject = 'application' | 'user';

/** A user as a choice shows them. */
export interface ChosenUser {
  readonly user_id: string;
  readonly label: string;
}

/** What is chosen in the Test tab of an API. */
export interface TestChoice {
  readonly subject: Subject;
  /** The application that takes tokens in its own name; none: the first that can. */
  readonly machine: string | null;
  /** The application that users log in to; none: the first that can. */
  readonly login: string | null;
  readonly user: ChosenUser | null;
  /** None: all permissions, also those to come. */
  readonly scopes: readonly string[] | null;
  readonly method: Method;
  readonly url: string;
  readonly body: string;
  readonly language: Language;
}

export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Method = (typeof methods)[number];

export const languages = ['curl', 'Node', 'Python'] as const;
export type Language = (typeof languages)[number];

/** Whether requests of a method have a body. */
export function hasBody(method: Method): boolean {
  return method !== 'GET' && method !== 'DELETE';
}
