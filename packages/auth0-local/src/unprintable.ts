const characters = String.raw`\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069`;

/** Characters that do something to a terminal instead of standing there: controls, and what turns the text around. */
export const unprintable = new RegExp(`[${characters}]`, 'gu');

/** A text without them. */
export const printableText = new RegExp(`^[^${characters}]*$`, 'u');
