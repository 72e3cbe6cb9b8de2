/** How many lines a line chart can tell apart. Colours are told apart by colour-blind eyes too; each has its own dashes. */
export const lineStyleCount = 6;

const light = ['#0072b2', '#d55e00', '#00815e', '#a8509a', '#8a6d00', '#57606a'];
const dark = ['#58a6ff', '#ff9248', '#3fcf9f', '#e08ad0', '#e3c14b', '#9aa4ae'];
const dashes = ['none', '12 6', '3 6', '18 6 3 6', '8 4', '2 4'];

const colourLines = (colours) =>
  colours.map((colour, index) => `.line-${index} { stroke: ${colour}; } .mark-${index} { fill: ${colour}; }`);

/** The looks of all pictures: readable on light and on dark pages, and on a telephone. They bring no background. */
export const pictureStyle = `
text { font: 20px system-ui, -apple-system, 'Segoe UI', 'Noto Sans', Helvetica, Arial, sans-serif; fill: #1f2328; }
.title { font-size: 28px; font-weight: 600; }
.muted { fill: #59636e; }
.ours { font-weight: 600; }
.bar { fill: #818b98; }
.bar.ours { fill: #0072b2; }
.axis { stroke: #818b98; stroke-width: 1.5; }
.grid { stroke: #818b98; stroke-opacity: 0.3; }
.line { fill: none; stroke-width: 4; stroke-linejoin: round; }
${dashes.map((dash, index) => `.line-${index} { stroke-dasharray: ${dash}; }`).join('\n')}
${colourLines(light).join('\n')}
@media (max-width: 560px) { text { font-size: 25px; } .line { stroke-width: 6; } }
@media (prefers-color-scheme: dark) {
text { fill: #f0f6fc; }
.muted { fill: #a5afb9; }
.bar { fill: #6e7681; }
.bar.ours { fill: #58a6ff; }
${colourLines(dark).join('\n')}
}
`;
