/** The colours of every page, light and dark. Each pair that stands on another has a contrast of AA or more. */
export const palette = `
:root {
  color-scheme: light dark;
  --ground: #f4f2ec;
  --ground-mark: #e4e0d5;
  --surface: #fffefb;
  --line: #d9d4c7;
  --control: #8a8474;
  --ink: #1f1d18;
  --quiet: #5f5a4e;
  --accent: #0b6b5d;
  --accent-strong: #085349;
  --on-accent: #ffffff;
  --tint: #eaf3ef;
  --danger: #a82a1f;
  --danger-tint: #fbeeeb;
  --notice: #7a5200;
  --notice-tint: #fbf1da;
  --sunken: #f0ede5;
  --on-danger: #ffffff;
  --mono: ui-monospace, 'SF Mono', 'Cascadia Code', 'Segoe UI Mono', 'Liberation Mono', Menlo, Consolas, monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14161a;
    --ground-mark: #20242a;
    --surface: #1c1f24;
    --line: #343941;
    --control: #7d8590;
    --ink: #eceae4;
    --quiet: #a9adb3;
    --accent: #5fd0b8;
    --accent-strong: #86e0cd;
    --on-accent: #06231e;
    --tint: #1b2b2a;
    --danger: #ff9c8d;
    --danger-tint: #33201e;
    --notice: #e8bd62;
    --notice-tint: #2e2617;
    --sunken: #15181c;
    --on-danger: #2a0b07;
  }
}
`;
