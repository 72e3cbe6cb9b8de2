/** Controls, ends of lines, what turns the text around, and what takes no place and is of no use in a name. */
const characters = String.raw`\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}`;

/** What joins and parts letters: names of some scripts, and emoji, are wrong without it. */
const joiners = String.raw`\u200c\u200d`;

/** Characters that do something to a terminal instead of standing there, or that nobody sees. */
export const unprintable = new RegExp(`[${characters}]`, 'gu');

/** A text without them. */
export const printableText = new RegExp(`^[^${characters}]*$`, 'u');

/** The same for what programs compare: no two of them look alike for a joiner. */
export const printableIdentifier = new RegExp(`^[^${characters}${joiners}]*$`, 'u');
